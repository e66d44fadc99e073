import { readFileSync } from 'node:fs';
import {
  Collector,
  judgeAll,
  seenNow,
  withSeen,
  type ActivityVerdict,
  type GivenBaseline,
  type Judgeable,
} from '../../../src/activity/index.js';
import { loadPolicies } from '../../../src/policy/index.js';
import { paramsObject, readParameter } from '../../../src/policy/parameters.js';
import type { CoverageCell, EventCoverage, EventRecord } from '../../../src/model/log-events.js';
import { viewFunctions } from '../../../src/view/index.js';

const root = new URL('../../../', import.meta.url);
const viewSchema: unknown = JSON.parse(readFileSync(new URL('schema/view.v1.json', root), 'utf8'));
const { policies } = loadPolicies({
  builtin: new URL('policies', root).pathname,
  folders: [],
  packs: ['familiar'],
  functions: viewFunctions,
  viewSchema,
  withoutTests: true,
});

/** The policies of the pack `familiar`, which has those of `activity`, by id. */
export const activityPolicies = new Map(
  policies.map(({ id, activity, params, document, disabled }) => {
    if (activity === undefined) throw new Error(`${id} judges no events`);
    return [id, { id, activity, params, document, isAsked: disabled === undefined }] as const;
  }),
);

/** Policy id → parameter → value, in place of the default. */
export type GivenParams = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Asked {
  readonly given?: GivenParams;
  /** Ids of the policies; default: all that the pack asks, of familiar things only with `earlier`. */
  readonly ids?: readonly string[];
  /** What happened within two months before, all of which is known. */
  readonly earlier?: readonly EventRecord[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const hour = 3_600_000;
const day = 24 * hour;

/** What the pack makes of events. Every hour of their days and of the day after is there to be read. */
export function judged(
  records: readonly EventRecord[],
  { given = {}, ids, earlier }: Asked = {},
): readonly ActivityVerdict[] {
  const asked = [...activityPolicies.values()].filter(
    ({ id, isAsked, activity }) =>
      ids?.includes(id) ?? (isAsked && (earlier !== undefined || activity.form.kind !== 'familiar')),
  );
  const times = records.map((it) => Date.parse(textOf(it['eventTime']))).filter((it) => !Number.isNaN(it));
  const from = Math.floor(Math.min(...times) / day) * day;
  const to = Math.floor(Math.max(...times) / day) * day + 2 * day;
  const window = { from, to };
  const paramsFor = (id: string) => paramsOf(id, given[id] ?? {});
  const collected = new Collector(asked, window, paramsFor);
  collected.add({ origin: { object: 'tests' }, records });
  const at = new Date(to).toISOString();
  const coverage = covered(records, from, to);
  const judgeable = { policies: asked, collected, coverage, window, accounts: [], paramsFor, settled: to, at };
  return judgeAll(earlier === undefined ? judgeable : { ...judgeable, past: pastOf(earlier, judgeable) });
}

function pastOf(records: readonly EventRecord[], judgeable: Judgeable): GivenBaseline {
  const window = { from: judgeable.window.from - 60 * day, to: judgeable.window.from };
  const collected = new Collector(judgeable.policies, window, judgeable.paramsFor);
  collected.add({ origin: { object: 'tests' }, records });
  const coverage = covered(records, window.from, window.to);
  const seen = seenNow({ ...judgeable, window, collected, coverage, settled: window.to }, true);
  return { baseline: withSeen({ entries: [] }, seen, undefined) };
}

function paramsOf(id: string, given: Readonly<Record<string, unknown>>) {
  const policy = activityPolicies.get(id);
  const values = new Map(policy?.params);
  for (const [name, value] of Object.entries(given)) {
    const declaration = policy?.document.params?.[name];
    const read = declaration === undefined ? undefined : readParameter(declaration, value);
    if (read === undefined || !('value' in read)) throw new Error(`${id} takes no ${name}: ${JSON.stringify(value)}`);
    values.set(name, read.value);
  }
  return paramsObject(values);
}

function covered(records: readonly EventRecord[], from: number, to: number): EventCoverage {
  const places = new Set(records.map((it) => `${textOf(it['recipientAccountId'])} ${textOf(it['awsRegion'])}`));
  const cells: CoverageCell[] = [];
  for (const place of places) {
    const [account = '', region = ''] = place.split(' ');
    for (let at = from; at < to; at += hour) {
      cells.push({ account, region, hour: new Date(at).toISOString().slice(0, 13), state: 'proven' });
    }
  }
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), cells, gaps: [] };
}

/** The ids of the policies that events raise, in their order. */
export function raised(records: readonly EventRecord[], asked: Asked = {}): readonly string[] {
  const found = judged(records, asked).filter((it) => it.outcome === 'NON_COMPLIANT');
  return [...new Set(found.map((it) => it.policyId))].toSorted();
}

/** The ids of the policies that speak of an event, whatever they count: `where` holds for sure, and `except` does not. */
export function speaksOf(record: EventRecord, ids: readonly string[], given: GivenParams = {}): readonly string[] {
  const asked = [...activityPolicies.values()].filter(({ id }) => ids.includes(id));
  const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const collected = new Collector(asked, always, (id) => paramsOf(id, given[id] ?? {}));
  // Some labelled events have a time that is blotted out.
  const timed = { eventID: 'event', ...record, eventTime: '2026-11-20T10:00:00Z' };
  collected.add({ origin: { object: 'tests' }, records: [timed] });
  return ids.filter((id) => collected.matchesOf(id).some((it) => it.doubt === undefined));
}
