import { describe, expect, test } from 'vitest';
import { findEarlier, type Earlier } from '../../src/action/earlier/find-earlier.js';
import { gitHub } from '../../src/action/github/github.js';
import { uploadOf, type Upload } from '../../src/action/upload.js';
import { continuedScan, evaluate, followUp, scanOf } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { categoryOf, render } from '../../src/report/index.js';
import { CodeScanning } from '../support/code-scanning.js';
import {
  aGap,
  anAccount,
  anInventory,
  aTrail,
  MANAGEMENT,
  MEMBER,
  NOW,
  unknown,
} from '../support/inventory-builders.js';
import { startFakeGitHub, token, type FakeAnswer, type FakeGitHub, type FakeRun } from './fake-github.js';

interface ScanOf {
  readonly packs?: readonly string[];
  readonly named?: string;
  /** Accounts that it is of; all where it names none. */
  readonly accounts?: readonly string[];
  readonly job?: string;
  readonly artifact?: string;
}

interface Made {
  readonly results: Results;
  readonly upload: Upload;
  readonly earlier: Earlier | undefined;
  readonly category: string;
}

const others = ['333333333333', '444444444444', '555555555555', '666666666666'];
/** Of a pack, what the inventory below decides: it has neither alarms nor event rules. */
const decidable = new Set(loadPolicies({ packs: ['core'] }).policies.map(({ id }) => id));
const loaded = new Map<string, ReturnType<typeof loadPolicies>['policies']>();

function policiesOf(packs: readonly string[]): ReturnType<typeof loadPolicies>['policies'] {
  const key = packs.join();
  const policies = loaded.get(key) ?? loadPolicies({ packs }).policies.filter(({ id }) => decidable.has(id));
  loaded.set(key, policies);
  return policies;
}

/** The member's trail does not validate its log files; the accounts of `unreadable` cannot be entered. */
function organization(unreadable: readonly string[], validates: boolean): Inventory {
  const account = (id: string) =>
    unreadable.includes(id)
      ? anAccount({ id, ownTrails: unknown(`no-${id}`), regions: unknown(`no-${id}`), observedTrails: [] })
      : anAccount({ id });
  const own = aTrail({ name: 'own', accountId: MEMBER, description: { logFileValidationEnabled: validates } });
  return anInventory({
    accounts: [MANAGEMENT, MEMBER, ...others].map(account),
    trails: [aTrail(), ...(unreadable.includes(MEMBER) ? [] : [own])],
    gaps: unreadable.map((id) => aGap({ id: `no-${id}`, call: 'sts:AssumeRole', accountId: id })),
  });
}

/** A repository whose workflow scans, uploads where it may, and keeps the reports; each run an hour after the last. */
class Repository {
  readonly alerts = new Map<string, CodeScanning>();
  private hour = 0;

  private constructor(readonly github: FakeGitHub) {}

  static async empty(): Promise<Repository> {
    return new Repository(await startFakeGitHub());
  }

  async run(
    scan: ScanOf = {},
    state: { readonly unreadable?: readonly string[]; readonly validates?: boolean } = {},
    kept: {
      readonly previous?: 'none';
      readonly run?: FakeRun;
      readonly keeps?: boolean;
      readonly uploads?: boolean;
    } = {},
  ): Promise<Made> {
    const { packs = ['baseline'], named, accounts = [], job = 'scan', artifact = 'cloudtrail-compliance' } = scan;
    this.hour += 1;
    const capturedAt = this.time(0);
    const inventory = { ...organization(state.unreadable ?? [], state.validates ?? false), capturedAt };
    const scope = { accounts, excludedAccounts: [], organizationalUnits: [] };
    const identity = scanOf({ named, packs, scope });
    const times = { startedAt: capturedAt, finishedAt: capturedAt, version: '1.0.0', scan: identity };
    const judged = evaluate(scopedTo(accounts, inventory), policiesOf(packs), times);
    const category = categoryOf(judged);
    const earlier = kept.previous === 'none' ? undefined : await this.find(judged, category, job, artifact);
    const results = this.followed(judged, earlier, kept.previous === 'none', inventory);
    const upload = uploadOf(results, { hasSarif: true, isWanted: true, hasFailed: false }, earlier);
    if (upload.is === 'allowed' && kept.uploads !== false) this.upload(results, category, job);
    if (kept.keeps !== false) this.keep(results, artifact, kept.run);
    return { results, upload, earlier, category };
  }

  open(category: string): readonly string[] {
    return this.alerts.get(category)?.in('open') ?? [];
  }

  fixed(): readonly string[] {
    return [...this.alerts.values()].flatMap((it) => it.in('fixed'));
  }

  keep(results: Results, name: string, run?: FakeRun): void {
    const textOf = (format: 'json' | 'sarif') => [...render(format, results)].join('');
    this.github.artifacts.push({
      name,
      created_at: this.time(30),
      files: { 'results.json': textOf('json'), 'results.sarif': textOf('sarif') },
      run: { started_at: this.time(0), ...run },
    });
  }

  private async find(results: Results, category: string, job: string, artifact: string): Promise<Earlier> {
    const client = gitHub({
      apiUrl: this.github.environment['GITHUB_API_URL'] ?? '',
      repository: 'acme/cloud',
      token,
      signal: new AbortController().signal,
      environment: {},
    });
    const run = {
      workflow: '.github/workflows/scan.yml',
      job,
      event: 'schedule',
      repository: 'acme/cloud',
      branch: 'main',
      sha: 'a'.repeat(40),
      id: 999,
      attempt: 1,
    };
    return await findEarlier(client, { ref: 'refs/heads/main', artifact, run }, { results, category });
  }

  private followed(judged: Results, earlier: Earlier | undefined, isFirst: boolean, inventory: Inventory): Results {
    const previous = earlier?.is === 'found' ? earlier.results : undefined;
    if (!isFirst && previous === undefined && earlier?.is !== 'first') return judged;
    const followed = followUp(judged, previous, inventory);
    const { scan } = followed.run;
    if (scan === undefined || previous === undefined) return followed;
    return { ...followed, run: { ...followed.run, scan: continuedScan(scan, previous) } };
  }

  private upload(results: Results, category: string, job: string): void {
    const alerts = this.alerts.get(category) ?? new CodeScanning();
    this.alerts.set(category, alerts);
    alerts.take(results);
    const log = JSON.parse([...render('sarif', results)].join('')) as { runs: [{ results: unknown[] }] };
    this.github.analyses.push({
      category: category.replace(/\/$/, ''),
      created_at: this.time(10),
      results_count: log.runs[0].results.length,
      analysis_key: `.github/workflows/scan.yml:${job}`,
    });
  }

  private time(second: number): string {
    return new Date(Date.parse(NOW) + this.hour * 3_600_000 + second * 1_000).toISOString();
  }
}

/** What a scan with --account reads. */
function scopedTo(accounts: readonly string[], inventory: Inventory): Inventory {
  if (accounts.length === 0) return inventory;
  const isIn = (id: string): boolean => accounts.includes(id);
  return {
    ...inventory,
    scope: { ...inventory.scope, accounts },
    accounts: inventory.accounts.map((it) => (isIn(it.id) ? it : { ...it, outOfScope: 'not named by --account' })),
    trails: inventory.trails.filter((it) => it.accountId === MANAGEMENT || isIn(it.accountId)),
  };
}

const finding = `trail-validates-log-files aws/${MEMBER}/eu-central-1/cloudtrail/trail/own`;
const broken = { unreadable: [MEMBER] };

describe('two scans of one organization in one repository', { timeout: 120_000 }, () => {
  test('never touch the alerts of each other, over more than twenty runs', async () => {
    const repository = await Repository.empty();
    const part = { accounts: [MANAGEMENT, MEMBER, '333333333333', '444444444444', '555555555555'], job: 'part' };
    const categories = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const state = round % 4 === 2 ? broken : {};
      for (const scan of [{ packs: round % 2 === 0 ? ['baseline', 'core'] : ['core', 'baseline'] }, part]) {
        const made = await repository.run(scan, state);
        expect(made.upload).toEqual({ is: 'allowed' });
        expect(made.earlier?.is).toBe(round === 0 ? 'first' : 'found');
        expect(repository.open(made.category)).toContain(finding);
        categories.add(made.category);
      }
    }
    expect(categories.size).toBe(2);
    // Of two packs' values the later one's is in force: this policy asks for something else in the other order.
    const depending = /^(account-is-readable|management-events-are-recorded-once) /;
    expect(repository.fixed().filter((it) => !depending.test(it))).toEqual([]);
  });

  test('under one id are refused, the one that comes second, with what to write', async () => {
    const repository = await Repository.empty();
    const scans = [
      { named: 'one', packs: ['baseline'], job: 'first', artifact: 'first' },
      { named: 'one', packs: ['core'], job: 'second', artifact: 'second' },
    ];
    const made: Made[] = [];
    for (let round = 0; round < 3; round += 1) for (const scan of scans) made.push(await repository.run(scan));
    const refused = made.filter((it) => it.upload.is === 'refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.upload).toMatchObject({
      reason: expect.stringContaining('uploads under the id of this scan, too'),
      recovery: expect.stringContaining('a scan-id of its own'),
    });
  });
});

describe('another choice of packs', { timeout: 120_000 }, () => {
  test('goes on with the alerts of a scan that has a name', async () => {
    const repository = await Repository.empty();
    const first = await repository.run({ named: 'daily' });
    const second = await repository.run({ named: 'daily', packs: ['core', 'baseline'] }, broken);
    expect(second.category).toBe(first.category);
    expect(second.earlier?.is).toBe('found');
    expect(repository.open(first.category)).toContain(finding);
  });

  test('is a scan of its own without a name, and says how to go on with the other', async () => {
    const repository = await Repository.empty();
    await repository.run();
    const second = await repository.run({ packs: ['core'] });
    expect(second.earlier).toEqual({ is: 'first', beside: expect.stringMatching(/^trailproof\/baseline\//) });
    expect(repository.fixed()).toEqual([]);
  });
});

describe('a loss', { timeout: 120_000 }, () => {
  test.each<[string, (github: FakeGitHub) => void]>([
    ['is deleted', (github) => github.artifacts.splice(0)],
    ['has expired', (github) => (github.artifacts = github.artifacts.map((it) => ({ ...it, expired: true })))],
    ['is damaged', (github) => (github.artifacts = github.artifacts.map((it) => ({ ...it, zip: Buffer.from('x') })))],
  ])('what was kept %s: a complete run goes on, an incomplete one once it is told to', async (_, lose) => {
    const repository = await Repository.empty();
    const { category } = await repository.run();
    lose(repository.github);
    const incomplete = await repository.run({}, broken);
    expect(incomplete.upload).toMatchObject({
      is: 'refused',
      recovery: expect.stringContaining('run it once with previous: none'),
    });
    expect(repository.open(category)).toContain(finding);
    const complete = await repository.run();
    expect(complete).toMatchObject({ upload: { is: 'allowed' }, earlier: { is: 'lost' } });
    const later = await repository.run({}, broken);
    expect(later).toMatchObject({ upload: { is: 'allowed' }, earlier: { is: 'found' } });
    expect(repository.open(category)).toContain(finding);
  });

  test('while an account stays unreadable is mended by one run with previous: none', async () => {
    const repository = await Repository.empty();
    await repository.run();
    repository.github.artifacts.splice(0);
    for (let index = 0; index < 3; index += 1) expect((await repository.run({}, broken)).upload.is).toBe('refused');
    expect((await repository.run({}, broken, { previous: 'none' })).upload.is).toBe('allowed');
    expect(await repository.run({}, broken)).toMatchObject({ upload: { is: 'allowed' }, earlier: { is: 'found' } });
  });
});

describe('a job that is cancelled', { timeout: 120_000 }, () => {
  test('after it uploaded, before it kept anything: an incomplete run does not close what was uploaded', async () => {
    const repository = await Repository.empty();
    await repository.run({}, { validates: true });
    const cancelled = await repository.run({}, {}, { keeps: false });
    expect(repository.open(cancelled.category)).toContain(finding);
    const next = await repository.run({}, broken);
    expect(next).toMatchObject({ earlier: { is: 'lost' }, upload: { is: 'refused' } });
    expect(repository.open(cancelled.category)).toContain(finding);
    // What a complete run finds is true whatever was lost, and from there it goes on.
    expect((await repository.run()).upload.is).toBe('allowed');
    expect(await repository.run({}, broken)).toMatchObject({ earlier: { is: 'found' }, upload: { is: 'allowed' } });
    expect(repository.open(cancelled.category)).toContain(finding);
  });

  test('before it uploaded, after it kept its reports: alerts that are open stay so', async () => {
    const repository = await Repository.empty();
    const { category } = await repository.run();
    await repository.run({}, {}, { uploads: false });
    const next = await repository.run({}, broken);
    expect(next.earlier?.is).toBe('found');
    expect(repository.open(category)).toContain(finding);
    expect(repository.fixed()).toEqual([]);
  });

  test('before it uploaded what was new: the next incomplete run loses nothing that a later one does not find', async () => {
    const repository = await Repository.empty();
    const { category } = await repository.run({}, { validates: true });
    await repository.run({}, {}, { uploads: false });
    await repository.run({}, broken);
    await repository.run();
    expect(repository.open(category)).toContain(finding);
    expect((await repository.run({}, broken)).upload.is).toBe('allowed');
    expect(repository.open(category)).toContain(finding);
  });
});

describe('what others kept does not count', { timeout: 120_000 }, () => {
  /** All is well, it says: with it, the alert of an account that cannot be read would close. */
  async function afterAForgery(run: FakeRun, change?: (repository: Repository) => void): Promise<Made> {
    const repository = await Repository.empty();
    await repository.run();
    const forger = await Repository.empty();
    const { results } = await forger.run({}, { validates: true });
    repository.keep(results, 'cloudtrail-compliance', run);
    change?.(repository);
    const made = await repository.run({}, broken);
    expect(repository.open(made.category)).toContain(finding);
    return made;
  }

  test.each<[string, FakeRun]>([
    ['another workflow', { workflow: '.github/workflows/evil.yml', event: 'push' }],
    ['a pull request', { event: 'pull_request' }],
    ['a pull request with the rights of the repository', { event: 'pull_request_target' }],
    ['a fork', { repository: 'evil/cloud' }],
    ['a tag that is called as the branch', { event: 'push', sha: 'e'.repeat(40) }],
  ])('a run of %s', async (_, run) => {
    const made = await afterAForgery(run, ({ github }) => github.strange.push('e'.repeat(40)));
    expect(made.earlier).toMatchObject({ is: 'found', runId: 1000 });
  });

  test('nor one of a commit that cannot be compared, where a tag is called as the branch', async () => {
    const made = await afterAForgery({ event: 'push', sha: 'e'.repeat(40) }, ({ github }) => {
      github.tags.push('main');
      github.instead.push({ path: '/compare/', answer: { status: 404, body: '{"message":"Not Found"}' } });
    });
    expect(made.earlier).toMatchObject({ is: 'found', runId: 1000 });
  });

  test('nor what does not have as many alerts as were stored, or an evaluation twice', async () => {
    const repository = await Repository.empty();
    const first = await repository.run();
    repository.github.artifacts.splice(0);
    const { evaluations } = first.results;
    const fewer = { ...first.results, evaluations: evaluations.filter((it) => it.target.accountId !== MEMBER) };
    repository.keep(fewer, 'cloudtrail-compliance');
    expect((await repository.run({}, broken, { keeps: false })).earlier).toMatchObject({
      reason: expect.stringMatching(/they have \d+ alerts, and code scanning stored \d+/),
    });
  });
});

test.each([
  [403, 'Code Security must be enabled for this repository to use code scanning.'],
  [403, 'Advanced Security must be enabled for this repository to use code scanning.'],
  [404, 'Code scanning is not enabled for this repository.'],
])('a repository without code scanning gets no alarm: %i %s', async (status, message) => {
  const repository = await Repository.empty();
  const answer: FakeAnswer = { status, body: JSON.stringify({ message }) };
  repository.github.instead.push({ path: 'code-scanning', answer });
  const made = await repository.run({}, broken);
  expect(made).toMatchObject({ earlier: { is: 'off' }, upload: { is: 'none' } });
});
