// The whole pack of policies on events over a folder of planted log files.
import { readFileSync } from 'node:fs';
import { Collector, judgeAll, type ActivityVerdict } from '../src/activity/index.js';
import { PlacedPolicies } from '../src/evaluate/index.js';
import { eventsFromFolder } from '../src/events/index.js';
import type { EventSource } from '../src/model/log-events.js';
import { loadPolicies } from '../src/policy/index.js';
import { viewFunctions } from '../src/view/index.js';
import { firstHour } from './planted-logs.js';

const day = 86_400_000;

/** The log files of the day that is planted, as they lie in a folder. */
export function plantedDay(folder: string): EventSource {
  return eventsFromFolder(folder, {
    from: new Date(firstHour).toISOString(),
    to: new Date(firstHour + day).toISOString(),
    at: new Date(firstHour + 7 * day).toISOString(),
  });
}

/** All policies at once, to the verdicts; how many records had to be parsed. */
export async function judgeFolder(
  folder: string,
): Promise<{ readonly verdicts: readonly ActivityVerdict[]; readonly parsed: number }> {
  const source = plantedDay(folder);
  const viewSchema: unknown = JSON.parse(readFileSync('schema/view.v1.json', 'utf8'));
  const { policies } = loadPolicies({
    builtin: 'policies',
    folders: [],
    packs: ['activity'],
    functions: viewFunctions,
    viewSchema,
    withoutTests: true,
  });
  const placed = new PlacedPolicies(policies, undefined);
  const window = { from: firstHour, to: firstHour + day };
  const { asked, paramsFor } = placed;
  const collected = new Collector(asked, window, paramsFor);
  let parsed = 0;
  for await (const batch of source.read(collected.wanted, undefined, collected)) {
    parsed += batch.records.length;
    collected.add(batch);
  }
  const at = new Date(firstHour + 7 * day).toISOString();
  const coverage = source.coverage();
  const given = { policies: asked, collected, coverage, window, accounts: [], paramsFor, settled: window.to, at };
  return { verdicts: judgeAll(given), parsed };
}
