import { describe, expect, test } from 'vitest';
import {
  absent,
  aRole,
  aStatus,
  aTrail,
  anAccount,
  anInventory,
  anObservation,
  anOrganization,
  known,
  logGroupArn,
  MANAGEMENT,
  MEMBER,
  NOW,
  unknown,
} from '../../test/support/inventory-builders.js';
import { Unknown, type ViewObject } from '../expression/index.js';
import type { Inventory, Role, Trail, TrailDescription } from '../model/inventory.js';
import { buildView } from './build-view.js';

const ago = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();

function writes(...streams: readonly string[]): Partial<Role> {
  const Resource = streams.map((it) => `${logGroupArn()}:log-stream:${it}`);
  const Action = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const document = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } });
  return { inlinePolicies: known([{ name: 'write', document: known(document) }]) };
}

const own = `${MANAGEMENT}_CloudTrail_*`;

interface Parts extends Partial<Inventory> {
  readonly role?: Partial<Role>;
}

/** An organization trail whose events arrive, of its owner and of a member. */
function trailIn({ role = {}, ...parts }: Parts): ViewObject {
  const status = aStatus({ latestCloudWatchLogsDeliveryTime: ago(0.1) });
  const observedTrails = [anObservation({ status: known(aStatus({ latestCloudWatchLogsDeliveryTime: ago(0.2) })) })];
  const inventory = anInventory({
    organization: anOrganization(),
    accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, observedTrails })],
    trails: [aTrail({ status })],
    roles: [aRole(role)],
    ...parts,
  });
  const [trail] = buildView(inventory).targets('trail');
  if (trail === undefined) throw new Error('There is no trail.');
  return trail.object;
}

function descriptionOf({ description }: Trail): TrailDescription {
  if (description.state !== 'known') throw new Error('The trail is not described.');
  return description.value;
}

function may(parts: Parts): unknown {
  const value = trailIn(parts).get('canWriteLogGroup');
  return value instanceof Unknown ? 'unknown' : value;
}

test('a role that may write the streams of the owner and of the members', () => {
  expect(may({ role: writes(own, 'o-example123_*') })).toBe(true);
});

describe('what is definite counts, whatever arrived', () => {
  test.each<[string, Partial<Role>, RegExp]>([
    ['no policy lets it write for members', writes(own), /may not create and write .*o-example123_\*: no policy/],
    ['it is gone', { details: absent, inlinePolicies: absent, attachedPolicies: absent }, /does not exist/],
  ])('%s', (_, role, sentence) => {
    expect(may({ role })).toBe(false);
    expect(trailIn({ role }).get('logGroupRefusal')).toMatch(sentence);
  });
});

const failing = aTrail({ status: { latestCloudWatchLogsDeliveryError: 'AccessDenied' } });

describe('where the role is not known, events that arrived without an error decide', () => {
  test.each<[string, Parts]>([
    [
      'it was refused',
      { role: { details: unknown('role'), inlinePolicies: unknown('role'), attachedPolicies: unknown('role') } },
    ],
    ['roles were not asked for', { roles: [] }],
    [
      'it is of another account',
      { trails: [aTrail({ description: { cloudWatchLogsRoleArn: 'arn:aws:iam::333333333333:role/logs' } })] },
    ],
  ])('%s', (_, parts) => {
    expect(may(parts)).toBe(true);
  });

  test('and an error leaves it open', () => {
    expect(may({ roles: [], trails: [failing] })).toBe('unknown');
  });
});

test('a trail without a log group needs no role; of an account alone only its own streams count', () => {
  const { cloudWatchLogsLogGroupArn: _, ...description } = descriptionOf(aTrail());
  expect(may({ trails: [aTrail({ description: known(description) })], roles: [] })).toBe(true);
  expect(may({ role: writes(own), organization: null })).toBe(true);
});
