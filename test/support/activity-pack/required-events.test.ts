import { describe, expect, test } from 'vitest';
import { completed } from '../../../src/facts/required-events/complete.js';
import { namedCalls } from '../../../src/facts/required-events/event-names.js';
import { everydayEvents } from '../../../src/facts/required-events/everyday-events.js';
import { alarmSubjects, requiredEvents, type AlarmSubject } from '../../../src/facts/required-events/index.js';
import { eventNamesOf } from '../../../src/model/event-catalogue.js';
import type { EventRecord } from '../../../src/model/log-events.js';
import { activityPolicies, speaksOf, type GivenParams } from './index.js';

interface OfSubject {
  /** Together they tell what an alarm of this subject tells. */
  readonly policies: readonly string[];
  /** Names that they add to those of the table: they do the same harm. */
  readonly more: readonly string[];
}

const only = (policy: string, ...more: readonly string[]): OfSubject => ({ policies: [policy], more });

/** What state and events are asked of, in one table. */
const subjects: Readonly<Record<AlarmSubject, OfSubject>> = {
  'unauthorized-api-calls': only('calls-are-not-refused-in-series'),
  'console-sign-in-without-mfa': only('console-sign-ins-use-mfa'),
  'root-usage': only('root-is-not-used'),
  'console-sign-in-failures': only('console-passwords-are-not-guessed'),
  'iam-policy-changes': only(
    'iam-policies-change-by-pipeline',
    'SetDefaultPolicyVersion',
    'PutRolePermissionsBoundary',
    'DeleteRolePermissionsBoundary',
    'PutUserPermissionsBoundary',
    'DeleteUserPermissionsBoundary',
  ),
  'cloudtrail-changes': {
    policies: ['trails-are-not-stopped', 'trails-are-not-weakened'],
    more: [
      'StopEventDataStoreIngestion',
      'UpdateChannel',
      'DeleteChannel',
      'PutResourcePolicy',
      'DeleteResourcePolicy',
      'DisableFederation',
      'RegisterOrganizationDelegatedAdmin',
      'DeregisterOrganizationDelegatedAdmin',
    ],
  },
  'kms-key-deletion': only('keys-are-not-deleted', 'DeleteImportedKeyMaterial'),
  's3-bucket-policy-changes': only(
    'bucket-policies-change-by-pipeline',
    'PutBucketLifecycleConfiguration',
    'PutBucketPublicAccessBlock',
    'DeleteBucketPublicAccessBlock',
    'PutAccountPublicAccessBlock',
    'DeleteAccountPublicAccessBlock',
    'PutBucketVersioning',
    'PutBucketOwnershipControls',
    'DeleteBucketOwnershipControls',
  ),
  'config-changes': only(
    'config-keeps-recording',
    'DeleteConfigurationRecorder',
    'DisassociateResourceTypes',
    'DeleteServiceLinkedConfigurationRecorder',
    'PutRetentionConfiguration',
  ),
  'security-group-changes': only('security-groups-change-by-pipeline'),
  'network-acl-changes': only('network-acls-change-by-pipeline'),
  'network-gateway-changes': only('gateways-change-by-pipeline'),
  'route-table-changes': only('route-tables-change-by-pipeline'),
  'vpc-changes': only('vpcs-change-by-pipeline'),
  'organizations-changes': only(
    'organization-changes-are-expected',
    'CloseAccount',
    'RegisterDelegatedAdministrator',
    'DeregisterDelegatedAdministrator',
    'EnableAWSServiceAccess',
    'DisableAWSServiceAccess',
    'PutResourcePolicy',
    'DeleteResourcePolicy',
  ),
};

/** As the benchmarks ask: every change, and attempts as well. */
const given: GivenParams = Object.fromEntries(
  [...activityPolicies.values()].map(({ id, params }) => [
    id,
    Object.fromEntries(['attempts', 'everyChange'].filter((it) => params.has(it)).map((it) => [it, true])),
  ]),
);

const isTold = (subject: AlarmSubject, event: EventRecord): boolean =>
  speaksOf(event, subjects[subject].policies, given).length > 0;

describe.each(alarmSubjects)('%s', (subject) => {
  const { required, sinceCis5, advised, forbidden } = requiredEvents[subject];

  test('each event that an alarm must be told of is told', () => {
    const classes = [...required, ...sinceCis5, ...advised];
    expect(classes.filter(({ event }) => !isTold(subject, completed(event))).map((it) => it.id)).toEqual([]);
  });

  test('no other event is', () => {
    const others = alarmSubjects.filter((it) => it !== subject).flatMap((it) => requiredEvents[it].required);
    const wrong = [...forbidden, ...everydayEvents, ...others].filter(({ event }) => isTold(subject, completed(event)));
    expect(wrong.map((it) => it.id)).toEqual([]);
  });

  test('an attempt that is refused is told as well', () => {
    const calls = required
      .map(({ id, event }) => ({ id, event: completed(event) }))
      .filter(({ event }) => event['errorCode'] === undefined && event['eventType'] === 'AwsApiCall');
    const silent = calls.filter(({ event }) => !isTold(subject, { ...event, errorCode: 'AccessDenied' }));
    expect(silent.map((it) => it.id)).toEqual([]);
  });
});

const named = alarmSubjects.filter((it): it is keyof typeof namedCalls => it in namedCalls);

test.each(named)('of all calls of the service, those of %s are told, and those that do the same harm', (subject) => {
  const { eventSource, names, sinceCis5, advised } = namedCalls[subject];
  const calls = [...(eventNamesOf(eventSource) ?? [])];
  expect(calls.length).toBeGreaterThan(30);
  const told = calls.filter((eventName) => isTold(subject, { eventSource, eventName, eventType: 'AwsApiCall' }));
  const expected = [...names, ...sinceCis5, ...advised, ...subjects[subject].more];
  expect(told.toSorted()).toEqual([...new Set<string>(expected)].toSorted());
});
