import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { History } from '../../src/model/history.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { unknown } from '../../src/model/known.js';
import { itemsOf } from '../support/config-items.js';
import { snapshotText } from '../support/delivery-files.js';
import { anAccount, anInventory, aTrail, MANAGEMENT, MEMBER } from '../support/inventory-builders.js';
import { evaluateInventory } from '../support/scan-world.js';
import { aFolder, runCli } from './run-cli.js';

const policyId = 'trail-validates-log-files';
const at = (day: string): string => `2026-${day}T06:00:00.000Z`;

/** The results of a daily run, in which the trail validates its log files or not. */
function aRun(day: string, validates: boolean, parts: Partial<Inventory> = {}): Results {
  const trails = [aTrail({ description: { logFileValidationEnabled: validates } })];
  return evaluateInventory(anInventory({ capturedAt: at(day), trails, ...parts }), [policyId]);
}

/** The member's account could not be read. */
const incomplete: Partial<Inventory> = {
  accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, ownTrails: unknown('denied') })],
  gaps: [
    {
      id: 'denied',
      call: 'sts:AssumeRole',
      accountId: MEMBER,
      region: 'global',
      reason: 'access-denied',
      message: 'no',
      at: at('03-01'),
    },
  ],
};

function write(cwd: string, runs: Readonly<Record<string, Results>>): void {
  for (const [day, results] of Object.entries(runs)) {
    mkdirSync(join(cwd, 'runs', day), { recursive: true });
    writeFileSync(join(cwd, 'runs', day, 'results.json'), JSON.stringify(results));
    writeFileSync(join(cwd, 'runs', day, 'report.md'), '# A report\n');
  }
}

async function history(cwd: string, ...more: string[]) {
  const args = ['history', '--from', '2026-03-01', '--to', '2026-03-08', '--source', 'runs', '--format', 'json'];
  const ran = await runCli([...args, ...more], { cwd });
  return { ran, history: ran.stdout === '' ? undefined : (JSON.parse(ran.stdout) as History) };
}

function statesOf(it: History | undefined): string[] {
  const timeline = it?.timelines.find((other) => other.policyId === policyId);
  return (timeline?.intervals ?? []).map(({ from, state }) => `${from.slice(5, 13)} ${state}`);
}

test('a run holds until the next, never into a day without one; changes lie between runs', async () => {
  const cwd = aFolder();
  write(cwd, {
    '02-28': aRun('02-28', true),
    '03-01': aRun('03-01', true),
    '03-02': aRun('03-02', false),
    '03-03': aRun('03-03', true),
    '03-05': aRun('03-05', true),
    '03-06': aRun('03-06', true, incomplete),
    '03-07': aRun('03-07', true),
  });
  const { ran, history: it } = await history(cwd);
  expect(ran.status).toBe(3);
  expect(statesOf(it)).toEqual([
    '03-01T00 COMPLIANT',
    '03-02T06 NON_COMPLIANT',
    '03-03T06 COMPLIANT',
    '03-04T00 INSUFFICIENT_DATA',
    '03-05T06 COMPLIANT',
    '03-06T00 INSUFFICIENT_DATA',
    '03-06T06 INSUFFICIENT_DATA',
    '03-07T06 COMPLIANT',
  ]);
  const [timeline] = it?.timelines ?? [];
  expect(timeline?.intervals[1]?.began.between).toEqual({ after: at('03-01'), before: at('03-02') });
  expect(timeline?.intervals[3]?.began.reason).toBe('2026-03-04: no run');
  expect(it?.runs).toMatchObject({ read: 6, days: 7, covered: 5 });
  expect(it?.runs?.missed.map(({ day, why }) => [day, why])).toEqual([
    ['2026-03-04', 'no-run'],
    ['2026-03-06', 'incomplete-run'],
  ]);
  expect((await history(cwd, '--allow-incomplete')).ran.status).toBe(1);
  const text = await history(cwd, '--format', 'markdown', '--output', 'history.md', '--quiet');
  expect(text.ran.status).toBe(3);
  expect(readFileSync(join(cwd, 'history.md'), 'utf8')).toContain(
    'changed between the runs of 2026-03-01 06:00:00 UTC',
  );
});

test('an incomplete run tells of what is out of compliance', async () => {
  const cwd = aFolder();
  write(cwd, { '03-01': aRun('03-01', true), '03-02': aRun('03-02', false, incomplete) });
  const { history: it } = await history(cwd);
  expect(statesOf(it).slice(1, 5)).toEqual([
    '03-01T06 COMPLIANT',
    '03-02T00 INSUFFICIENT_DATA',
    '03-02T06 NON_COMPLIANT',
    '03-03T00 INSUFFICIENT_DATA',
  ]);
});

test('the ledger: a chain of runs, missed days and times to fix, that grows and is verified', async () => {
  const cwd = aFolder();
  write(cwd, { '03-01': aRun('03-01', false), '03-02': aRun('03-02', false) });
  await history(cwd, '--ledger', 'ledger.jsonl');
  write(cwd, { '03-04': aRun('03-04', true) });
  const again = await history(cwd, '--ledger', 'ledger.jsonl');
  expect(again.ran.stderr).toBe('Added 1 run to ledger.jsonl\n');
  const text = readFileSync(join(cwd, 'ledger.jsonl'), 'utf8');
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries.map((it) => [it['kind'], it['day'], it['open']])).toEqual([
    ['run', '2026-03-01', 1],
    ['run', '2026-03-02', 1],
    ['missed', '2026-03-03', undefined],
    ['run', '2026-03-04', 0],
  ]);
  expect(entries[3]?.['fixed']).toMatchObject([{ policyId, opened: at('03-01'), seconds: 3 * 86_400 }]);
  await history(cwd, '--ledger', 'ledger.jsonl');
  expect(readFileSync(join(cwd, 'ledger.jsonl'), 'utf8')).toBe(text);

  const lines = text.split('\n');
  for (const [changed, line] of [
    [text.replace('"open":1', '"open":0'), 2],
    [[lines[0], ...lines.slice(2)].join('\n'), 2],
    [text.slice(0, -20), 4],
    [`${text}{}\n`, 5],
  ] as const) {
    writeFileSync(join(cwd, 'broken.jsonl'), changed);
    const { ran } = await history(cwd, '--ledger', 'broken.jsonl');
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(`broken.jsonl:${line}: the ledger's chain is broken`);
    expect(readFileSync(join(cwd, 'broken.jsonl'), 'utf8')).toBe(changed);
  }
});

test('a folder of both kinds, results of two organizations, and AWS itself are refused', async () => {
  const cwd = aFolder();
  write(cwd, { '03-01': aRun('03-01', true) });
  writeFileSync(join(cwd, 'runs/snapshot.json'), snapshotText(itemsOf(anInventory())));
  expect((await history(cwd)).ran.stderr).toContain(
    'snapshot.json is a file of AWS Config, and 03-01/results.json holds results',
  );
  const other = aFolder();
  write(other, { '03-01': aRun('03-01', true), '03-02': aRun('03-02', true, { organization: null }) });
  expect((await history(other)).ran.stderr).toContain('Give a folder with the results of one organization.');
  expect((await history(other, '--source', 'live')).ran.stderr).toContain('has no window of time');
  const part = await history(other, '--ledger', 'ledger.jsonl', '--account', MEMBER);
  expect(part.ran.stderr).toContain('--ledger keeps whole runs');
});

test('what a history says stands in the next report; another organization, file or format is refused', async () => {
  const cwd = aFolder();
  write(cwd, { '03-01': aRun('03-01', true), '03-02': aRun('03-02', false), '03-03': aRun('03-03', true) });
  await history(cwd, '--output', 'history.json');
  const page = await history(cwd, '--format', 'html', '--output', 'history.html');
  expect(page.ran).toMatchObject({ status: 3, stdout: '', stderr: 'Wrote history.html\n' });
  expect(readFileSync(join(cwd, 'history.html'), 'utf8')).toContain('<th scope="row">2026-03-02</th>');
  const inventory = anInventory({ trails: [aTrail()] });
  writeFileSync(join(cwd, 'now.json'), JSON.stringify(inventory));
  writeFileSync(
    join(cwd, 'alone.json'),
    JSON.stringify({ ...inventory, organization: { ...inventory.organization, id: 'o-other12345' } }),
  );
  const scan = async (source: string, ...more: string[]) =>
    await runCli(['scan', '--source', source, '--output', 'out', ...more], { cwd });
  await scan('now.json', '--history', 'history.json', '--format', 'html,markdown');
  expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).toContain('id="timeline"');
  expect(readFileSync(join(cwd, 'out/report.md'), 'utf8')).toContain('| 2026-03-02 | 1 | 0 | 0 | 0 | 1 | 0 |');
  for (const [source, file, format, message] of [
    ['alone.json', 'history.json', 'html', 'is the history of organization'],
    ['now.json', 'runs/03-01/results.json', 'html', 'holds no history of this version'],
    ['now.json', 'none.json', 'html', 'none.json'],
    ['now.json', 'history.json', 'json', '--history has no effect without --format html or markdown.'],
  ] as const) {
    const ran = await scan(source, '--history', file, '--format', format);
    expect([ran.status, ran.stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});
