import { hash } from 'node:crypto';
import { quantityOf } from '../../../activity/index.js';
import type { PlacedPolicies } from '../../../evaluate/index.js';
import type { ActivityState } from '../../../model/activity-state.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { EventCoverage } from '../../../model/log-events.js';
import type { EffectivePolicy } from '../../../policy/index.js';
import { loadActivityState, saveActivityState } from '../../../storage/index.js';
import { byText } from '../../../text/order.js';
import { pathKind } from '../../process/path-kind.js';
import { version } from '../../process/version.js';
import type { ReadEvents } from './read-events.js';

/** What is judged again by the next run: late files come within a day. */
const again = 86_400_000;
/** What could not be read is tried again for so long. */
const longest = 7 * again;

interface Given {
  /** The file of `--since-last`. */
  readonly file: string;
  readonly source: string;
  /** Where the window ends, RFC 3339. */
  readonly to: string;
  /** As `--from` says. */
  readonly from: string | undefined;
  readonly now: Date;
}

/**
 * Where the window of a run begins that goes on where the last one ended.
 *
 * @returns RFC 3339
 * @throws UsageError where the state is missing, broken, later than this run, or of another source, organization or question
 */
export async function startSinceLast(
  given: Given,
  placed: PlacedPolicies,
  inventory: Inventory | undefined,
): Promise<string> {
  const { file, source, to, from, now } = given;
  if (pathKind(file) === undefined) {
    if (from !== undefined) return from;
    throw new UsageError(
      `There is no file ${file}: it is not known up to where events were judged.`,
      'For a first run, say with --from since when events are to be judged.',
    );
  }
  const state = await loadActivityState(file);
  const other = 'Name another file with --since-last, or go on as the last run did.';
  if (state.source !== source) {
    throw new UsageError(`${file} is the state of --source ${state.source}, and this run reads ${source}.`, other);
  }
  const organization = inventory?.organization?.id;
  if (state.organization !== organization) {
    const [before, after] = [state.organization, organization].map((it) => it ?? 'no organization');
    throw new UsageError(`${file} is the state of ${before ?? ''}, and this run is of ${after ?? ''}.`, other);
  }
  if (Date.parse(state.to) > Date.parse(to) || Date.parse(state.savedAt) > now.getTime()) {
    throw new UsageError(
      `${file} was saved at ${state.savedAt} and goes up to ${state.to}: later than this run, which ends at ${to}.`,
      'See whether the clock is right, and leave out --to.',
    );
  }
  if (from !== undefined) {
    if (Date.parse(from) <= Date.parse(state.next)) return from;
    throw new UsageError(
      `--from ${from} leaves out what was not judged to its end: the last run is to be followed from ${state.next}.`,
      `Leave --from out, or remove ${file} for a new beginning.`,
    );
  }
  const changed = changedPolicies(state.policies, questions(placed.policies));
  if (changed.length > 0) {
    throw new UsageError(
      `The last run did not ask this of earlier events: ${changed.join(', ')}. They are new, or have another condition or other parameters.`,
      `Say with --from since when they are to be judged: --from ${state.next} goes on where the last run ended.`,
    );
  }
  return state.next;
}

/** Keeps up to where a run judged, once its reports are written: a run that is killed before is made again. */
export async function saveSinceLast(
  { file, source, to }: Pick<Given, 'file' | 'source' | 'to'>,
  placed: PlacedPolicies,
  { isInterrupted, coverage }: ReadEvents,
  inventory: Inventory | undefined,
  savedAt: string,
): Promise<readonly string[]> {
  if (isInterrupted) return [`${file} is as it was: the next run begins where this one began.`];
  const organization = inventory?.organization?.id;
  const next = nextStart(placed, coverage, Date.parse(to));
  await saveActivityState(
    {
      schemaVersion: '1',
      tool: { name: 'trailproof', version: version() },
      savedAt,
      source,
      ...(organization === undefined ? {} : { organization }),
      policies: questions(placed.policies),
      to,
      next,
    },
    file,
  );
  return [`Wrote ${file}: the next run judges events from ${next}.`];
}

/** A day before the end, earlier where a policy counts over a longer time, or where something could not be read. */
function nextStart(placed: PlacedPolicies, coverage: EventCoverage, to: number): string {
  const accounts = [...new Set(coverage.cells.map((it) => it.account))];
  const spans = placed.asked.flatMap(({ id, activity: { form } }) => {
    if (form.kind !== 'at-most' && form.kind !== 'followed-by') return [];
    return accounts.map((account) => {
      const params = placed.paramsFor(id, account);
      return params === undefined ? 0 : (quantityOf(form.within, params) ?? 0);
    });
  });
  const overlap = spans.reduce((a, b) => Math.max(a, b), again);
  const unread = coverage.cells
    .filter((it) => it.state === 'unreadable')
    .map((it) => Date.parse(`${it.hour}:00:00Z`))
    .concat(coverage.gaps.some((it) => it.reason !== 'unsupported') ? [Date.parse(coverage.from)] : []);
  const earliest = unread.reduce((a, b) => Math.min(a, b), to);
  const start = Math.min(to - overlap, Math.max(earliest, to - longest));
  return new Date(Math.max(start, Date.parse(coverage.from))).toISOString();
}

/** What each policy asks that is asked anywhere, as a hash. */
function questions(policies: readonly EffectivePolicy[]): ActivityState['policies'] {
  const asked = policies.filter((it) => it.disabled === undefined || it.bindings !== undefined);
  return Object.fromEntries(
    asked
      .toSorted((a, b) => byText(a.id, b.id))
      .map(({ id, document: { activity, incident }, params, bindings = [] }) => {
        const bound = bindings.map(({ scope, settings: { enablement, params: set } }) => [
          scope,
          enablement?.value,
          [...set].map(([name, { value }]) => [name, value]),
        ]);
        const question = JSON.stringify([activity, incident, [...params], bound]);
        return [id, hash('sha256', question, 'hex')];
      }),
  );
}

function changedPolicies(before: ActivityState['policies'], now: ActivityState['policies']): readonly string[] {
  return Object.entries(now).flatMap(([id, question]) => (before[id] === question ? [] : [id]));
}
