import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aTarget, aBucketTarget, anEvaluation } from '../../test/support/results-builders.js';
import { aWaiver, aWaiverAccount, waiverFacts } from '../../test/support/waiver-builders.js';
import type { Evaluation, Reason, Target } from '../model/results.js';
import { OrganizationalUnits } from '../policy/organizational-units.js';
import { waive, type Waiver, type WaiverAccount, type WaiverFacts } from './index.js';

const now = '2026-06-15T08:00:00.000Z';
const first = '111111111111';
const second = '222222222222';

const trailIn = (accountId: string): Target =>
  aTarget({
    id: `arn:aws:cloudtrail:eu-central-1:${accountId}:trail/main`,
    arn: `arn:aws:cloudtrail:eu-central-1:${accountId}:trail/main`,
    accountId,
  });

const reason = (assert: string, more: Partial<Reason> = {}): Reason => ({
  assert,
  message: `${assert} fails.`,
  because: [],
  ...more,
});

const failing = (more: Partial<Evaluation> = {}): Evaluation =>
  anEvaluation({ outcome: 'NON_COMPLIANT', target: trailIn(first), reasons: [reason('logging')], ...more });

function run(evaluations: readonly Evaluation[], waivers: readonly Waiver[], facts: Partial<WaiverFacts> = {}) {
  const waived = waive(evaluations, waivers, waiverFacts(facts), now);
  return {
    ...waived,
    ids: waived.evaluations.map((it) => it.waiver?.id),
    states: waived.waivers.map((it) => it.state),
    codes: waived.diagnostics.map((it) => `${it.severity} ${it.code}`),
  };
}

/** Narrow enough, and nowhere near its end: nothing is to be said of it. */
const plain = (more: Partial<Waiver> = {}) => aWaiver({ accounts: [first], ...more });

describe('what a waiver accepts', () => {
  test('is marked with its reason, owner, end and place', () => {
    const { evaluations, waivers, codes } = run([failing()], [plain({ ticket: 'SEC-1' })]);
    expect(evaluations[0]?.waiver).toEqual({
      id: 'W-1',
      reason: 'The trail is being moved.',
      owner: 'platform',
      approvedBy: 'security',
      expires: '2026-12-31',
      ticket: 'SEC-1',
      file: 'waivers.yaml',
      line: 3,
    });
    expect(waivers).toMatchObject([{ id: 'W-1', state: 'used', accepts: 1, remarks: [] }]);
    expect(codes).toEqual([]);
  });

  test.each<[string, Partial<Waiver>, boolean]>([
    ['another policy', { policies: ['kms-key-rotates'] }, false],
    ['one of several policies', { policies: ['kms-key-rotates', 'trail-is-logging'] }, true],
    ['another account', { accounts: [second] }, false],
    ['the account, not below the OU', { accounts: [first], ous: ['ou-ab12-11111111'] }, true],
    ['an OU above another account', { ous: ['ou-ab12-11111111'] }, false],
    ['the root', { ous: ['r-ab12'] }, true],
    ['the root by its name', { ous: ['Root'] }, true],
    ['another OU by its name', { ous: ['Root/Sandbox'] }, false],
    ['its ARN', { resources: [`arn:aws:cloudtrail:eu-central-1:${first}:trail/main`] }, true],
    ['a pattern', { resources: [`arn:aws:cloudtrail:*:${first}:trail/*`] }, true],
    ['half its ARN', { resources: ['trail/main'] }, false],
    ['its name, which other trails may have', { resources: ['main'] }, false],
    ['resource and another account', { accounts: [second], resources: ['*'] }, false],
  ])('%s', (_what, scope, isWaived) => {
    expect(run([failing()], [aWaiver(scope)]).ids).toEqual([isWaived ? 'W-1' : undefined]);
  });

  test('an OU by its name accepts what is below it', () => {
    const target = trailIn(second);
    for (const ou of ['Sandbox', '/Sandbox', 'ou-ab12-11111111']) {
      expect(run([failing({ target })], [aWaiver({ ous: [ou] })]).ids).toEqual(['W-1']);
    }
  });

  test('a name that several OUs have, or that could not be looked up, accepts nothing and is told', () => {
    const target = trailIn(second);
    const units = new OrganizationalUnits([
      { id: 'r-ab12', name: 'Root' },
      { id: 'ou-ab12-11111111', name: 'Sandbox', parentId: 'r-ab12' },
      { id: 'ou-ab12-22222222', name: 'Sandbox', parentId: 'ou-ab12-11111111' },
    ]);
    const waivers = [aWaiver({ ous: ['Sandbox'] })];
    expect(run([failing({ target })], waivers, { units })).toMatchObject({
      ids: [undefined],
      codes: ['warning waiver-unused', 'warning waiver-ambiguous'],
    });
    expect(run([failing({ target })], waivers, { units: undefined })).toMatchObject({
      ids: [undefined],
      codes: expect.arrayContaining(['warning waiver-ou-unread']) as string[],
    });
  });

  test.each(['acme-logs', 'arn:aws:s3:::acme-logs', 'arn:aws:s3:::acme-*'])('a bucket as %s', (name) => {
    const bucket = failing({ target: aBucketTarget('acme-logs', first) });
    expect(run([bucket], [aWaiver({ resources: [name] })]).ids).toEqual(['W-1']);
  });

  test('is nothing that holds, does not apply or could not be read', () => {
    const evaluations = (['COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA'] as const).map((outcome) =>
      failing({ outcome }),
    );
    for (const evaluation of evaluations) expect(run([evaluation], [plain()]).evaluations).toEqual([evaluation]);
  });

  test('where the OUs of an account could not be read, an OU accepts nothing, and that is said', () => {
    const accounts = [aWaiverAccount({ parents: undefined })];
    const { ids, codes } = run([failing()], [aWaiver({ ous: ['ou-ab12-11111111'] })], { accounts });
    expect(ids).toEqual([undefined]);
    expect(codes).toContain('warning waiver-ou-unread');
  });

  test('of several waivers, the one that holds longest is named, and all are used', () => {
    const short = plain({ id: 'W-1', expires: '2026-08-01' });
    const long = plain({ id: 'W-2' });
    const { ids, states } = run([failing()], [short, long]);
    expect({ ids, states }).toEqual({ ids: ['W-2'], states: ['used', 'used'] });
  });
});

describe('a waiver of single assertions', () => {
  const both = failing({ reasons: [reason('log-files'), reason('digests')] });

  test('leaves the others failing, and the finding a finding', () => {
    const { evaluations, states } = run([both], [plain({ assert: ['digests'] })]);
    expect(evaluations[0]?.waiver).toBeUndefined();
    expect(evaluations[0]?.reasons.map((it) => it.waiver)).toEqual([undefined, 'W-1']);
    expect(states).toEqual(['used']);
  });

  describe('of other severities', () => {
    const mixed = failing({
      severity: 'critical',
      reasons: [
        reason('log-files', { severity: 'critical' }),
        reason('digests', { severity: 'medium' }),
        reason('destinations', { severity: 'low' }),
      ],
    });
    const severityUnder = (...assert: readonly string[]) => run([mixed], [plain({ assert })]).evaluations[0]?.severity;

    test('leaves the finding the worst severity of what is left', () => {
      expect(severityUnder('log-files')).toBe('medium');
      expect(severityUnder('log-files', 'digests')).toBe('low');
      expect(severityUnder('digests')).toBe('critical');
    });

    test('changes no severity where it accepts all, or ends', () => {
      expect(severityUnder('log-files', 'digests', 'destinations')).toBe('critical');
      const { evaluations } = run([mixed], [plain({ assert: ['log-files'] })]);
      expect(waive(evaluations, [], waiverFacts(), now).evaluations).toEqual([mixed]);
    });

    test('counts what could not be read: it may fail as well', () => {
      const reasons = [
        reason('log-files', { severity: 'low' }),
        reason('digests', { severity: 'high', unknown: true }),
      ];
      const { evaluations } = run([failing({ severity: 'low', reasons })], [plain({ assert: ['log-files'] })]);
      expect(evaluations[0]?.severity).toBe('high');
      expect(waive(evaluations, [], waiverFacts(), now).evaluations[0]?.severity).toBe('low');
    });
  });

  test('accepts the whole where it names all that fails', () => {
    expect(run([both], [plain({ assert: ['digests', 'log-files'] })]).ids).toEqual(['W-1']);
  });

  test('together with another accepts the whole, until the first of them ends', () => {
    const one = plain({ id: 'W-1', assert: ['log-files'] });
    const other = plain({ id: 'W-2', assert: ['digests'], expires: '2026-08-01' });
    expect(run([both], [one, other]).evaluations[0]).toMatchObject({
      waiver: { id: 'W-2' },
      reasons: [{ waiver: 'W-1' }, { waiver: 'W-2' }],
    });
  });

  test('does not accept what could not be read, even when it names it', () => {
    const halfKnown = failing({ reasons: [reason('log-files'), reason('digests', { unknown: true })] });
    const { evaluations } = run([halfKnown], [plain({ assert: ['log-files', 'digests'] })]);
    expect(evaluations[0]?.waiver).toBeUndefined();
    expect(evaluations[0]?.reasons.map((it) => it.waiver)).toEqual(['W-1', undefined]);
  });

  test('of the whole policy leaves what could not be read a finding, as bad as that', () => {
    const halfKnown = failing({
      reasons: [reason('log-files', { severity: 'low' }), reason('digests', { unknown: true, severity: 'critical' })],
    });
    const [evaluation] = run([halfKnown], [plain()]).evaluations;
    expect(evaluation).toMatchObject({ severity: 'critical' });
    expect(evaluation?.waiver).toBeUndefined();
    expect(evaluation?.reasons.map((it) => it.waiver)).toEqual(['W-1', undefined]);
  });

  test('is unused where other assertions fail', () => {
    const { ids, codes } = run([failing()], [plain({ assert: ['digests'] })]);
    expect({ ids, codes }).toEqual({ ids: [undefined], codes: ['warning waiver-unused'] });
  });
});

describe('causes', () => {
  const cause = failing();
  const follower = failing({ target: trailIn(second), causedBy: cause.fingerprint });

  test('what follows from a waived cause is waived with it', () => {
    const effect = failing({ policyId: 'trail-delivers', target: trailIn(second), causedBy: cause.fingerprint });
    const { evaluations, waivers } = run([cause, effect], [plain({ accounts: [cause.target.accountId, second] })]);
    expect(evaluations[1]?.waiver).toMatchObject({ id: 'W-1', via: cause.fingerprint });
    expect(waivers[0]?.accepts).toBe(1);
  });

  test('a waiver of one account accepts no effect in another', () => {
    expect(run([cause, follower], [plain({ accounts: [cause.target.accountId] })]).ids).toEqual(['W-1', undefined]);
  });

  test('a waiver of what follows leaves the cause a finding', () => {
    expect(run([cause, follower], [plain({ accounts: [second] })]).ids).toEqual([undefined, 'W-1']);
  });

  test('a cause that is waived in part still fails, and so does what follows', () => {
    const half = failing({ reasons: [reason('log-files'), reason('digests')] });
    expect(run([half, follower], [plain({ assert: ['digests'] })]).ids).toEqual([undefined, undefined]);
  });
});

describe('what is said of a waiver', () => {
  test.each<[string, Partial<Waiver>, readonly Evaluation[], string, readonly string[]]>([
    ['ended', { expires: '2026-06-14' }, [failing()], 'expired', ['warning waiver-expired']],
    ['ended, and what it spoke of holds', { expires: '2026-06-14' }, [], 'expired', ['warning waiver-expired']],
    ['not begun', { created: '2026-06-16' }, [failing()], 'not-yet-valid', ['warning waiver-not-yet-valid']],
    ['30 days left', { expires: '2026-07-15' }, [failing()], 'used', ['notice waiver-ends-soon']],
    ['31 days left', { expires: '2026-07-16' }, [failing()], 'used', []],
    ['nothing fails', {}, [failing({ outcome: 'COMPLIANT' })], 'unused', ['warning waiver-unused']],
    ['nothing is there', {}, [], 'unused', ['warning waiver-unused']],
    [
      'it could not be read',
      {},
      [failing({ outcome: 'INSUFFICIENT_DATA' })],
      'not-evaluated',
      ['notice waiver-not-evaluated'],
    ],
    ['its policy was not asked for', { policies: ['kms-key-rotates'] }, [failing()], 'not-evaluated', []],
    [
      'one of its resources is gone',
      { resources: ['gone', trailIn(first).id] },
      [failing()],
      'used',
      ['warning waiver-unused'],
    ],
    ['one account has left', { accounts: [first, '999999999999'] }, [failing()], 'used', ['warning waiver-stale']],
    ['one OU is gone', { ous: ['ou-ab12-99999999'] }, [failing()], 'used', ['warning waiver-stale']],
    ['its only account has left', { accounts: ['999999999999'] }, [failing()], 'stale', ['warning waiver-stale']],
    [
      'its only OU is gone',
      { accounts: ['999999999999'], ous: ['ou-ab12-99999999'] },
      [],
      'stale',
      ['warning waiver-stale', 'warning waiver-stale'],
    ],
    [
      'its account has left, and it has ended',
      { accounts: ['999999999999'], expires: '2026-06-14' },
      [],
      'expired',
      ['warning waiver-stale', 'warning waiver-expired'],
    ],
    [
      'its account has left, and its policy was not asked for',
      { accounts: ['999999999999'], policies: ['kms-key-rotates'] },
      [failing()],
      'stale',
      ['warning waiver-stale'],
    ],
  ])('%s', (_what, more, evaluations, state, codes) => {
    const { states, codes: said } = run(evaluations, [plain(more)]);
    expect({ state: states[0], said }).toEqual({ state, said: codes });
  });

  test.each<[string, WaiverAccount['state'], Partial<Waiver>, string, readonly string[]]>([
    ['its account was left out', 'out-of-scope', { accounts: [first] }, 'not-evaluated', []],
    [
      'its account could not be read',
      'unreadable',
      { accounts: [first] },
      'not-evaluated',
      ['notice waiver-not-evaluated'],
    ],
    ['its account is closed', 'closed', { accounts: [first] }, 'unused', ['warning waiver-unused']],
    ['another account was left out', 'out-of-scope', { accounts: [second] }, 'unused', ['warning waiver-unused']],
    [
      'an account that its ARN names was left out',
      'out-of-scope',
      { resources: [trailIn(first).id] },
      'not-evaluated',
      [],
    ],
    [
      'its ARN names another account',
      'out-of-scope',
      { resources: [trailIn(second).id] },
      'unused',
      ['warning waiver-unused'],
    ],
    [
      'its bucket may be in an account that was left out',
      'out-of-scope',
      { resources: ['acme-logs'] },
      'not-evaluated',
      [],
    ],
    [
      'its OU holds an account that was left out',
      'out-of-scope',
      { ous: ['r-ab12'] },
      'not-evaluated',
      ['warning waiver-over-broad'],
    ],
  ])('where it meets nothing, and %s', (_what, state, scope, name, codes) => {
    const facts = { accounts: [aWaiverAccount({ state }), aWaiverAccount({ id: second })] };
    expect(run([], [aWaiver(scope)], facts)).toMatchObject({ states: [name], codes });
  });

  test('a resource that may be in an account that was left out is not called gone', () => {
    const accounts = [aWaiverAccount(), aWaiverAccount({ id: second, state: 'out-of-scope' })];
    const waiver = aWaiver({ resources: [trailIn(first).id, 'acme-logs'] });
    expect(run([failing()], [waiver], { accounts })).toMatchObject({ states: ['used'], codes: [] });
  });

  test('an account may be missing from a list that broke off, and may own a bucket from outside', () => {
    const outside = failing({ target: aBucketTarget('theirs', '999999999999') });
    expect(run([], [plain({ accounts: [first, '999999999999'] })], { areAllAccountsKnown: false }).codes).toEqual([
      'warning waiver-unused',
    ]);
    expect(run([outside], [plain({ accounts: ['999999999999'] })]).codes).toEqual([]);
  });

  test('stands in the results too, with its line', () => {
    const { waivers } = run([failing()], [plain({ expires: '2026-06-14' })]);
    expect(waivers[0]).toMatchObject({
      state: 'expired',
      accepts: 1,
      remarks: [{ severity: 'warning', code: 'waiver-expired', line: 1 }],
    });
  });
});

describe('over-broad is', () => {
  const two = [failing(), failing({ target: trailIn(second) })];
  const isOverBroad = (waiver: Partial<Waiver>, facts: Partial<WaiverFacts> = {}) =>
    run(two, [aWaiver(waiver)], facts).codes.includes('warning waiver-over-broad');

  test.each<[string, Partial<Waiver>, boolean]>([
    ['no account and no resource', {}, true],
    ['the root', { ous: ['r-ab12'] }, true],
    ['every account by its id', { accounts: [first, second] }, true],
    ['any resource', { resources: ['*'] }, true],
    ['a pattern that every trail matches', { resources: ['arn:aws:cloudtrail:*'] }, true],
    ['one account', { accounts: [first] }, false],
    ['one OU', { ous: ['ou-ab12-11111111'] }, false],
    ['a resource', { resources: [trailIn(first).id] }, false],
    ['a pattern that one trail matches', { resources: [`arn:aws:cloudtrail:*:${first}:*`] }, false],
    ['every trail, each by its ARN', { resources: [trailIn(first).id, trailIn(second).id] }, false],
  ])('%s: %j', (_what, waiver, expected) => {
    expect(isOverBroad(waiver)).toBe(expected);
  });

  test('no waiver of a policy on the organization, which is one', () => {
    expect(isOverBroad({}, { policies: [{ id: 'trail-is-logging', target: 'organization' }] })).toBe(false);
  });
});

describe('properties', () => {
  test('a waiver holds from 00:00 of its first day to 24:00 of its last, UTC', () => {
    const day = 86_400_000;
    const start = Date.parse('2024-01-01');
    const times = fc.record({
      created: fc.integer({ min: 0, max: 1_500 }),
      lasts: fc.integer({ min: 0, max: 365 }),
      at: fc.integer({ min: -2 * day, max: 368 * day }),
    });
    fc.assert(
      fc.property(times, ({ created, lasts, at }) => {
        const from = start + created * day;
        const end = from + (lasts + 1) * day;
        const dayText = (time: number) => new Date(time).toISOString().slice(0, 10);
        const waiver = plain({ created: dayText(from), expires: dayText(end - day) });
        for (const time of [from + at, from - 1, from, end - 1, end]) {
          const waived = waive([failing()], [waiver], waiverFacts(), new Date(time).toISOString());
          const holds = time >= from && time < end;
          expect(waived.evaluations[0]?.waiver?.id).toBe(holds ? 'W-1' : undefined);
          expect(waived.waivers[0]?.state).toBe(holds ? 'used' : time < from ? 'not-yet-valid' : 'expired');
        }
      }),
    );
  });

  test('the day is that of UTC, however the time is written', () => {
    const at = (time: string) => waive([failing()], [plain({ expires: '2026-06-15' })], waiverFacts(), time);
    expect(at('2026-06-15T23:30:00-02:00').waivers[0]?.state).toBe('expired');
    expect(at('2026-06-16T01:30:00+02:00').waivers[0]?.state).toBe('used');
  });

  const accountIds = ['111111111111', '222222222222', '333333333333'];
  const asserts = ['log-files', 'digests', 'destinations'];
  const anyWaivers = fc
    .array(
      fc.record({
        policies: fc.subarray(['trail-is-logging', 'trail-delivers'], { minLength: 1 }),
        assert: fc.option(fc.subarray(asserts, { minLength: 1 }), { nil: undefined }),
        accounts: fc.option(fc.subarray(accountIds, { minLength: 1 }), { nil: undefined }),
        resources: fc.option(
          fc.subarray(['*', 'arn:aws:cloudtrail:*:222222222222:*', trailIn(first).id], { minLength: 1 }),
          { nil: undefined },
        ),
        expires: fc.constantFrom('2026-06-01', '2026-06-15', '2026-12-31'),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ policies, expires, ...scope }, index) =>
        aWaiver({ id: `W-${index}`, line: index + 1, policies, expires, ...given(scope) }),
      ),
    );
  const anyEvaluations = fc
    .array(
      fc.record({
        outcome: fc.constantFrom('NON_COMPLIANT', 'NON_COMPLIANT', 'COMPLIANT', 'INSUFFICIENT_DATA'),
        policyId: fc.constantFrom('trail-is-logging', 'trail-delivers'),
        account: fc.constantFrom(...accountIds),
        reasons: fc.subarray(asserts, { minLength: 1 }),
        unknown: fc.nat(5),
        cause: fc.option(fc.nat(7), { nil: undefined }),
      }),
      { maxLength: 8 },
    )
    .map((all) =>
      all.map(({ outcome, policyId, account, reasons, unknown, cause }, index) =>
        failing({
          outcome,
          policyId,
          target: trailIn(account),
          fingerprint: `${index}`,
          reasons: reasons.map((it, at) => reason(it, at > 0 && at === unknown ? { unknown: true } : {})),
          ...(cause === undefined ? {} : { causedBy: `${cause}` }),
        }),
      ),
    );
  const facts = waiverFacts({
    accounts: accountIds.map((id) => aWaiverAccount({ id })),
    policies: [
      { id: 'trail-is-logging', target: 'trail' },
      { id: 'trail-delivers', target: 'trail' },
    ],
  });

  test('the order of waivers changes nothing', () => {
    const shuffled = anyWaivers.chain((waivers) =>
      fc.tuple(
        fc.constant(waivers),
        fc.shuffledSubarray(waivers, { minLength: waivers.length, maxLength: waivers.length }),
      ),
    );
    fc.assert(
      fc.property(anyEvaluations, shuffled, (evaluations, [waivers, other]) => {
        expect(waive(evaluations, other, facts, now)).toEqual(waive(evaluations, waivers, facts, now));
      }),
    );
  });

  test('waivers mark what fails, and change nothing else', () => {
    fc.assert(
      fc.property(anyEvaluations, anyWaivers, (evaluations, waivers) => {
        const waived = waive(evaluations, waivers, facts, now);
        expect(waived.evaluations.map(withoutMarks)).toEqual(evaluations);
        const markedOnes = waived.evaluations.filter(
          ({ waiver, reasons }) => waiver !== undefined || reasons.some((it) => it.waiver !== undefined),
        );
        expect(markedOnes.filter((it) => it.outcome !== 'NON_COMPLIANT')).toEqual([]);
      }),
    );
  });

  test('marking again gives the same, and without waivers every mark is gone', () => {
    fc.assert(
      fc.property(anyEvaluations, anyWaivers, (evaluations, waivers) => {
        const once = waive(evaluations, waivers, facts, now);
        expect(waive(once.evaluations, waivers, facts, now)).toEqual(once);
        expect(waive(once.evaluations, [], facts, now).evaluations).toEqual(evaluations);
      }),
    );
  });

  test('one waiver more takes no mark away', () => {
    fc.assert(
      fc.property(anyEvaluations, anyWaivers, (evaluations, waivers) => {
        const fewer = waive(evaluations, waivers.slice(1), facts, now).evaluations;
        const more = waive(evaluations, waivers, facts, now).evaluations;
        expect(fewer.filter((it, index) => it.waiver !== undefined && more[index]?.waiver === undefined)).toEqual([]);
      }),
    );
  });
});

function given(scope: { readonly [K in 'assert' | 'accounts' | 'resources']: readonly string[] | undefined }) {
  const { assert, accounts, resources } = scope;
  return {
    ...(assert === undefined ? {} : { assert }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(resources === undefined ? {} : { resources }),
  };
}

function withoutMarks(marked: Evaluation): Evaluation {
  const { waiver: _, ...evaluation } = marked;
  const reasons = evaluation.reasons.map((it) => {
    const { waiver: _mark, ...rest } = it;
    return rest;
  });
  return { ...evaluation, reasons };
}
