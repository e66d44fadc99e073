import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aBucketTarget, aTarget, anAccountTarget } from '../../../test/support/results-builders.js';
import { hostileTexts } from '../../../test/golden/scenarios.js';
import { pathSegment, resourcePath } from './path.js';

describe('a resource has a path of ids', () => {
  test.each([
    [aTarget(), 'aws/111111111111/eu-central-1/cloudtrail/trail/main'],
    [anAccountTarget('222222222222', 'payments-test'), 'aws/222222222222/global/account/account/222222222222'],
    [aBucketTarget('acme-logs', '333333333333'), 'aws/333333333333/eu-central-1/s3/bucket/acme-logs'],
    [
      aTarget({ type: 'organization', id: 'o-a1b2c3d4e5', region: 'global' }),
      'aws/111111111111/global/organizations/organization/o-a1b2c3d4e5',
    ],
    [
      aTarget({ type: 'kms-key', id: 'arn:aws:kms:eu-central-1:111111111111:key/5f0e-8a54' }),
      'aws/111111111111/eu-central-1/kms/key/5f0e-8a54',
    ],
    [
      aTarget({
        type: 'event-data-store',
        id: 'arn:aws:cloudtrail:eu-central-1:111111111111:eventdatastore/ee54-4812',
      }),
      'aws/111111111111/eu-central-1/cloudtrail/event-data-store/ee54-4812',
    ],
    [
      aTarget({ type: 'topic', id: 'arn:aws:sns:eu-central-1:111111111111:alerts' }),
      'aws/111111111111/eu-central-1/sns/topic/alerts',
    ],
    [aTarget({ type: 'config-recorder', id: 'default' }), 'aws/111111111111/eu-central-1/config/recorder/default'],
  ])('%#', (target, path) => {
    expect(resourcePath(target)).toBe(path);
  });

  test('a log group keeps a readable name', () => {
    const target = aTarget({ type: 'log-group', id: 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/trail' });
    expect(resourcePath(target)).toMatch(/^aws\/111111111111\/eu-central-1\/logs\/log-group\/_aws_trail_[0-9a-f]{8}$/);
  });

  test('a name for people changes nothing', () => {
    expect(resourcePath(aTarget({ name: 'renamed' }))).toBe(resourcePath(aTarget()));
  });

  test('an ARN of another account is not cut to its name', () => {
    const foreign = aTarget({ accountId: 'unknown' });
    expect(resourcePath(foreign)).not.toBe(resourcePath(aTarget({ accountId: 'unknown', id: 'main' })));
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('.', '/', '_', 'a', 'ä', ' ', '\ud83d') }),
  fc.constantFrom(...hostileTexts),
);

describe('a segment', () => {
  test('is safe whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(pathSegment(text)).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
        expect(pathSegment(text)).not.toMatch(/^\.+$/);
      }),
    );
  });

  test('tells distinct texts apart', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        fc.pre(a !== b);
        expect(pathSegment(a)).not.toBe(pathSegment(b));
      }),
    );
  });

  test('tells texts of one long beginning apart', () => {
    expect(pathSegment(`${'x'.repeat(1_000)}1`)).not.toBe(pathSegment(`${'x'.repeat(1_000)}2`));
  });

  test('cannot be forged by a text that looks changed', () => {
    const changed = pathSegment('a b');
    expect(pathSegment(changed)).not.toBe(changed);
  });

  test.each(['main', 'management-events', 'Acme.Trail_1', 'x'.repeat(128)])('%s stays as it is', (text) => {
    expect(pathSegment(text)).toBe(text);
  });
});

test('distinct trails of distinct places have distinct paths', () => {
  const anyTrail = fc
    .record({
      name: anyText,
      accountId: fc.constantFrom('111111111111', '222222222222'),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
    })
    .map(({ name, accountId, region }) =>
      aTarget({ id: `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`, accountId, region }),
    );
  fc.assert(
    fc.property(anyTrail, anyTrail, (a, b) => {
      fc.pre(a.id !== b.id);
      expect(resourcePath(a)).not.toBe(resourcePath(b));
    }),
  );
});
