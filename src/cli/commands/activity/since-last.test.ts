import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { dailyRun } from '../../../../test/support/daily-runs.js';
import { anAccount, aRecord, logFile, logKey, writeFiles } from '../../../../test/support/event-logs.js';
import { loadActivity } from '../../../../test/support/activity-policies.js';
import { Collector } from '../../../activity/index.js';
import { PlacedPolicies } from '../../../evaluate/index.js';
import type { ActivityState } from '../../../model/activity-state.js';
import { saveActivityState } from '../../../storage/index.js';
import { saveSinceLast, startSinceLast } from './since-last.js';

const head = 'title: T\nseverity: low\ndescription: D\nrationale: R\nremediation: { text: T }\ntarget: account\n';
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailproof-since-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'own'));
  aPolicy();
});

async function fourDays(): Promise<void> {
  for (const day of ['18', '19', '20', '21']) await writeFiles(join(folder, 'logs'), aDay(day));
}

function aPolicy(more = ''): void {
  const activity = `activity: { at-most: { where: event.isRoot, by: [event.sourceIPAddress], count: 1, within: 2h }${more} }\nmessage: M`;
  writeFileSync(
    join(folder, 'own/root-is-seldom-used.yaml'),
    `version: 1\nid: root-is-seldom-used\n${head}${activity}\n`,
  );
}

/** A log file of each hour, and nothing of interest in it. */
function aDay(day: string) {
  return Object.fromEntries(
    hours.map((hour, index) => {
      const record = aRecord(Number(day) * 100 + index, { eventTime: `2026-11-${day}T${hour}:30:00Z` });
      return [logKey({ delivered: `2026-11-${day}T${hour}:35` }), logFile([record])] as const;
    }),
  );
}

/** The root user, at these times; one log file. */
async function rootAt(delivered: string, ...times: readonly string[]): Promise<void> {
  const userIdentity = { type: 'Root', accountId: anAccount };
  const records = times.map((time, index) =>
    aRecord(Date.parse(`${time}Z`) / 1000 + index, { eventTime: `${time}:00Z`, userIdentity }),
  );
  await writeFiles(join(folder, 'logs'), { [logKey({ delivered, unique: 'ROOT' })]: logFile(records) });
}

interface Ran {
  readonly status: number;
  /** How many events each incident has. */
  readonly counts: readonly number[];
  readonly fingerprints: readonly string[];
  readonly window: string;
  readonly said: string;
}

async function run(to: string, given: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<Ran> {
  const { status, results, said } = await dailyRun(folder, to, given, signal);
  const { evaluations, coverage } = results;
  const found = evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  return {
    status,
    counts: found.map((it) => it.incident?.count ?? 0),
    fingerprints: found.map((it) => it.fingerprint),
    window: `${coverage.logs?.from ?? ''} ${coverage.logs?.to ?? ''}`,
    said,
  };
}

const stateOf = (): string => readFileSync(join(folder, 'state.json'), 'utf8');

test('a run goes on where the last one ended, and judges the day before again with what came late', async () => {
  await fourDays();
  await rootAt('2026-11-19T22:10', '2026-11-19T22:00');
  const first = await run('2026-11-20', { from: '2026-11-18' });
  expect(first).toMatchObject({ status: 0, counts: [], window: '2026-11-18T00:00:00.000Z 2026-11-20T00:00:00.000Z' });
  expect(first.said).toContain('the next run judges events from 2026-11-19T00:00:00.000Z');
  // An hour late, and a quarter past midnight.
  await rootAt('2026-11-20T01:00', '2026-11-19T23:30', '2026-11-20T00:15');
  const second = await run('2026-11-21');
  expect(second).toMatchObject({ counts: [3], window: '2026-11-19T00:00:00.000Z 2026-11-21T00:00:00.000Z' });
  // The same incident where all is read at once.
  rmSync(join(folder, 'state.json'));
  expect((await run('2026-11-21', { from: '2026-11-18' })).fingerprints).toEqual(second.fingerprints);
});

test('a run that is stopped before its end is made again, without loss and without counting twice', async () => {
  await fourDays();
  await run('2026-11-20', { from: '2026-11-18' });
  const before = stateOf();
  await rootAt('2026-11-20T10:40', '2026-11-20T10:00', '2026-11-20T10:30');
  const stopped = await run('2026-11-21', {}, AbortSignal.abort());
  expect(stopped).toMatchObject({
    status: 130,
    said: expect.stringContaining('the next run begins where this one began'),
  });
  expect(stateOf()).toBe(before);
  // One that is killed while it writes its reports leaves the state as well.
  writeFileSync(join(folder, 'occupied'), '');
  await expect(run('2026-11-21', { output: join(folder, 'occupied/reports') })).rejects.toThrow('occupied');
  expect(stateOf()).toBe(before);
  const again = await run('2026-11-21');
  expect(again.counts).toEqual([2]);
  expect((await run('2026-11-21')).fingerprints).toEqual(again.fingerprints);
});

test('days that were missed are made up for, and what could not be read is tried again', async () => {
  await fourDays();
  await run('2026-11-19', { from: '2026-11-18' });
  const broken = logKey({ delivered: '2026-11-19T05:35' });
  writeFileSync(join(folder, 'logs', broken), 'not a log file');
  const late = await run('2026-11-22');
  expect(late).toMatchObject({ window: '2026-11-18T00:00:00.000Z 2026-11-22T00:00:00.000Z', status: 3 });
  expect(late.said).toContain('the next run judges events from 2026-11-18T05:00:00.000Z');
});

describe('a state that does not belong to the run is refused', () => {
  const source = 's3://logs';
  const now = new Date('2026-11-22T00:00:00Z');
  const placedOf = (condition: string) =>
    new PlacedPolicies(
      loadActivity({ 'root-is-not-used': `activity: { never: { where: "${condition}" } }\nmessage: M` }).policies,
      undefined,
    );
  const placed = placedOf('event.isRoot');

  /** Where a run begins that ends on the 21st, or why it does not. */
  async function started(given: Partial<Parameters<typeof startSinceLast>[0]> = {}, asking = placed): Promise<string> {
    const choice = { file: join(folder, 'state.json'), source, to: '2026-11-21T00:00:00.000Z', from: undefined, now };
    return await startSinceLast({ ...choice, ...given }, asking, undefined).catch((error: unknown) =>
      error instanceof Error ? error.message : 'something else',
    );
  }

  async function aState(): Promise<Omit<ActivityState, 'digest'>> {
    const [from, to] = ['2026-11-18T00:00:00.000Z', '2026-11-20T00:00:00.000Z'];
    const collected = new Collector([], { from: 0, to: 1 }, () => undefined);
    const read = { collected, coverage: { from, to, cells: [], gaps: [] }, isInterrupted: false, requests: 0 };
    await saveSinceLast({ file: join(folder, 'state.json'), source, to }, placed, read, undefined, to);
    // What the program wrote.
    const { digest: _, ...state } = JSON.parse(stateOf()) as ActivityState;
    return state;
  }

  test('one that is not there, unless it is said where to begin', async () => {
    expect(await started()).toContain('There is no file');
    expect(await started({ from: '2026-11-18' })).toBe('2026-11-18');
  });

  test('of another source, of later events, and one that was changed or cut', async () => {
    await aState();
    expect(await started()).toBe('2026-11-19T00:00:00.000Z');
    expect(await started({ source: 's3://others' })).toContain('is the state of --source s3://logs');
    expect(await started({ to: '2026-11-19T00:00:00.000Z' })).toContain('later than this run');
    expect(await started({ from: '2026-11-20' })).toContain('leaves out what was not judged');
    const text = stateOf();
    writeFileSync(join(folder, 'state.json'), text.replace('"next":"2026-11-19', '"next":"2026-11-20'));
    expect(await started()).toContain('was changed after it was written');
    writeFileSync(join(folder, 'state.json'), text.slice(0, -20));
    expect(await started()).toContain('is not JSON');
    writeFileSync(join(folder, 'state.json'), '{}');
    expect(await started()).toContain('is not the state of');
  });

  test('of another organization, and one from the future', async () => {
    const state = await aState();
    await saveActivityState({ ...state, organization: 'o-other' }, join(folder, 'state.json'));
    expect(await started()).toContain('is the state of o-other, and this run is of no organization');
    await saveActivityState({ ...state, savedAt: '2999-01-01T00:00:00.000Z' }, join(folder, 'state.json'));
    expect(await started()).toContain('later than this run');
  });

  test('of policies that did not ask the same, until it is said since when they do', async () => {
    await aState();
    const other = placedOf('event.isRoot && !event.isByService');
    expect(await started({}, other)).toContain('root-is-not-used');
    expect(await started({ from: '2026-11-19' }, other)).toBe('2026-11-19');
  });
});
