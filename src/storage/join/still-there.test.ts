import { expect, test } from 'vitest';
import {
  aBucket,
  aKey,
  aLogGroup,
  anAccount,
  anEventDataStore,
  anInventory,
  aTopic,
  aTrail,
  keyArn,
  known,
  logGroupArn,
  MANAGEMENT,
  topicArn,
  trailArn,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Inventory } from '../../model/inventory.js';
import { kindsIn, resourcesOf, targetOf } from '../../model/resource-kinds.js';
import { stillThere } from './still-there.js';

/** A trail with a bucket, key, log group and topic of its own, and one more of each that nothing names. */
const inventory = anInventory({
  trails: [
    aTrail({ description: { s3BucketName: 'logs', kmsKeyId: keyArn('trail'), snsTopicArn: topicArn() } }),
    aTrail({ name: 'gone', description: { s3BucketName: 'left', snsTopicArn: topicArn('left') } }),
  ],
  eventDataStores: [anEventDataStore({ details: { kmsKeyId: keyArn('lake') } })],
  buckets: [aBucket({ name: 'logs' }), aBucket({ name: 'left' })],
  keys: [
    aKey({ arn: keyArn('trail') }),
    aKey({ arn: keyArn('lake') }),
    aKey({ arn: keyArn('logs') }),
    aKey({ arn: keyArn('nobodys') }),
  ],
  logGroups: [aLogGroup(), aLogGroup({ arn: logGroupArn('nobodys') })],
  topics: [aTopic(), aTopic({ arn: topicArn('left') })],
});

function names(it: Inventory): Record<string, readonly string[]> {
  return Object.fromEntries(
    kindsIn(it).map((kind) => [kind, resourcesOf(kind, it).map((one) => targetOf(kind, one).name ?? '')]),
  );
}

function owning(ownTrails: Inventory['accounts'][number]['ownTrails']): Inventory {
  return { ...inventory, accounts: [anAccount({ id: MANAGEMENT, name: 'management', ownTrails })] };
}

test('what no trail or account names any more goes', () => {
  expect(names(stillThere(owning(known([trailArn()]))))).toEqual({
    account: ['management'],
    trail: ['main'],
    'event-data-store': ['lake'],
    'log-bucket': ['logs'],
    'kms-key': ['trail', 'lake', 'logs'],
    'log-group': ['trail'],
    topic: ['trail'],
  });
});

test('trails of an account whose list could not be read stay, and all that they name', () => {
  const kept = names(stillThere(owning(unknown('refused'))));
  expect(kept['trail']).toEqual(['main', 'gone']);
  expect(kept['log-bucket']).toEqual(['logs', 'left']);
  expect(kept['topic']).toEqual(['trail', 'left']);
});

test('a list that was not asked for stays missing', () => {
  const { topics: _, ...rest } = inventory;
  expect(stillThere(rest)).not.toHaveProperty('topics');
});
