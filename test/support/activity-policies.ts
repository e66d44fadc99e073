import { readFileSync } from 'node:fs';
import { Collector, judgeAll, type ActivityVerdict, type AskedPolicy } from '../../src/activity/index.js';
import type { EventBatch, EventCoverage, EventRecord } from '../../src/model/log-events.js';
import { loadPolicies, paramsObject, type PolicyFile } from '../../src/policy/index.js';

const viewSchema: unknown = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8'));

const head = (id: string): string =>
  `version: 1\nid: ${id}\ntitle: T\nseverity: low\ndescription: D\nrationale: R\nremediation: { text: T }\ntarget: account\n`;

/** What is wrong in a policy of this id, or the policy. */
export function loadActivity(policies: Readonly<Record<string, string>>) {
  const files = Object.entries(policies).map(([id, rest]): PolicyFile => {
    return { kind: 'policy', file: `${id}.yaml`, text: head(id) + rest, name: undefined, stem: id };
  });
  return loadPolicies({
    builtin: '',
    folders: ['own'],
    packs: [],
    functions: [],
    viewSchema,
    withoutTests: true,
    readFiles: (folder) => ({ files: folder === 'own' ? files : [], diagnostics: [] }),
  });
}

/** Policies on events, each by what stands behind its description. */
export function activityPolicies(policies: Readonly<Record<string, string>>): readonly AskedPolicy[] {
  const { all, diagnostics } = loadActivity(policies);
  const errors = diagnostics.filter((it) => it.severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return all.flatMap(({ id, activity }) => (activity === undefined ? [] : [{ id, activity }]));
}

export const theDay = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) };

/** Every hour of the day is there, but for those that are missing. */
export function wholeDay(
  accounts: readonly string[] = ['111122223333'],
  missing: readonly number[] = [],
  regions: readonly string[] = ['us-east-1'],
): EventCoverage {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return {
    from: new Date(theDay.from).toISOString(),
    to: new Date(theDay.to).toISOString(),
    gaps: [],
    cells: accounts.flatMap((account) =>
      regions.flatMap((region) =>
        hours.map((hour) => ({
          account,
          region,
          hour: `2026-11-20T${String(hour).padStart(2, '0')}`,
          state: missing.includes(hour) ? ('silent' as const) : ('present' as const),
        })),
      ),
    ),
  };
}

const noParams = paramsObject(new Map());

/** What the policies make of batches of records. */
export function judged(
  policies: readonly AskedPolicy[],
  batches: readonly EventBatch[],
  coverage: EventCoverage = wholeDay(),
  settled: number = theDay.to,
): readonly ActivityVerdict[] {
  const paramsFor = () => noParams;
  const collected = new Collector(policies, theDay, paramsFor);
  for (const batch of batches) collected.add(batch);
  const at = new Date(settled).toISOString();
  return judgeAll({ policies, collected, coverage, window: theDay, accounts: [], paramsFor, settled, at });
}

/** All records as one file. */
export function oneFile(records: readonly EventRecord[], object = 'a.json.gz'): readonly EventBatch[] {
  return [{ origin: { object }, records }];
}

/** `policy outcome [key × count, …]`, one a line. */
export function shownVerdicts(verdicts: readonly ActivityVerdict[]): readonly string[] {
  return verdicts.map(({ policyId, account, outcome, incidents }) => {
    const found = incidents.map(({ key, count }) => `${key} × ${count}`).toSorted();
    return `${policyId} ${account} ${outcome}${found.length === 0 ? '' : ` [${found.join('; ')}]`}`;
  });
}
