import type * as sts from '@aws-sdk/client-sts';
import { operation } from '../service.js';
import { stsService, quota } from './services.js';

const stsCalls = quota('sts', 200, 200);

export const stsOperations = {
  'sts:GetCallerIdentity': operation(
    stsService,
    { purpose: 'Who is calling, in which account and partition', quota: stsCalls },
    (m, client, input: sts.GetCallerIdentityCommandInput, o) => client.send(new m.GetCallerIdentityCommand(input), o),
  ),
  'sts:AssumeRole': operation(
    stsService,
    { action: 'sts:AssumeRole', purpose: 'Enter the other accounts', quota: stsCalls },
    (m, client, input: sts.AssumeRoleCommandInput, o) => client.send(new m.AssumeRoleCommand(input), o),
  ),
} as const;
