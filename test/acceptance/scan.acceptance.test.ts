import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { runCli } from '../cli/run-cli.js';
import { memberPlans, type MemberName } from './member-plans.js';
import type { BuiltMember } from './moto-organization.js';
import { withMotoOrganization, type MotoOrganization } from './with-moto-organization.js';

/**
 * moto lists no Regions, so that nobody can tell whether the organization has event data stores that record what a
 * trail leaves out: what only these could save is not known, instead of failing.
 */
const s3Events = [
  'INSUFFICIENT_DATA account-records-s3-read-events',
  'INSUFFICIENT_DATA account-records-s3-write-events',
];
const managementEvents = 'INSUFFICIENT_DATA account-records-management-events';
/** moto does not know whether requesters pay for a bucket, so that nobody can tell whether access logs arrive there. */
const accessLogs = 'INSUFFICIENT_DATA log-bucket-logs-access';
/** Nobody locks a log bucket unless told to. */
const unlocked = 'NON_COMPLIANT log-bucket-is-locked';

/** Every evaluation of each member that is not COMPLIANT: its defect, and what follows from moto. */
const expected: Readonly<Record<MemberName, readonly string[]>> = {
  stopped: [
    'NON_COMPLIANT trail-is-logging',
    'NON_COMPLIANT account-has-multi-region-trail',
    managementEvents,
    'NOT_APPLICABLE trail-delivers-without-error',
    'NOT_APPLICABLE trail-encrypts-with-kms',
    'NOT_APPLICABLE trail-sends-to-cloudwatch-logs',
    'NOT_APPLICABLE trail-validates-log-files',
    ...s3Events,
    accessLogs,
    unlocked,
  ],
  unvalidated: ['NON_COMPLIANT trail-validates-log-files', ...s3Events, accessLogs, unlocked],
  unencrypted: ['NON_COMPLIANT trail-encrypts-with-kms', ...s3Events, accessLogs, unlocked],
  'single-region': [
    'NON_COMPLIANT account-has-multi-region-trail',
    managementEvents,
    ...s3Events,
    accessLogs,
    unlocked,
  ],
  unversioned: ['NON_COMPLIANT log-bucket-is-versioned', ...s3Events, accessLogs, unlocked],
  public: ['NON_COMPLIANT log-bucket-is-not-public', ...s3Events, accessLogs, unlocked],
  forgetful: ['NON_COMPLIANT log-bucket-retains-logs', ...s3Events, accessLogs, unlocked],
  unlogged: ['NON_COMPLIANT log-bucket-logs-access', ...s3Events, unlocked],
  'key-dying': ['NON_COMPLIANT kms-key-is-usable', 'NOT_APPLICABLE kms-key-rotates', ...s3Events, accessLogs, unlocked],
  'key-static': ['NON_COMPLIANT kms-key-rotates', ...s3Events, accessLogs, unlocked],
  // Without a bucket there is none to be locked.
  bucketless: ['NON_COMPLIANT trail-delivers-without-error', ...s3Events],
  // What it has of trails, and of what they name, nobody saw.
  closed: [
    ...s3Events,
    managementEvents,
    ...[
      'account-has-multi-region-trail',
      'kms-key-is-not-public',
      'kms-key-is-usable',
      'kms-key-rotates',
      'log-bucket-is-locked',
      'log-bucket-is-not-public',
      'log-bucket-is-versioned',
      'log-bucket-keeps-logs-at-hand',
      'log-bucket-logs-access',
      'log-bucket-retains-logs',
      'log-group-keeps-events',
      'log-group-retains-logs',
      'logs-stay-in-the-organization',
      'management-events-are-recorded-once',
      'organization-trail-is-not-severed',
      'trail-delivers-without-error',
      'trail-does-not-record-its-own-deliveries',
      'trail-encrypts-with-kms',
      'trail-is-logging',
      'trail-sends-to-cloudwatch-logs',
      'trail-validates-log-files',
    ].map((id) => `INSUFFICIENT_DATA ${id}`),
  ],
};

withMotoOrganization((organization) => {
  let scanning: Promise<Results> | undefined;
  const scanned = (): Promise<Results> => (scanning ??= scan(organization()));

  describe('each member fails in its defect and in nothing else', () => {
    test.each(memberPlans)('$name: $defect', async ({ name }) => {
      const member = organization().members[name];
      expect(failing(await scanned(), member)).toEqual(expected[name].toSorted());
    });
  });

  test('the account that cannot be entered is said to be unreadable; all others are evaluated', async () => {
    const { members } = organization();
    const { coverage } = await scanned();
    expect(coverage.accounts).toMatchObject({
      listed: 14,
      evaluated: 13,
      unreadable: [{ id: members.closed.accountId }],
    });
  });

  test('the organization trail is judged once, in the account that owns it', async () => {
    const { organizationTrailArn, managementAccountId } = organization();
    const { evaluations } = await scanned();
    const onTrail = evaluations.filter((it) => it.target.arn === organizationTrailArn);
    expect(new Set(onTrail.map((it) => it.target.accountId))).toEqual(new Set([managementAccountId]));
    expect(onTrail.map((it) => `${it.outcome} ${it.policyId}`)).toEqual([
      'COMPLIANT management-events-are-recorded-once',
      'COMPLIANT organization-trail-is-not-severed',
      'COMPLIANT trail-delivers-without-error',
      'COMPLIANT trail-does-not-record-its-own-deliveries',
      'COMPLIANT trail-encrypts-with-kms',
      'COMPLIANT trail-is-logging',
      'COMPLIANT trail-sends-to-cloudwatch-logs',
      'COMPLIANT trail-validates-log-files',
    ]);
  });
});

async function scan({ environment }: MotoOrganization): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-moto-'));
  try {
    const { status, stderr } = await runCli(['scan', '--pack', 'core', '--quiet'], { cwd: folder, environment });
    expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining('not complete') });
    return JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function failing({ evaluations }: Results, { accountId }: BuiltMember): string[] {
  return evaluations
    .filter((it) => it.target.accountId === accountId && it.outcome !== 'COMPLIANT')
    .map((it) => `${it.outcome} ${it.policyId}`)
    .toSorted();
}
