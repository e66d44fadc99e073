import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { EventRecord } from '../../src/model/log-events.js';
import type { Results } from '../../src/model/results.js';
import { aRecord, anAccount as owner, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { runCli } from './run-cli.js';

/** The events of two hours by when their log file came, with these between. */
export function deliveredWith(others: readonly EventRecord[]): Readonly<Record<string, readonly EventRecord[]>> {
  return {
    '2026-11-20T10:20': [
      aRecord(1, {
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'StopLogging',
        eventTime: '2026-11-20T10:16:00Z',
        readOnly: false,
        requestParameters: { name: 'main' },
      }),
      ...others,
    ],
    '2026-11-20T11:20': [
      aRecord(3, { eventTime: '2026-11-20T11:15:00Z' }),
      aRecord(4, { eventTime: '2026-11-20T11:16:00Z', userIdentity: { type: 'Root', accountId: owner } }),
    ],
  };
}

export const window = ['--from', '2026-11-20T10:00:00Z', '--to', '2026-11-20T12:00:00Z'];
export const report = ['--format', 'json', '--output', 'out', '--fail-on', 'none', '--allow-incomplete'];

export function resultsIn(cwd: string): Results {
  return JSON.parse(readFileSync(join(cwd, 'out/results.json'), 'utf8')) as Results;
}

/** What the same events give when they are read from a folder. */
export async function resultsOfFolder(
  cwd: string,
  delivered: Readonly<Record<string, readonly EventRecord[]>>,
): Promise<Results> {
  const files = Object.entries(delivered).map(([time, its]) => [logKey({ delivered: time }), logFile(its)] as const);
  await writeFiles(join(cwd, 'logs'), Object.fromEntries(files));
  expect((await runCli(['activity', '--source', 'logs', ...window, ...report], { cwd })).status).toBe(0);
  return resultsIn(cwd);
}

/** The verdicts that must be the same. What is about data events stays open where nothing was found: others say so. */
export function verdictsOf({ evaluations }: Results): readonly unknown[] {
  return evaluations
    .filter((it) => it.policyId !== 'log-bucket-is-left-alone')
    .map(({ policyId, outcome, fingerprint, message, incident, target }) => ({
      policyId,
      outcome,
      fingerprint,
      // What holds, or is not known, each source says with its own reservations.
      message: outcome === 'NON_COMPLIANT' ? message : '',
      key: incident?.key,
      count: incident?.count,
      target,
    }));
}
