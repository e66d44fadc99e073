import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mergeShards } from '../../src/storage/index.js';
import { evaluate, followUp, withWaivers } from '../../src/evaluate/index.js';
import { loadPolicies, loadWaivers, type CompiledPolicy } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { render } from '../../src/report/index.js';
import { readShards } from '../shards/read-shards.js';
import { CodeScanning } from '../support/code-scanning.js';
import { anAccount as aWorldAccount } from '../support/fake-aws/index.js';
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
import { anOrganizationWithATrail, anOwnTrail, dev, joined, prod } from '../support/worlds.js';

const { policies: core } = loadPolicies({ packs: ['core'] });
const hour = 3_600_000;
/** Shortly before midnight, when days end that waivers count. */
const firstRun = Date.parse(NOW) - hour / 12;
const firstDay = new Date(firstRun).toISOString().slice(0, 10);

interface Step {
  readonly inventory: Inventory;
  readonly policies?: readonly CompiledPolicy[];
  /** The text of a file of waivers. */
  readonly waivers?: string;
  readonly version?: string;
  /** Hours after the first run; so many minutes as there were runs, if it does not say. */
  readonly after?: number;
}

/** One run after the other as `scan --previous` makes them, each report uploaded where it may be. */
function sequence(
  github: CodeScanning,
  ...steps: readonly Step[]
): readonly (Results & { readonly wasUploaded: boolean })[] {
  const all: (Results & { readonly wasUploaded: boolean })[] = [];
  for (const [index, { policies = core, version = '1.0.0', ...step }] of steps.entries()) {
    const capturedAt = new Date(firstRun + (step.after ?? index / 60) * hour).toISOString();
    const inventory = { ...step.inventory, capturedAt };
    const times = { startedAt: capturedAt, finishedAt: capturedAt, version };
    const followed = followUp(evaluate(inventory, policies, times), all.at(-1), inventory);
    const results = step.waivers === undefined ? followed : waived(followed, step.waivers, policies, inventory);
    // The next run reads it from its file.
    const read = JSON.parse([...render('json', results)].join('')) as Results;
    all.push({ ...read, wasUploaded: github.upload(read) });
  }
  return all;
}

function waived(results: Results, text: string, policies: readonly CompiledPolicy[], inventory: Inventory): Results {
  const loaded = loadWaivers({ files: ['waivers.yaml'], policies, readFile: () => ({ text }) });
  expect(loaded.diagnostics).toEqual([]);
  const marked = withWaivers(results, loaded.waivers, inventory);
  expect(marked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return marked.results;
}

/** A member whose own trail does not validate its log files. */
const failing = anInventory({
  accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER })],
  trails: [aTrail(), aTrail({ name: 'own', accountId: MEMBER, description: { logFileValidationEnabled: false } })],
});
const finding = `trail-validates-log-files aws/${MEMBER}/eu-central-1/cloudtrail/trail/own`;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'trailproof-alerts-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('a waiver', () => {
  /** For the rest of the day of the first run. */
  const waivers = [
    'version: 1',
    'waivers:',
    '  - id: W-2026-001',
    '    policy: trail-validates-log-files',
    `    accounts: ['${MEMBER}']`,
    '    reason: The trail is replaced this week.',
    '    owner: platform',
    '    approvedBy: security',
    `    created: '${firstDay}'`,
    `    expires: '${firstDay}'`,
  ].join('\n');

  test('that is added closes the alert, and its expiry opens it again', () => {
    const github = new CodeScanning();
    sequence(github, { inventory: failing });
    expect(github.in('open')).toContain(finding);
    const before = github.in('open').length;
    const [, accepted, expired] = sequence(
      github,
      { inventory: failing },
      { inventory: failing, waivers },
      { inventory: failing, waivers, after: 1 / 4 },
    );
    expect(accepted?.waivers).toMatchObject([{ id: 'W-2026-001', state: 'used' }]);
    expect(expired?.waivers).toMatchObject([{ id: 'W-2026-001', state: 'expired' }]);
    expect(github.in('open')).toContain(finding);
    expect(github.in('open')).toHaveLength(before);
    // Closed once, opened once more.
    expect(github.changes).toBe(before + 2);
  });

  test('closes no alert but its own, and is no closing without a reason', () => {
    const github = new CodeScanning();
    const [, accepted] = sequence(github, { inventory: failing }, { inventory: failing, waivers });
    expect(github.in('fixed')).toEqual([finding]);
    expect(accepted?.previous).toMatchObject({ closed: [] });
    const waiver = accepted?.evaluations.find((it) => it.waiver !== undefined)?.waiver;
    expect(waiver).toMatchObject({ id: 'W-2026-001', reason: 'The trail is replaced this week.' });
  });
});

describe('a waiver that expires while its account cannot be read', () => {
  const waivers = [
    'version: 1',
    'waivers:',
    '  - id: W-2026-002',
    '    policy: trail-validates-log-files',
    `    accounts: ['${MEMBER}']`,
    '    reason: The trail is replaced this week.',
    '    owner: platform',
    '    approvedBy: security',
    `    created: '${firstDay}'`,
    `    expires: '${firstDay}'`,
  ].join('\n');
  const others = ['333333333333', '444444444444', '555555555555', '666666666666'].map((id) => anAccount({ id }));
  const readable = { ...failing, accounts: [...failing.accounts, ...others] };
  const unreadable = {
    ...readable,
    accounts: readable.accounts.map((it) =>
      it.id === MEMBER ? { ...it, ownTrails: unknown('no'), regions: unknown('no'), observedTrails: [] } : it,
    ),
    trails: readable.trails.filter((it) => it.accountId !== MEMBER),
    gaps: [aGap({ id: 'no', call: 'sts:AssumeRole', accountId: MEMBER })],
  };

  test('gives the finding back, and while it holds, accepts it', () => {
    const github = new CodeScanning();
    const [, hidden, back] = sequence(
      github,
      { inventory: readable, waivers },
      { inventory: unreadable, waivers },
      { inventory: unreadable, waivers, after: 1 / 4 },
    );
    const of = (results: Results | undefined) =>
      results?.evaluations.find((it) => it.policyId === 'trail-validates-log-files' && it.target.accountId === MEMBER);
    expect(of(hidden)).toMatchObject({ waiver: { id: 'W-2026-002' }, carriedForward: {} });
    expect(of(back)).toMatchObject({ outcome: 'NON_COMPLIANT', carriedForward: {} });
    expect(of(back)?.waiver).toBeUndefined();
    expect(github.in('open')).toContain(finding);
  });
});

describe('nothing opens or closes when', () => {
  const own = [
    'version: 1',
    'id: trail-has-a-good-name',
    'title: The trail has a good name',
    'description: Names are short.',
    'rationale: Short names are read.',
    'severity: low',
    'target: trail',
    'remediation: { text: Rename it. }',
    'assert:',
    '  - id: short',
    "    expr: trail.name != 'own'",
    '    message: The trail ${trail.name} has another name.',
  ].join('\n');
  const named = `trail-has-a-good-name aws/${MEMBER}/eu-central-1/cloudtrail/trail/own`;

  const inFolder = (path: string, text: string): readonly CompiledPolicy[] => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'policy.yaml'), text);
    return load(path);
  };
  const load = (path: string): readonly CompiledPolicy[] => {
    const { policies, diagnostics } = loadPolicies({ packs: ['core'], folders: [path] });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return policies;
  };

  /** What becomes of the alerts when one run follows on another. */
  function churn(before: Step, after: Step) {
    const github = new CodeScanning();
    sequence(github, before);
    const opened = github.changes;
    const isOpen = github.in('open').includes(named);
    const [, second] = sequence(github, before, after);
    return {
      isOpen,
      wasUploaded: second?.wasUploaded,
      closed: second?.previous?.closed,
      changes: github.changes - opened,
    };
  }
  const none = { isOpen: true, wasUploaded: true, closed: [], changes: 0 };

  test("the file of one's own policy is in another place", () => {
    const root = folder();
    const before = inFolder(join(root, 'policies', 'trail-has-a-good-name'), own);
    renameSync(join(root, 'policies'), join(root, 'rules'));
    cpSync(join(root, 'rules', 'trail-has-a-good-name'), join(root, 'moved', 'trail-has-a-good-name'), {
      recursive: true,
    });
    const after = load(join(root, 'moved'));
    const sources = [before, after].map((all) => all.find(({ id }) => id === 'trail-has-a-good-name')?.file);
    expect(sources[0]).not.toEqual(sources[1]);
    expect(churn({ inventory: failing, policies: before }, { inventory: failing, policies: after })).toEqual(none);
  });

  test('the policy stands on another line, and in another order among the others', () => {
    const root = folder();
    const before = inFolder(join(root, 'a'), own);
    const after = inFolder(join(root, 'a'), `# One\n# Two\n${own}\n`).toReversed();
    expect(churn({ inventory: failing, policies: before }, { inventory: failing, policies: after })).toEqual(none);
  });

  test('an account is renamed', () => {
    const policies = inFolder(join(folder(), 'a'), own);
    const renamed = { ...failing, accounts: failing.accounts.map(withOtherName) };
    expect(churn({ inventory: failing, policies }, { inventory: renamed, policies })).toEqual(none);
  });

  test('the tool is upgraded', () => {
    const policies = inFolder(join(folder(), 'a'), own);
    expect(churn({ inventory: failing, policies }, { inventory: failing, policies, version: '2.0.0-rc.1' })).toEqual(
      none,
    );
  });

  test('severity, title and message of the policy change', () => {
    const root = folder();
    const before = inFolder(join(root, 'a'), own);
    const other = own
      .replace('severity: low', 'severity: high')
      .replace('title: The trail has a good name', 'title: Trails are well named')
      .replace('has another name.', 'is named otherwise.');
    const after = inFolder(join(root, 'a'), other);
    expect(churn({ inventory: failing, policies: before }, { inventory: failing, policies: after })).toEqual(none);
  });
});

function withOtherName(account: Inventory['accounts'][number]): Inventory['accounts'][number] {
  return { ...account, name: `${account.name} (renamed)` };
}

describe('a shard that is missing, after a complete run', () => {
  const members = Array.from({ length: 20 }, (_, index) => aWorldAccount({ id: String(100_000_000_000 + index) }));
  const world = joined(
    anOrganizationWithATrail(),
    { accounts: members },
    anOwnTrail(prod, { LogFileValidationEnabled: false }),
    anOwnTrail(dev, { LogFileValidationEnabled: false }),
  );
  const alertsOf = (github: CodeScanning, account: string) =>
    github.in('open').filter((it) => it.includes(`aws/${account}/`) && !it.startsWith('account-is-readable'));
  const merge = (shards: readonly Inventory[]): Inventory =>
    mergeShards(
      shards.map((inventory, index) => ({ file: `shard-${index + 1}.json`, inventory })),
      true,
    );
  const without = (shards: readonly Inventory[], account: string): readonly Inventory[] =>
    shards.filter((it) => it.accounts.some(({ id, elsewhere }) => id === account && elsewhere !== undefined));

  test('that holds a tenth of the accounts: its alerts stay open, and each of its accounts is one', async () => {
    const { shards } = await readShards(world, 10);
    const rest = without(shards, prod);
    expect(rest).toHaveLength(9);
    const github = new CodeScanning();
    sequence(github, { inventory: merge(shards) });
    const before = alertsOf(github, prod);
    expect(before.length).toBeGreaterThan(0);
    const [, partial, whole] = sequence(
      github,
      { inventory: merge(shards) },
      { inventory: merge(rest) },
      { inventory: merge(shards) },
    );
    expect(partial?.wasUploaded).toBe(true);
    expect(partial?.previous?.closed).toEqual([]);
    expect(partial?.coverage.accounts.unreadable.map(({ id }) => id)).toContain(prod);
    expect(whole?.wasUploaded).toBe(true);
    expect(alertsOf(github, prod)).toEqual(before);
    expect(github.in('fixed').filter((it) => !it.startsWith('account-is-readable'))).toEqual([]);
  });

  test('that holds half of them: nothing is uploaded, so nothing closes', async () => {
    const { shards } = await readShards(world, 2);
    const github = new CodeScanning();
    const [, partial] = sequence(github, { inventory: merge(shards) }, { inventory: merge(without(shards, prod)) });
    expect(partial?.wasUploaded).toBe(false);
    expect(partial?.previous?.reason).toMatch(/accounts could not be read, more than a fifth/);
    expect(github.in('fixed')).toEqual([]);
    expect(alertsOf(github, prod).length).toBeGreaterThan(0);
  });
});
