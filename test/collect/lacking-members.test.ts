import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { evaluateInventory } from '../support/scan-world.js';
import { changedVerdicts } from './changed-verdicts.js';
import { collectUnder, sound } from './fault-matrix.js';

async function verdictsWithout(call: string, members: readonly string[]): Promise<Results> {
  const [, operation] = call.split(':');
  const { inventory } = await collectUnder([{ match: { operation: operation ?? '' }, kind: 'lacking', members }]);
  return evaluateInventory(inventory);
}

/** Policies that have an open evaluation more than they had. */
function opened(before: Results, after: Results): string[] {
  const open = ({ evaluations }: Results) =>
    new Set(evaluations.flatMap((it) => (it.outcome === 'INSUFFICIENT_DATA' ? it.fingerprint : [])));
  const known = open(before);
  const names = after.evaluations.flatMap((it) =>
    it.outcome === 'INSUFFICIENT_DATA' && !known.has(it.fingerprint) ? it.policyId : [],
  );
  return [...new Set(names)].toSorted();
}

describe('an answer that lacks a member is of AWS all the same: what needs it is open, and nothing else', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['kms:DescribeKey', ['KeyUsage', 'Description', 'CreationDate', 'Enabled', 'MultiRegion'], []],
    ['kms:DescribeKey', ['Origin'], ['kms-key-rotates']],
    ['kms:DescribeKey', ['KeyManager', 'KeySpec'], ['kms-key-rotates']],
    ['organizations:DescribeOrganization', ['Arn', 'FeatureSet', 'MasterAccountArn', 'MasterAccountEmail'], []],
    ['organizations:ListAccounts', ['Arn', 'Name', 'JoinedMethod', 'Email'], []],
    ['organizations:ListRoots', ['Name', 'Arn', 'PolicyTypes'], []],
    ['organizations:ListOrganizationalUnitsForParent', ['Name', 'Arn'], []],
    ['cloudtrail:ListTrails', ['Name', 'HomeRegion'], []],
    ['cloudtrail:DescribeTrails', ['Name', 'HasCustomEventSelectors', 'HasInsightSelectors'], []],
    ['cloudtrail:GetTrailStatus', ['TimeLoggingStarted', 'LatestDeliveryAttemptTime'], []],
    ['cloudtrail:GetEventDataStore', ['Name', 'BillingMode', 'CreatedTimestamp'], []],
    ['cloudtrail:GetEventDataStore', ['RetentionPeriod'], ['event-data-store-keeps-events']],
    ['logs:DescribeLogGroups', ['arn', 'storedBytes', 'creationTime'], []],
    ['account:ListRegions', ['NextToken'], []],
  ])('%s without %j', async (call, members, policies) => {
    const before = evaluateInventory((await sound()).inventory);
    const after = await verdictsWithout(call, members);
    expect(changedVerdicts(before, after)).toEqual([]);
    expect(opened(before, after)).toEqual(policies);
  });
});
