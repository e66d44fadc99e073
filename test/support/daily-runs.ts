import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activityCommand } from '../../src/cli/commands/activity/run.js';
import type { Terminal } from '../../src/cli/process/terminal.js';
import type { Results } from '../../src/model/results.js';

export interface DailyRun {
  readonly status: number;
  readonly results: Results;
  /** What it said on stdout and stderr. */
  readonly said: string;
}

/** `trailproof activity --since-last` in a folder, with its logs in `logs`, its policies in `own` and its state in `state.json`. */
export async function dailyRun(
  folder: string,
  to: string,
  given: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<DailyRun> {
  const said: string[] = [];
  // As much of a stream as commands use.
  const stream = { isTTY: false, write: (text: string) => said.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const terminal: Terminal = { stdout: stream, stderr: stream, environment: {}, signal };
  const options = {
    source: join(folder, 'logs'),
    sinceLast: join(folder, 'state.json'),
    output: join(folder, 'reports'),
    policies: [join(folder, 'own')],
    pack: [],
    format: 'json',
    failOn: 'none',
    keepOpen: '30d',
    roleName: 'R',
    to,
    ...given,
  };
  const status = await activityCommand(options, terminal);
  if (status === 2) throw new Error(said.join(''));
  // The program's own file.
  const results = JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
  return { status, results, said: said.join('') };
}
