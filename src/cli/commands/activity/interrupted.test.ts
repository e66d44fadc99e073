import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anAccount, aRecord, logFile, logKey, writeFiles } from '../../../../test/support/event-logs.js';
import { PlacedPolicies } from '../../../evaluate/index.js';
import type { Results } from '../../../model/results.js';
import { loadActivity } from '../../../../test/support/activity-policies.js';
import type { Terminal } from '../../process/terminal.js';
import { activityCommand } from './run.js';
import { readEvents } from './read-events.js';

const root = { type: 'Root', accountId: anAccount };

async function aFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-activity-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = ['10:20', '11:20', '12:20'].map((time, index) => {
    const record = aRecord(index, { eventTime: `2026-11-20T${time}:00Z`, userIdentity: root });
    return [logKey({ delivered: `2026-11-20T${time}` }), logFile([record])] as const;
  });
  await writeFiles(folder, Object.fromEntries(files));
  return folder;
}

/** A terminal that keeps what is written. */
function aTerminal(signal: AbortSignal): Terminal & { readonly said: string[] } {
  const said: string[] = [];
  // As much of a stream as commands use.
  const stream = { isTTY: false, write: (text: string) => said.push(text) > 0 } as unknown as NodeJS.WriteStream;
  return { stdout: stream, stderr: stream, environment: {}, signal, said };
}

const choice = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };
const policies = loadActivity({
  'root-is-not-used': 'activity: { never: { where: event.isRoot } }\nmessage: M',
}).policies;

test('what was found before the interruption is kept, and nothing else is known', async () => {
  const source = await aFolder();
  const stopping = new AbortController();
  const placed = new PlacedPolicies(policies, undefined);
  const terminal = aTerminal(stopping.signal);
  const whole = await readEvents(placed, { ...choice, source }, undefined, terminal);
  expect(whole).toMatchObject({ isInterrupted: false });
  expect(whole.collected.matchesOf('root-is-not-used')).toHaveLength(3);
  stopping.abort();
  const part = await readEvents(placed, { ...choice, source }, undefined, terminal);
  expect(part).toMatchObject({ isInterrupted: true, coverage: { cells: [], gaps: [{ id: 'log-interrupted' }] } });
});

test('an interrupted run writes its reports, says so, and ends with 130', async () => {
  const source = await aFolder();
  const output = join(source, 'reports');
  const terminal = aTerminal(AbortSignal.abort());
  const options = {
    ...choice,
    source,
    output,
    format: 'json',
    failOn: 'low',
    keepOpen: '30d',
    pack: ['activity'],
    roleName: 'R',
  };
  expect(await activityCommand(options, terminal)).toBe(130);
  // The program's own file.
  const results = JSON.parse(readFileSync(join(output, 'results.json'), 'utf8')) as Results;
  expect(results.run.interrupted).toBe(true);
  expect(results.evaluations).toEqual([]);
  expect(results.gaps).toMatchObject([{ id: 'log-interrupted' }]);
  expect(terminal.said.join('')).toContain('The reading was interrupted');
});
