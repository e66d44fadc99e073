import type { AggregatedSourceStatus } from '@aws-sdk/client-config-service';
import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../../src/model/inventory.js';
import type { Evaluation } from '../../../src/model/results.js';
import { aggregator, readConfig, recordedWorld } from '../../support/config-world.js';
import type { FakeAwsOptions, WorldAggregator } from '../../support/fake-aws/index.js';
import { evaluateInventory } from '../../support/scan-world.js';
import { anOrganizationWithATrail, archiveBucket, logArchive, management } from '../../support/worlds.js';

const world = anOrganizationWithATrail();

async function read(parts: Partial<WorldAggregator>, fake: FakeAwsOptions = {}): Promise<Inventory> {
  const { inventory } = await readConfig(await recordedWorld(world, { aggregators: [{ ...aggregator, ...parts }] }), {
    fake,
  });
  return inventory;
}

/** On targets that were found. */
function outcomes(inventory: Inventory, policy: string): string[] {
  return evaluations(inventory, policy)
    .filter(({ target }) => !isUnfound(target))
    .map((it) => it.outcome);
}

/** Accounts that may have targets which were not found. */
function unfoundIn(inventory: Inventory, policy: string): string[] {
  return evaluations(inventory, policy)
    .filter(({ target, outcome }) => isUnfound(target) && outcome === 'INSUFFICIENT_DATA')
    .map(({ target }) => target.accountId);
}

function evaluations(inventory: Inventory, policy: string): readonly Evaluation[] {
  return evaluateInventory(inventory, [policy]).evaluations;
}

function isUnfound({ id }: Evaluation['target']): boolean {
  return id.endsWith('unknown');
}

function messages(inventory: Inventory): string {
  return inventory.gaps.map((it) => it.message).join('\n');
}

const failed: AggregatedSourceStatus = {
  SourceId: management,
  SourceType: 'ACCOUNT',
  AwsRegion: 'us-east-1',
  LastUpdateStatus: 'FAILED',
  LastErrorMessage: 'The authorization was deleted',
};

test('as long as no source fails, what the aggregator answers is the present', async () => {
  const inventory = await read({});
  expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['COMPLIANT']);
  expect(outcomes(inventory, 'log-bucket-is-versioned')).toEqual(['COMPLIANT']);
});

test.each<readonly [string, AggregatedSourceStatus, string]>([
  ['a failed source', failed, 'account 111122223333 is not up to date: us-east-1 FAILED The authorization was deleted'],
  ['an outdated source', { ...failed, LastUpdateStatus: 'OUTDATED' }, 'us-east-1 OUTDATED'],
  ['a failed account, whatever Region', { ...failed, AwsRegion: undefined }, 'FAILED The authorization was deleted'],
  ['only a code', { ...failed, LastErrorMessage: undefined, LastErrorCode: 'AccessDenied' }, 'FAILED AccessDenied'],
  [
    'the organization as a source',
    { SourceId: 'o-exampleorg1', SourceType: 'ORGANIZATION', LastUpdateStatus: 'FAILED', LastErrorCode: 'RoleGone' },
    'of the organization is not up to date: FAILED RoleGone',
  ],
])('%s: what was aggregated of it before is not the present', async (_, status, why) => {
  const inventory = await read({ outdated: [status] });
  expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
  expect(outcomes(inventory, 'organization-trail-covers-every-account')).toEqual(['INSUFFICIENT_DATA']);
  expect(messages(inventory)).toContain(why);
});

test('a source that fails in one Region says nothing against the others', async () => {
  const inventory = await read({ outdated: [{ ...failed, AwsRegion: 'eu-west-1' }] });
  expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['COMPLIANT']);
  expect(unfoundIn(inventory, 'trail-validates-log-files')).toEqual([management]);
});

test('the bucket of an account that fails is not known, the trail of another is', async () => {
  const inventory = await read({ outdated: [{ ...failed, SourceId: logArchive }] });
  expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['COMPLIANT']);
  expect(unfoundIn(inventory, 'trail-validates-log-files')).toEqual([logArchive]);
  expect(outcomes(inventory, 'log-bucket-is-versioned')).toEqual(['INSUFFICIENT_DATA']);
  expect(outcomes(inventory, 'log-bucket-is-not-public')).toEqual(['INSUFFICIENT_DATA']);
});

test('when it may not be asked which sources fail, any of them may', async () => {
  const inventory = await read(
    {},
    { faults: [{ match: { operation: 'DescribeConfigurationAggregatorSourcesStatus' }, kind: 'denied' }] },
  );
  expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
  expect(messages(inventory)).toContain('config:DescribeConfigurationAggregatorSourcesStatus');
});

describe('an aggregator with a filter', () => {
  function taking(...Value: string[]): Partial<WorldAggregator> {
    return { filters: { ResourceType: { Type: 'INCLUDE', Value: ['AWS::Config::ConfigurationRecorder', ...Value] } } };
  }

  test('that keeps trails out shows no account without a trail', async () => {
    const inventory = await read(taking('AWS::S3::Bucket'));
    expect(inventory.trails).toEqual([]);
    for (const policy of ['account-has-multi-region-trail', 'organization-trail-covers-every-account']) {
      expect(new Set(outcomes(inventory, policy))).toEqual(new Set(['INSUFFICIENT_DATA']));
    }
    expect(messages(inventory)).toContain(
      'Aggregator organization has a filter: it takes in AWS::Config::ConfigurationRecorder, AWS::S3::Bucket only, not AWS::CloudTrail::Trail.',
    );
  });

  test('that keeps buckets out proves no bucket missing', async () => {
    const inventory = await read(taking('AWS::CloudTrail::Trail'));
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['COMPLIANT']);
    expect(inventory.buckets).toMatchObject([{ name: archiveBucket, owner: { state: 'unknown' } }]);
    expect(messages(inventory)).toContain('not AWS::S3::Bucket');
  });

  test('that keeps recorders out leaves open who records what', async () => {
    const filters = { ResourceType: { Type: 'INCLUDE', Value: ['AWS::CloudTrail::Trail'] } } as const;
    const inventory = await read({
      filters: { ResourceType: { ...filters.ResourceType, Value: [...filters.ResourceType.Value] } },
    });
    expect(outcomes(inventory, 'trail-validates-log-files')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('not AWS::Config::ConfigurationRecorder');
  });

  test('of a kind that is not known may keep out anything', async () => {
    // Of a later version of the API: the SDK's type has INCLUDE only.
    const Type = 'EXCLUDE' as 'INCLUDE';
    const inventory = await read({ filters: { ResourceType: { Type, Value: ['AWS::CloudTrail::Trail'] } } });
    expect(outcomes(inventory, 'organization-trail-covers-every-account')).toEqual(['INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('a filter: it is of a kind that is not known, EXCLUDE');
  });

  test('by service-linked recorders may lack what the own recorders record', async () => {
    const inventory = await read({
      filters: { ServicePrincipal: { Type: 'INCLUDE', Value: ['observabilityadmin.amazonaws.com'] } },
    });
    expect(new Set(outcomes(inventory, 'organization-trail-covers-every-account'))).toEqual(
      new Set(['INSUFFICIENT_DATA']),
    );
    expect(messages(inventory)).toContain('only what the recorders of observabilityadmin.amazonaws.com record');
  });
});
