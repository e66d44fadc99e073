import { describe, expect, test } from 'vitest';
import { trailEnvironment } from '../../test/support/view-objects.js';
import { bool, compile, evaluate, mutantsOf, Timestamp, type Expression } from './index.js';

function expression(source: string): Expression {
  const { expression: found, diagnostics } = compile(source, trailEnvironment, bool);
  if (found === undefined) throw new Error(JSON.stringify(diagnostics));
  return found;
}

const changes = (source: string): readonly string[] => mutantsOf(expression(source)).map((it) => it.change);

describe('mutants', () => {
  test.each([
    ['size(account.trails) > 1', ['>= 1', '<= 1', '2', '0']],
    ['trail.isLogging && params.strict', ['trail.isLogging || params.strict', 'trail.isLogging', 'params.strict']],
    ["trail.name == 'main'", ["trail.name != 'main'", "'main?'"]],
    ['account.trails.exists(t, t.isLogging)', ['account.trails.all(t, t.isLogging)']],
  ])('of %s get it slightly wrong', (source, ends) => {
    const found = changes(source);
    expect(found).toHaveLength(ends.length);
    for (const [index, end] of ends.entries()) expect(found[index]?.endsWith(end)).toBe(true);
  });

  test('of a value of an enum have another one of it', () => {
    expect(changes("bucket.versioning == 'Enabled'")).toEqual([
      "bucket.versioning == 'Enabled' → bucket.versioning != 'Enabled'",
      "'Enabled' → 'Suspended'",
    ]);
    expect(changes("key.keyState in ['Enabled', 'PendingDeletion']").filter((it) => it.includes('?'))).toEqual([]);
  });

  test('are none that the checker would refuse', () => {
    // A time has no sum with a time, and what may be absent is not read without a guard.
    expect(changes('now - account.joinedTimestamp < params.maxSilence').filter((it) => it.includes('+'))).toEqual([]);
    expect(changes("has(trail.kmsKeyId) && trail.kmsKeyId != ''")).toEqual([
      "has(trail.kmsKeyId) && trail.kmsKeyId != '' → has(trail.kmsKeyId)",
      "has(trail.kmsKeyId) && trail.kmsKeyId != '' → !has(trail.kmsKeyId) || trail.kmsKeyId != ''",
      "trail.kmsKeyId != '' → trail.kmsKeyId == ''",
      "'' → '?'",
    ]);
  });

  test.each([
    ['!has(trail.kmsKeyId) || trail.kmsKeyId != ""', 'has(trail.kmsKeyId) && trail.kmsKeyId != '],
    [
      'trail.isLogging && has(trail.kmsKeyId) && trail.kmsKeyId != ""',
      'trail.isLogging && (!has(trail.kmsKeyId) || trail.kmsKeyId != ',
    ],
    [
      'trail.isLogging || !has(trail.kmsKeyId) || trail.kmsKeyId != ""',
      'trail.isLogging || has(trail.kmsKeyId) && trail.kmsKeyId != ',
    ],
  ])('of %s take absence for the opposite', (source, change) => {
    expect(changes(source).some((it) => it.split(' → ')[1]?.startsWith(change))).toBe(true);
  });

  test('of a member of a list are evaluated, though the list never changes', () => {
    const scope = { get: () => new Timestamp(0) };
    const values = mutantsOf(expression("'a' in ['a', 'b']")).map((it) => evaluate(it.expression, scope));
    expect(values).toContain(false);
  });

  test('can be written and checked, each one', () => {
    const sources = [
      "has(bucket.objectLock) && bucket.objectLock.mode == 'COMPLIANCE' && bucket.objectLock.days >= params.minDays",
      "account.trails.exists(t, t.isLogging && t.eventSelectors.exists(s, s.readWriteType in ['All', 'ReadOnly']))",
      'size(account.trails) > 0 && account.trails.all(t, t.isLogging || !has(t.kmsKeyId))',
      'params.strict ? trail.isLogging : !trail.isLogging',
      "now - trail.?startLoggingTime.orValue(now) <= duration('24h') + days(3)",
    ];
    for (const source of sources) {
      const original = expression(source);
      const mutants = mutantsOf(original);
      expect(mutants.length).toBeGreaterThan(1);
      for (const { change } of mutants) {
        const [before = '', after = ''] = change.split(' → ');
        expect(before).not.toBe(after);
      }
      // What was checked is a tree of its own: the original stays as it was.
      expect(original.recheck(original.root)).toBeDefined();
    }
  });
});
