import { ABSENT, type Value } from '../expression/index.js';
import { fromKnown, listOf, sure } from '../facts/index.js';
import type { LogGroup, LogGroupDetails } from '../model/inventory.js';
import { fromOpenList, orAbsent, required } from './convert.js';
import { keyValue } from './destinations.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

const named = ['cloudtrail:DescribeTrails'];
const described = ['logs:DescribeLogGroups'];

function name(show: (it: LogGroup) => Value): Field<LogGroup> {
  return derived((group, world) => evidenceOfTrails(group, world), show);
}

function details(show: (it: LogGroupDetails) => Value): Field<LogGroup> {
  return observed(described, (group) => required(group.details, ABSENT, show));
}

function evidenceOfTrails(group: LogGroup, { lookup }: World): readonly (readonly string[])[] {
  return lookup.trailsOfLogGroup(group.arn).map((trail) => evidenceOf(trail, named));
}

export const logGroupShape: Shape<LogGroup> = {
  type: 'LogGroup',
  label: (group) => group.arn,
  cause: (group, field) => ({ targetType: 'log-group', id: group.arn, field }),
  fields: fields<LogGroup>({
    arn: name((group) => group.arn),
    name: name((group) => group.name),
    accountId: name((group) => group.accountId),
    region: name((group) => group.region),
    kmsKeyId: details((it) => orAbsent(it.kmsKeyId)),
    logGroupClass: details((it) => it.logGroupClass),
    retentionInDays: details((it) => orAbsent(it.retentionInDays)),
    deletionProtectionEnabled: details((it) => orAbsent(it.deletionProtectionEnabled)),
    trails: derived(evidenceOfTrails, (group, { lookup, trail }) => {
      const members = lookup.trailsOfLogGroup(group.arn).map((value) => ({ value, isMember: sure(true) }));
      const open = lookup.undescribed.map((value) => ({
        value,
        isMember: fromKnown(value.description, false, () => false),
      }));
      return fromOpenList(listOf([...members, ...open]), trail);
    }),
    key: derived(
      (group, { lookup }) => {
        const keyName = group.details.state === 'known' ? group.details.value.kmsKeyId : undefined;
        const key = keyName === undefined ? undefined : lookup.key({ ...group, name: keyName });
        return [evidenceOf(group, described), key === undefined ? [] : evidenceOf(key, ['kms:DescribeKey'])];
      },
      (group, world) => required(group.details, ABSENT, (it) => keyValue(it.kmsKeyId, group, world)),
    ),
  }),
};
