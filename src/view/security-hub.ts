import type { Value } from '../expression/index.js';
import type { SecurityHub } from '../model/inventory.js';
import { required } from './convert.js';
import { fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

const told = (show: (it: SecurityHub) => Value): Field<SecurityHub> => observed(['securityhub:DescribeHub'], show);

export const securityHubShape: Shape<SecurityHub> = {
  type: 'SecurityHub',
  label: (it) => it.arn,
  cause: (it, field) => ({ targetType: 'security-hub', id: it.arn, field }),
  fields: fields<SecurityHub>({
    arn: told((it) => it.arn),
    accountId: told((it) => it.accountId),
    region: told((it) => it.region),
    isEnabled: told(({ hubArn }) => required(hubArn, false, () => true)),
  }),
};
