import { everyRegion, type BaselineEntry, type Sighting, type Span } from '../model/baseline.js';
import type { Replacements } from '../model/replacements.js';
import { byText } from '../text/order.js';
import { Holes, type Hole } from './account-coverage.js';
import { hashOfCombination, questionOf } from './familiar-question.js';
import { replaceable } from './judge-familiar.js';
import { quantityOf } from './scope.js';
import type { Combinations } from './sightings.js';
import { spansWithout } from './spans.js';
import { regionsOf, type Judgeable } from './verdicts.js';

/** What a run adds to a baseline. */
export interface SeenNow {
  readonly entry: BaselineEntry;
  /** How long what was seen matters: milliseconds. */
  readonly length: number;
}

/**
 * What a run saw of what its policies call familiar, and which time it knows whole.
 *
 * @param isEveryRegion - of each account every Region was read in which there may be events
 * @param verified - nobody can have added to what was read
 */
export function seenNow(given: Judgeable, isEveryRegion: boolean, verified = false): readonly SeenNow[] {
  const { policies, collected, coverage, window, settled, at, paramsFor, unrecorded = () => [] } = given;
  const holes = new Holes(coverage, window, settled, at);
  const regions = regionsOf(coverage);
  return policies.flatMap((policy) => {
    const { id, activity } = policy;
    const { form } = activity;
    const sightings = collected.sightings.get(id);
    if (form.kind !== 'familiar' || sightings === undefined) return [];
    const accounts = new Set([...regions.keys(), ...sightings.byAccount.keys()]);
    return [...accounts].toSorted(byText).flatMap((account) => {
      const params = paramsFor(id, account);
      const length = params === undefined ? undefined : quantityOf(form.baseline, params);
      if (params === undefined || length === undefined) return [];
      const combinations: Combinations = sightings.byAccount.get(account) ?? new Map();
      const doubtful = [
        ...sightings.doubtful.filter((it) => it.account === account).map((it) => it.at),
        ...replacedTimes(combinations, collected.replaced),
      ];
      const away = [...holes.of(account), ...unrecorded(policy, account)];
      const entry: BaselineEntry = {
        policyId: id,
        account,
        question: questionOf(form, params),
        verified,
        known: knownBy(window, away, doubtful, isEveryRegion ? undefined : (regions.get(account) ?? new Set())),
        seen: seenIn(combinations, id, account, collected.replaced),
      };
      return { entry, length };
    });
  });
}

/** The spans that are whole: by Region, as a hole of one says nothing of another. */
function knownBy(
  window: Span,
  holes: readonly Hole[],
  doubtful: readonly number[],
  regions: ReadonlySet<string> | undefined,
): BaselineEntry['known'] {
  const known = new Map<string, readonly Span[]>();
  if (doubtful.some((it) => Number.isNaN(it))) return known;
  const events = doubtful.map((it) => ({ from: it, to: it + 1 }));
  if (regions === undefined) return known.set(everyRegion, spansWithout([window], [...holes, ...events]));
  for (const region of [...regions].toSorted(byText)) {
    const own = holes.filter(({ gap }) => gap.region === region || !regions.has(gap.region));
    known.set(region, spansWithout([window], [...own, ...events]));
  }
  return known;
}

/** Days of which it is not kept when something was seen first, as that event was replaced. */
function replacedTimes(combinations: Combinations, replaced: Replacements): readonly number[] {
  return [...combinations.values()].flatMap((days) =>
    [...days.values()].flatMap(({ first, last }) =>
      first !== undefined && last > first.at && replaced.of(replaceable(first)) !== undefined ? [first.at] : [],
    ),
  );
}

function seenIn(
  combinations: Combinations,
  policyId: string,
  account: string,
  replaced: Replacements,
): BaselineEntry['seen'] {
  const seen = new Map<string, readonly Sighting[]>();
  for (const [combination, days] of combinations) {
    const times = [...days.values()].flatMap(({ first, rank: [at], last }): readonly Sighting[] => {
      if (first === undefined || replaced.of(replaceable(first)) === undefined) return [[at, last]];
      return last > at ? [[last, last]] : [];
    });
    if (times.length === 0) continue;
    seen.set(
      hashOfCombination(policyId, account, combination),
      times.toSorted(([a], [b]) => a - b),
    );
  }
  return seen;
}
