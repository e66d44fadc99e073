import { constantFrom, integer, readConfigureGlobal, record, sample } from 'fast-check';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dailyRun, type DailyRun } from '../../../../test/support/daily-runs.js';
import { anAccount, aRecord, logFile, logKey, writeFiles } from '../../../../test/support/event-logs.js';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 10, 18);
const head = 'title: T\nseverity: low\ndescription: D\nrationale: R\nremediation: { text: T }\ntarget: account\n';
const ofTrails = (name: string): string =>
  `event.eventSource == 'cloudtrail.amazonaws.com' && event.eventName == '${name}'`;
const policies = {
  'root-is-never-used': 'never: { where: event.isRoot }',
  'root-is-seldom-used': 'at-most: { where: event.isRoot, by: [event.sourceIPAddress], count: 1, within: 2h }',
  'root-is-hardly-used': 'at-most: { where: event.isRoot, by: [event.sourceIPAddress], count: 3, within: 30h }',
  'trails-start-again': `followed-by: { where: "${ofTrails('StopLogging')}", then: "${ofTrails('StartLogging')}", same: [event.sourceIPAddress], within: 3h }`,
  'addresses-are-familiar': 'familiar: { where: event.isRoot, what: [event.sourceIPAddress], baseline: 2d }',
};

interface Planted {
  readonly time: number;
  readonly delivered: number;
  readonly event: object;
}

/** Something in each hour, and what policies speak of at any time, some of it up to 22 hours late. */
function planted(seed: number): readonly Planted[] {
  const root = { userIdentity: { type: 'Root', accountId: anAccount } };
  const trail = (eventName: string): object => ({ eventName, eventSource: 'cloudtrail.amazonaws.com' });
  const some = record({
    minute: integer({ min: 0, max: 7 * 24 * 60 - 1 }),
    late: constantFrom(5, 5, 5, 90, 700, 1320),
    address: integer({ min: 0, max: 3 }),
    what: constantFrom(root, trail('StopLogging'), trail('StartLogging'), { ...root, ...trail('StopLogging') }),
  });
  const quiet = Array.from({ length: 7 * 24 }, (_, it) => ({ minute: it * 60 + 30, late: 5, event: {} }));
  const told = sample(some, { numRuns: 30, seed }).map(({ minute, late, address, what }) => ({
    minute,
    late,
    event: { ...what, sourceIPAddress: `192.0.2.${address}` },
  }));
  return [...quiet, ...told].map(({ minute, late, event }) => {
    const time = start + minute * 60_000;
    return { time, delivered: time + late * 60_000, event };
  });
}

function countsIn({ results }: DailyRun): ReadonlyMap<string, number> {
  const found = results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  return new Map(found.map((it) => [`${it.policyId} ${it.fingerprint}`, it.incident?.count ?? 0]));
}

test('a week of daily runs, one missed and two that end early: nothing is lost, and nothing is counted twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-week-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'own'));
  for (const [id, activity] of Object.entries(policies)) {
    writeFileSync(
      join(folder, `own/${id}.yaml`),
      `version: 1\nid: ${id}\n${head}activity: { ${activity} }\nmessage: M\n`,
    );
  }
  const events = planted(readConfigureGlobal().seed ?? 1);
  let until = 0;
  const deliver = async (to: number): Promise<void> => {
    const files = events.flatMap(({ time, delivered, event }, index) => {
      if (delivered <= until || delivered > to) return [];
      const its = aRecord(index, { eventTime: new Date(time).toISOString().replace('.000', ''), ...event });
      return [
        [logKey({ delivered: new Date(delivered).toISOString().slice(0, 16), unique: `U${index}` }), logFile([its])],
      ];
    });
    await writeFiles(join(folder, 'logs'), Object.fromEntries(files) as Record<string, Buffer>);
    until = to;
  };
  const state = join(folder, 'state.json');
  const baseline = join(folder, 'baseline.json');
  const daily = new Map<string, number>();
  const run = async (to: number, given: object = {}): Promise<void> => {
    const ran = await dailyRun(folder, new Date(to).toISOString(), { baseline, saveBaseline: baseline, ...given });
    for (const [key, count] of countsIn(ran)) daily.set(key, count);
  };
  for (const number of [1, 2, 3, 5, 6, 7]) {
    const to = start + number * day;
    await deliver(to + hour);
    if (number === 1) await run(to, { from: new Date(start).toISOString(), baseline: 'none' });
    else if (number === 3) await dailyRun(folder, new Date(to).toISOString(), { baseline }, AbortSignal.abort());
    else await run(to);
    if (number !== 5) continue;
    // Killed behind the baseline, before the state: it is made again.
    const before = readFileSync(state);
    await run(to);
    writeFileSync(state, before);
  }
  const whole = countsIn(
    await dailyRun(folder, new Date(start + 7 * day).toISOString(), {
      from: new Date(start).toISOString(),
      baseline: 'none',
      sinceLast: undefined,
    }),
  );
  expect(whole.size).toBeGreaterThan(8);
  expect([...whole].filter(([key, count]) => daily.get(key) !== count)).toEqual([]);
  // What is new may turn out not to be the first, once earlier events come late.
  const more = [...daily.keys()].filter((it) => !whole.has(it) && !it.startsWith('addresses-are-familiar'));
  expect(more).toEqual([]);
});
