import { ABSENT, type Value } from '../expression/index.js';
import type { LogGroup, LogGroupDetails } from '../model/inventory.js';
import { orAbsent, required } from './convert.js';
import { evidenceOfNamers, destinations, trailsNaming } from './destinations.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { knownOneOf } from './given.js';
import { alarmsOfLogGroup, evidenceOfLogGroupAlarms } from './log-group-alarms.js';
import { logGroupClasses } from './log-group-class.js';
import { subscriptionDestinations } from './monitors.js';
import type { Field, Shape } from './object.js';

const described = ['logs:DescribeLogGroups'];

function named(show: (it: LogGroup) => Value): Field<LogGroup> {
  return derived((group, world) => evidenceOfNamers('log-group', group, world), show);
}

function details(show: (it: LogGroupDetails) => Value): Field<LogGroup> {
  return observed(described, (group) => required(group.details, ABSENT, show));
}

export const logGroupShape: Shape<LogGroup> = {
  type: 'LogGroup',
  label: (group) => group.arn,
  cause: (group, field) => ({ targetType: 'log-group', id: group.arn, field }),
  fields: fields<LogGroup>({
    arn: named((group) => group.arn),
    name: named((group) => group.name),
    accountId: named((group) => group.accountId),
    region: named((group) => group.region),
    kmsKeyId: details((it) => orAbsent(it.kmsKeyId)),
    logGroupClass: observed(described, ({ details: told, arn, accountId, region }, world) =>
      required(told, ABSENT, (it) => {
        const place = { call: 'logs:DescribeLogGroups', accountId, region, resource: arn };
        return knownOneOf(logGroupClasses, it.logGroupClass, `Log group ${arn} is of the class`, place, world);
      }),
    ),
    retentionInDays: details((it) => orAbsent(it.retentionInDays)),
    deletionProtectionEnabled: details((it) => orAbsent(it.deletionProtectionEnabled)),
    subscriptionDestinations: derived(
      (group) => [evidenceOf(group, ['logs:DescribeSubscriptionFilters'])],
      (group, world) => subscriptionDestinations(group.subscriptionFilters, group.arn, world),
    ),
    alarms: derived(evidenceOfLogGroupAlarms, alarmsOfLogGroup),
    trails: trailsNaming('log-group'),
    ...destinations('log-group'),
  }),
};
