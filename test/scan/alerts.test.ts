import { describe, expect, test } from 'vitest';
import { evaluate, followUp, uploadable } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Account, Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { render } from '../../src/report/index.js';
import { CodeScanning } from '../support/code-scanning.js';
import { aPolicy } from '../support/results-builders.js';
import {
  aBucket,
  aGap,
  anAccount,
  anInventory,
  anOrganization,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  NOW,
  ORGANIZATION,
  unknown,
} from '../support/inventory-builders.js';

const { policies } = loadPolicies({ packs: ['core'] });

interface State {
  readonly member?: Partial<Account>;
  /** The member is not in the organization. */
  readonly gone?: true;
  /** The member's trail validates its log files. */
  readonly validates?: boolean;
  /** Accounts that cannot be read. */
  readonly unreadable?: readonly string[];
  readonly version?: string;
  readonly reversed?: true;
  readonly more?: Partial<Inventory>;
  readonly deletedTrail?: true;
}

const others = ['333333333333', '444444444444', '555555555555', '666666666666'];
const finding = `trail-validates-log-files aws/${MEMBER}/eu-central-1/cloudtrail/trail/own`;
const notReadable = (id: string) => `account-is-readable aws/${id}/global/account/account/${id}`;

/** A member whose own trail does not validate its log files, among accounts that the organization trail covers. */
function inventoryOf({ member, gone, validates = false, unreadable = [], more, deletedTrail }: State): Inventory {
  const gap = (id: string) => aGap({ id: `no-${id}`, call: 'sts:AssumeRole', accountId: id });
  const account = (id: string, parts: Partial<Account> = {}): Account =>
    unreadable.includes(id)
      ? anAccount({ id, ...parts, ownTrails: unknown(`no-${id}`), regions: unknown(`no-${id}`), observedTrails: [] })
      : anAccount({ id, ...parts });
  const isHere = gone !== true && !unreadable.includes(MEMBER) && member?.outOfScope === undefined;
  const own = aTrail({ name: 'own', accountId: MEMBER, description: { logFileValidationEnabled: validates } });
  return anInventory({
    accounts: [
      account(MANAGEMENT),
      ...(gone === true ? [] : [account(MEMBER, member)]),
      ...others.map((id) => account(id)),
    ],
    trails: [aTrail(), ...(isHere && deletedTrail !== true ? [own] : [])],
    gaps: unreadable.map(gap),
    ...more,
  });
}

let hour = 0;

/** One run after the other, each with the results of the last as `--previous`, read back from its JSON. */
function run(state: State, previous?: Results): Results {
  hour += 1;
  const capturedAt = new Date(Date.parse(NOW) + hour * 60_000).toISOString();
  const inventory = { ...inventoryOf(state), capturedAt };
  const judged = evaluate(inventory, state.reversed ? policies.toReversed() : policies, {
    startedAt: capturedAt,
    finishedAt: capturedAt,
    version: state.version ?? '1.0.0',
  });
  return JSON.parse([...render('json', followUp(judged, previous, inventory))].join('')) as Results;
}

/** Uploads a sequence of runs, and tells the results of the last one. */
function sequence(github: CodeScanning, ...states: readonly State[]): Results {
  let results: Results | undefined;
  for (const state of states) {
    results = run(state, results);
    github.upload(results);
  }
  if (results === undefined) throw new Error('There is no state to run.');
  return results;
}

describe('alerts in code scanning', () => {
  test('a finding opens, is fixed, and comes back', () => {
    const github = new CodeScanning();
    sequence(github, {});
    expect(github.in('open')).toContain(finding);
    sequence(github, {}, { validates: true });
    expect(github.in('fixed')).toContain(finding);
    sequence(github, {}, { validates: true }, {});
    expect(github.in('open')).toContain(finding);
  });

  test('an account that cannot be read keeps its findings open, and is a finding itself', () => {
    const github = new CodeScanning();
    sequence(github, {}, { unreadable: [MEMBER] }, { unreadable: [MEMBER] });
    expect(github.in('open')).toEqual(expect.arrayContaining([finding, notReadable(MEMBER)]));
    expect(github.in('fixed')).toEqual([]);
    sequence(github, {}, { unreadable: [MEMBER] }, { unreadable: [MEMBER] }, { validates: true });
    expect(github.in('fixed')).toEqual([notReadable(MEMBER), finding]);
  });

  test('a carried finding keeps identity, place and when it was last seen; its message says so once', () => {
    const first = run({});
    const third = run({ unreadable: [MEMBER] }, run({ unreadable: [MEMBER] }, first));
    const of = (it: Results) =>
      it.evaluations.find((e) => e.policyId === 'trail-validates-log-files' && e.target.accountId === MEMBER);
    expect(of(third)).toMatchObject({
      outcome: 'NON_COMPLIANT',
      fingerprint: of(first)?.fingerprint,
      target: of(first)?.target,
      carriedForward: { lastSeen: first.run.capturedAt },
    });
    expect(of(third)?.message.match(/Not evaluated again/g)).toHaveLength(1);
    const held = new Set([...third.gaps, ...third.evidence].map(({ id }) => id));
    const named = third.evaluations.flatMap((it) => it.gaps.concat(it.evidence));
    expect(named.filter((id) => !held.has(id))).toEqual([]);
  });

  test.each<[string, State, string]>([
    ['leaves the organization', { gone: true }, `account ${MEMBER} has left the organization`],
    [
      'is suspended',
      { member: { state: 'SUSPENDED', outOfScope: 'its state is SUSPENDED' } },
      `account ${MEMBER} is out of scope: its state is SUSPENDED`,
    ],
    ['has deleted the trail', { deletedTrail: true }, 'its target no longer exists'],
  ])('an account that %s closes its findings, with the reason', (_, state, reason) => {
    const github = new CodeScanning();
    const { previous } = sequence(github, {}, state);
    expect(github.in('fixed')).toContain(finding);
    expect(previous?.closed).toContainEqual(
      expect.objectContaining({ policyId: 'trail-validates-log-files', accountId: MEMBER, reason }),
    );
  });

  test('a policy that is not evaluated any more closes its findings, with the reason', () => {
    const earlier = run({});
    const renamed = {
      ...earlier,
      policies: [...earlier.policies, aPolicy({ id: 'of-last-year' })],
      evaluations: earlier.evaluations.map((it) =>
        it.policyId === 'trail-validates-log-files' ? Object.assign(it, { policyId: 'of-last-year' }) : it,
      ),
    };
    expect(run({}, renamed).previous?.closed).toContainEqual(
      expect.objectContaining({ policyId: 'of-last-year', reason: 'policy of-last-year is no longer evaluated' }),
    );
  });

  test.each<[string, State]>([
    ['the policies come in another order', { reversed: true }],
    ['an account has another name', { member: { name: 'renamed' } }],
    ['the tool is another version', { version: '2.0.0' }],
    ['a run is as the last one', {}],
  ])('nothing opens or closes when %s', (_, state) => {
    const github = new CodeScanning();
    const first = run({});
    github.upload(first);
    const before = github.changes;
    expect(github.upload(run(state, first))).toBe(true);
    expect(github.changes).toBe(before);
  });

  test('more than a fifth of the accounts, as of a missing shard: nothing is uploaded', () => {
    const github = new CodeScanning();
    const results = sequence(github, {}, { unreadable: [MEMBER, '333333333333'] });
    expect(results.previous).toMatchObject({
      sarifUploadable: false,
      reason: '2 of 6 accounts could not be read, more than a fifth',
    });
    expect(github.in('open')).toContain(finding);
    expect(github.in('open')).not.toContain(notReadable(MEMBER));
  });

  test('nothing readable at all: nothing is uploaded, and nothing closes', () => {
    const github = new CodeScanning();
    const results = sequence(github, {}, { unreadable: [MANAGEMENT, MEMBER, ...others] });
    expect(results.previous?.sarifUploadable).toBe(false);
    expect(github.in('fixed')).toEqual([]);
  });

  test('a list of accounts that broke off closes nothing and is not uploaded', () => {
    const broken = {
      organization: anOrganization({ accountsGap: 'list' }),
      gaps: [aGap({ id: 'list', call: 'organizations:ListAccounts', accountId: MANAGEMENT })],
    };
    const { previous, evaluations } = run({ gone: true, more: broken }, run({}));
    expect(previous).toMatchObject({ sarifUploadable: false, closed: [] });
    expect(evaluations.filter((it) => it.carriedForward !== undefined).length).toBeGreaterThan(0);
  });

  test('a bucket whose owner is not found any more keeps its finding, at its place', () => {
    const unversioned = { versioning: known({ status: 'Suspended', mfaDelete: false }) };
    const lost = { owner: unknown('g'), gaps: [] };
    const github = new CodeScanning();
    const { evaluations } = sequence(
      github,
      { more: { buckets: [aBucket(unversioned)] } },
      {
        more: {
          buckets: [aBucket({ owner: lost.owner })],
          gaps: [aGap({ id: 'g', call: 's3:HeadBucket', accountId: 'unknown', resource: 'trail-logs' })],
        },
      },
    );
    const about = evaluations.filter((it) => it.policyId === 'log-bucket-is-versioned');
    expect(about).toMatchObject([{ outcome: 'NON_COMPLIANT', target: { accountId: MANAGEMENT }, carriedForward: {} }]);
    expect(github.in('fixed').filter((it) => it.startsWith('log-bucket-is-versioned'))).toEqual([]);
  });

  test('a first run with an unreadable account may be uploaded, and only if it is known to be the first', () => {
    const inventory = inventoryOf({ unreadable: [MEMBER] });
    const judged = evaluate(inventory, policies, { startedAt: NOW, finishedAt: NOW, version: '1.0.0' });
    expect(uploadable(judged)).toMatchObject({ sarifUploadable: false });
    expect(followUp(judged, undefined, inventory).previous).toMatchObject({ sarifUploadable: true });
    const complete = evaluate(inventoryOf({}), policies, { startedAt: NOW, finishedAt: NOW, version: '1.0.0' });
    expect(uploadable(complete)).toEqual({ sarifUploadable: true, reason: 'everything was evaluated' });
    expect(uploadable({ ...complete, run: { ...complete.run, interrupted: true } }).sarifUploadable).toBe(false);
  });
});

describe('earlier results are refused', () => {
  const earlier = run({});
  test.each<[string, Results, string]>([
    [
      'of another organization',
      { ...earlier, organization: { id: 'o-other', managementAccountId: MANAGEMENT } },
      `of o-other, and this run has those of ${ORGANIZATION}`,
    ],
    [
      'of a later run',
      { ...earlier, run: { ...earlier.run, capturedAt: '2027-01-01T00:00:00.000Z' } },
      'after this run',
    ],
  ])('%s', (_, previous, message) => {
    expect(() => run({}, previous)).toThrow(message);
  });
});
