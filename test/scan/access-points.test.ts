import { describe, expect, test } from 'vitest';
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

  test('a policy that speaks of none asks for none', async () => {
    const { aws } = await scanWorld(anOrganizationWithATrail());
    expect(Object.keys(aws.countBy('operation')).filter((it) => it.includes('AccessPoint'))).toEqual([]);
  });
});
