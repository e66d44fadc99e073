import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { operations } from '../collect/aws/operations/index.js';
import { describeFields } from './fields.js';

const schema: unknown = JSON.parse(readFileSync('schema/view.v1.json', 'utf8'));
const field = (path: string, name: string) => describeFields(schema, path).fields.find((it) => it.name === name);

describe('fields', () => {
  test('an observed one names its call and action', () => {
    expect(field('trail', 'isLogging')).toEqual({
      name: 'isLogging',
      type: 'bool',
      isOptional: false,
      kind: 'observed',
      calls: ['cloudtrail:GetTrailStatus'],
      actions: ['cloudtrail:GetTrailStatus'],
      config: 'no',
      meaning: 'in the home Region, as its owner is told; in account.trails also as that account sees it',
    });
  });

  test('the IAM action is not always the name of the call', () => {
    expect(field('log-bucket', 'objectLock')?.actions).toEqual(['s3:GetBucketObjectLockConfiguration']);
  });

  test('a derived one names the calls of all that it follows from', () => {
    const { calls = [] } = field('Account', 'coverage') ?? {};
    expect(calls).toEqual(
      expect.arrayContaining(['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus', 'account:ListRegions']),
    );
  });

  test('targets, names, types and paths lead to the same', () => {
    for (const path of ['log-bucket', 'bucket', 'Bucket', 'trail.bucket', 'organization.trails.bucket']) {
      expect(describeFields(schema, path).type).toBe('Bucket');
    }
  });

  test.each([
    ['trial', "'trial' is neither a target nor a type."],
    ['trail.deliver', "Trail has no field 'deliver'."],
    ['trail.isLogging', 'Trail.isLogging is bool: it has no fields.'],
    ['__proto__', "'__proto__' is neither a target nor a type."],
  ])('%s', (path, message) => {
    expect(() => describeFields(schema, path)).toThrow(message);
  });

  test('every field has a meaning and calls, and each call is one that is made', () => {
    const { $defs } = schema as { $defs: Record<string, unknown> };
    const calls = new Set(Object.keys(operations));
    for (const type of Object.keys($defs)) {
      for (const it of describeFields(schema, type).fields) {
        expect(it.meaning, `${type}.${it.name}`).not.toBe('');
        expect(it.calls.length, `${type}.${it.name}`).toBeGreaterThan(0);
        for (const call of it.calls) expect(calls, `${type}.${it.name}`).toContain(call);
      }
    }
  });
});
