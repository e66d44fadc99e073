import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { jsonAnswer } from '../protocol/json.js';
import type { Call, Service } from './call.js';

export const securityhub: Service = {
  name: 'securityhub',
  operations: { DescribeHub: { action: 'securityhub:DescribeHub', answer: describeHub } },
};

function describeHub({ caller: { accountId }, region, index }: Call): HttpAnswer {
  const isOn = (index.world.securityHubs ?? []).some((it) => it.accountId === accountId && it.region === region);
  if (!isOn)
    throw new ServiceError(401, 'InvalidAccessException', `Account ${accountId} is not subscribed to AWS Security Hub`);
  return jsonAnswer({
    HubArn: `arn:${index.world.partition}:securityhub:${region}:${accountId}:hub/default`,
    SubscribedAt: '2024-03-01T12:00:00.000Z',
    AutoEnableControls: true,
    ControlFindingGenerator: 'SECURITY_CONTROL',
  });
}
