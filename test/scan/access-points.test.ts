import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { collectFrom } from '../support/collect-from.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import type { WorldAccessPoint } from '../support/fake-aws/world/resources.js';
import { outcomeOf, scanWorld } from '../support/scan-world.js';
import { anOrganizationWithATrail, archiveBucket, dev, logArchive } from '../support/worlds.js';

const arn = `arn:aws:s3:::${archiveBucket}`;

function leavingAccessTo(condition: object): string {
  const statement = { Sid: 'Delegated', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Condition: condition }] });
}

const ofOwner = { StringEquals: { 's3:DataAccessPointAccount': logArchive } };

function point(it: Partial<WorldAccessPoint> = {}): WorldAccessPoint {
  return {
    name: 'audit',
    networkOrigin: 'Internet',
    isPublic: false,
    restrictsPublic: false,
    isMultiRegion: false,
    ...it,
  };
}

async function scanWith(accessPoints: readonly WorldAccessPoint[], condition: object = ofOwner) {
  const bucket = { policy: leavingAccessTo(condition), policyIsPublic: false, publicAccessBlock: null, accessPoints };
  const world = anOrganizationWithATrail({ bucket });
  const accounts = world.accounts.map((it) => (it.id === logArchive ? { ...it, publicAccessBlock: null } : it));
  return await scanWorld({ ...world, accounts });
}

async function outcome(...given: Parameters<typeof scanWith>) {
  const { results } = await scanWith(...given);
  return outcomeOf(results, 'log-bucket-is-not-public', archiveBucket);
}

describe('a log bucket whose policy leaves access to access points is public', () => {
  test.each<[string, readonly WorldAccessPoint[], object]>([
    ['through a public one', [point(), point({ name: 'open', isPublic: true })], ofOwner],
    ['through a public Multi-Region one', [point({ isPublic: true, isMultiRegion: true })], ofOwner],
    [
      'through the one that is named',
      [point({ isPublic: true })],
      { ArnEquals: { 's3:DataAccessPointArn': `arn:aws:s3:us-east-1:${logArchive}:accesspoint/audit` } },
    ],
  ])('%s', async (_, points, condition) => {
    const { results } = await scanWith(points, condition);
    const it = results.evaluations.find(
      ({ policyId, target }) => policyId === 'log-bucket-is-not-public' && target.arn === arn,
    );
    expect(it?.outcome).toBe('NON_COMPLIANT');
    expect(it?.message).toMatch(/through .*access point arn:aws:s3:[a-z0-9-]*:\d{12}:accesspoint/);
  });
});

describe('it is not', () => {
  test.each<[string, readonly WorldAccessPoint[], object]>([
    ['without access points', [], ofOwner],
    ['through private ones, and one without a policy', [point(), point({ name: 'none', isPublic: null })], ofOwner],
    ['through a VPC', [point({ networkOrigin: 'VPC', isPublic: true })], ofOwner],
    ['through one that restricts public policies', [point({ isPublic: true, restrictsPublic: true })], ofOwner],
    [
      'through another one than is named',
      [point({ isPublic: true })],
      { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:us-east-1:${logArchive}:accesspoint/team-*` } },
    ],
    [
      'for the organization alone',
      [point({ isPublic: true })],
      { StringEquals: { ...ofOwner.StringEquals, 'aws:PrincipalOrgID': 'o-exampleorg1' } },
    ],
  ])('%s', async (_, points, condition) => {
    expect(await outcome(points, condition)).toBe('COMPLIANT');
  });
});

describe('it is not known', () => {
  test('of other accounts, which alone may list their access points', async () => {
    const { results } = await scanWith([], { StringEquals: { 's3:DataAccessPointAccount': [logArchive, dev] } });
    expect(outcomeOf(results, 'log-bucket-is-not-public', archiveBucket)).toBe('INSUFFICIENT_DATA');
    expect(results.gaps.map((it) => it.message).join('\n')).toContain('access points of other accounts');
  });
});

const single = 'log-bucket-access-points-block-public-access';
const multi = 'log-bucket-multi-region-access-points-block-public-access';

const asked = new Set([single, multi, 'log-bucket-is-not-public']);
const policies = loadPolicies({ packs: ['security-hub'] }).policies.filter(({ id }) => asked.has(id));
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };

/** Outcomes on the log bucket, for access points of one Region and of many. */
async function outcomesWith(...accessPoints: readonly WorldAccessPoint[]) {
  const { inventory } = await collectFrom(anOrganizationWithATrail({ bucket: { accessPoints } }), { calls });
  const results = evaluate(inventory, policies, run);
  return [single, multi].map((id) => outcomeOf(results, id, archiveBucket));
}

describe('access points of a log bucket block public access, whatever its policy says', () => {
  const blocking = point({ restrictsPublic: true });
  const everywhere = point({ name: 'everywhere', restrictsPublic: true, isMultiRegion: true });

  test.each<[string, readonly WorldAccessPoint[], readonly string[]]>([
    ['there is none', [], ['NOT_APPLICABLE', 'NOT_APPLICABLE']],
    ['all do', [blocking, everywhere], ['COMPLIANT', 'COMPLIANT']],
    ['one takes public ACLs', [{ ...blocking, blocksAcls: false }, everywhere], ['NON_COMPLIANT', 'COMPLIANT']],
    ['one of a VPC is public', [point({ networkOrigin: 'VPC' })], ['NON_COMPLIANT', 'NOT_APPLICABLE']],
    ['a Multi-Region one is public', [blocking, point({ isMultiRegion: true })], ['COMPLIANT', 'NON_COMPLIANT']],
  ])('%s', async (_, points, outcomes) => {
    expect(await outcomesWith(...points)).toEqual(outcomes);
  });

  test('none may be listed', async () => {
    const match = { service: 's3control', operation: 'ListAccessPoints' } as const;
    const { inventory } = await collectFrom(anOrganizationWithATrail({ bucket: { accessPoints: [blocking] } }), {
      calls,
      aws: { faults: [{ match, kind: 'denied' }] },
    });
    const results = evaluate(inventory, policies, run);
    expect(outcomeOf(results, single, archiveBucket)).toBe('INSUFFICIENT_DATA');
    // Nothing leaves access to them.
    expect(outcomeOf(results, 'log-bucket-is-not-public', archiveBucket)).toBe('COMPLIANT');
  });
});
