import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { collectAgain, collectAndTell } from '../../src/collect/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { render } from '../../src/report/index.js';
import { loadEvidence, openEvidence } from '../../src/storage/index.js';
import { impatience, useFakeAws } from '../support/collect-from.js';
import type { FakeAwsOptions, World } from '../support/fake-aws/index.js';
import { anOrganizationWithAlarms } from '../support/alarm-worlds.js';
import { evaluateInventory } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, logArchive, prod } from '../support/worlds.js';

interface Kept {
  readonly folder: string;
  readonly inventory: Inventory;
  readonly results: Results;
}

const everything = { accounts: [], excludedAccounts: [], organizationalUnits: [] };

async function kept(world: World, options?: FakeAwsOptions, asked: { readonly deep?: boolean } = {}): Promise<Kept> {
  await useFakeAws(world, options);
  const folder = join(aFolder(), 'evidence');
  const writer = await openEvidence(folder);
  const { inventory, run } = await collectAndTell({ ...impatience, ...asked, scope: everything, recorder: writer });
  const results = evaluateInventory(inventory);
  await writer.finish(run, results, render('json', results));
  return { folder, inventory, results };
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function again(folder: string): Promise<Inventory> {
  const { run, replay } = await loadEvidence(folder);
  return await collectAgain(run, replay);
}

/** Gaps that no answer tells have the time of the run, and the first of many that share one is not always the same. */
function withoutTimes(inventory: Inventory): Inventory {
  return { ...inventory, gaps: inventory.gaps.map((it) => ({ ...it, at: '' })) };
}

const world = joined(anOrganizationWithATrail({ devAccount: { roles: [] } }), anOwnTrail(prod));

describe('the same state and the same verdicts follow from the answers', () => {
  test.each<readonly [string, World, FakeAwsOptions, { readonly deep?: boolean }]>([
    ['an organization with an account that cannot be entered', world, {}, {}],
    ['every account asked for its own event data stores', world, {}, { deep: true }],
    ['alarms and topics', anOrganizationWithAlarms(), {}, {}],
    ['refused calls', world, { faults: [{ match: { operation: 'GetBucket*' }, kind: 'denied' }] }, {}],
    [
      'throttling that heals',
      world,
      { faults: [{ match: { operation: 'GetTrailStatus' }, kind: 'throttled', times: 2 }] },
      {},
    ],
    [
      'an account of which all is refused',
      world,
      { faults: [{ match: { accountId: logArchive }, kind: 'denied' }] },
      {},
    ],
    [
      'answers that are broken',
      world,
      { faults: [{ match: { operation: 'DescribeTrails' }, kind: 'malformed-body' }] },
      {},
    ],
    ['answers that lack members', world, { faults: [{ match: { operation: 'GetKeyPolicy' }, kind: 'hollow' }] }, {}],
  ])('%s', async (_name, its, options, asked) => {
    const { folder, inventory, results } = await kept(its, options, asked);
    const replayed = await again(folder);
    expect(withoutTimes(replayed)).toEqual(withoutTimes(inventory));
    const derived = evaluateInventory(replayed);
    expect(derived.evaluations).toEqual(results.evaluations);
    expect(derived.evidence).toEqual(results.evidence);
    expect(derived.coverage).toEqual(results.coverage);
  });
});

test('every piece of evidence and every gap of a verdict is an answer in the folder, with its request id', async () => {
  const { folder, results } = await kept(world);
  const lines = readFileSync(join(folder, 'answers.jsonl'), 'utf8').trimEnd().split('\n');
  const answers = new Map(
    lines.map((line) => {
      const it = JSON.parse(line) as { readonly id: string; readonly requestId?: string; readonly at: string };
      return [it.id, it];
    }),
  );
  expect(results.evidence.length).toBeGreaterThan(10);
  for (const { id, requestId } of results.evidence) expect(answers.get(id)?.requestId).toBe(requestId);
  const refused = results.gaps.filter((it) => it.reason === 'access-denied');
  expect(refused.length).toBeGreaterThan(0);
  for (const { id } of refused) expect(answers.has(id)).toBe(true);
});

describe('one changed byte is told', () => {
  async function told(change: (folder: string) => void): Promise<string> {
    const { folder } = await kept(anOrganizationWithATrail());
    const copy = aFolder();
    cpSync(folder, copy, { recursive: true });
    change(copy);
    return await again(copy).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  test.each(['answers.jsonl', 'results.json', 'manifest.json', 'SHA256SUMS'])('in %s, wherever it is', async (name) => {
    const { folder } = await kept(anOrganizationWithATrail());
    const file = join(folder, name);
    const whole = readFileSync(file);
    for (const at of [0, 1, Math.floor(whole.length / 3), Math.floor(whole.length / 2), whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(file, changed);
      await expect(again(folder)).rejects.toThrow('is not as it was written');
    }
    writeFileSync(file, whole);
    expect((await again(folder)).trails).toHaveLength(1);
  });

  test.each<readonly [string, (folder: string) => void, string]>([
    ['a file that was added', (it) => writeFileSync(join(it, 'more.json'), '{}'), 'more.json was added'],
    ['a file that is gone', (it) => rmSync(join(it, 'answers.jsonl')), 'answers.jsonl is missing'],
    ['sums that are gone', (it) => rmSync(join(it, 'SHA256SUMS')), 'SHA256SUMS is missing'],
    ['a folder that was added', (it) => mkdirSync(join(it, 'more')), 'more is not a file'],
    ['a link to nowhere', (it) => symlinkSync('/nowhere', join(it, 'more')), 'more is not a file'],
    ['a link to the same bytes', linked, 'answers.jsonl is not a file'],
    ['an answer less, with sums to match', (it) => summed(it, (text) => text.replace(/[^\n]*\n/, '')), 'counts'],
    ['an answer that is none, with sums to match', (it) => summed(it, (text) => `${text}{no\n`), 'holds no answer'],
    [
      'answers in another order, with sums to match',
      (it) => summed(it, reversed),
      'is not the file that manifest.json was',
    ],
    ['a verdict less, with sums and manifest to match', oneLess, 'manifest.json and results.json count'],
    ['a line less', (it) => cut(join(it, 'answers.jsonl')), 'answers.jsonl was changed'],
  ])('%s', async (_name, change, message) => {
    expect(await told(change)).toContain(message);
  });

  function linked(folder: string): void {
    const [file, elsewhere] = [join(folder, 'answers.jsonl'), `${folder}-elsewhere`];
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
  }

  function summed(folder: string, change: (text: string) => string): void {
    const file = join(folder, 'answers.jsonl');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const names = ['answers.jsonl', 'manifest.json', 'results.json'];
    writeFileSync(join(folder, 'SHA256SUMS'), execFileSync('sha256sum', names, { cwd: folder }));
  }

  function reversed(text: string): string {
    return `${text.trimEnd().split('\n').toReversed().join('\n')}\n`;
  }

  function oneLess(folder: string): void {
    const [file, manifest] = [join(folder, 'results.json'), join(folder, 'manifest.json')];
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
    writeFileSync(file, JSON.stringify({ ...results, evaluations: results.evaluations.slice(1) }));
    const { digests: _digests, ...rest } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    writeFileSync(manifest, JSON.stringify(rest));
    summed(folder, (text) => text);
  }

  function cut(file: string): void {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n[^\n]*\n$/, '\n'));
  }
});

test('sha256sum finds the folder whole', async () => {
  const { folder } = await kept(anOrganizationWithATrail());
  const said = execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
  expect(said).toBe('answers.jsonl: OK\nmanifest.json: OK\nresults.json: OK\n');
  expect(readdirSync(folder).toSorted()).toEqual(['SHA256SUMS', 'answers.jsonl', 'manifest.json', 'results.json']);
});

test('credentials, contacts and what sets the caller apart are not kept', async () => {
  const { folder } = await kept(anOrganizationWithAlarms());
  const text = readFileSync(join(folder, 'answers.jsonl'), 'utf8');
  const assumed = text.split('\n').filter((it) => it.includes('"call":"sts:AssumeRole"'));
  expect(assumed.length).toBeGreaterThan(0);
  for (const line of assumed) {
    expect(line).toContain('"SecretAccessKey":"REDACTED"');
    expect(line).not.toMatch(/"(?:ExternalId|RoleSessionName|Policy)"/);
  }
  expect(text).not.toContain('/trailproof-');
  expect(text).not.toMatch(/@(?:example|acme)\.(?:com|org)/);
  const { redacted } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly redacted: string[];
  };
  expect(redacted.join(' ')).toContain('credentials and names of the sessions');
});

test('only the owner may read it, and it is never overwritten', async () => {
  const { folder } = await kept(anOrganizationWithATrail());
  await expect(openEvidence(folder)).rejects.toThrow('is not empty');
  expect(dev).toMatch(/^\d{12}$/);
});
