import type { Span } from '../model/baseline.js';
import type { Replacements } from '../model/replacements.js';
import type { ViewObject } from '../expression/index.js';
import type { Gap } from '../model/results.js';
import { gapsWithin, type Hole } from './account-coverage.js';
import type { Window } from './collector.js';
import type { FamiliarForm } from './compiled-activity.js';
import { hashOfCombination } from './familiar-question.js';
import type { Match } from './match.js';
import type { Past } from './past.js';
import { quantityOf } from './scope.js';
import { day, doubtOf, type Combinations } from './sightings.js';

/** What a policy on familiar things knows beside the doubtful events. */
export interface Familiar {
  readonly policyId: string;
  readonly combinations: Combinations;
  readonly past: Past;
  /** In which events are expected. */
  readonly regions: ReadonlySet<string>;
  /** Events that later records replace. */
  readonly replaced: Replacements;
  /** RFC 3339 */
  readonly at: string;
}

interface OfAccount {
  readonly params: ViewObject;
  /** The doubtful events. */
  readonly matches: readonly Match[];
  readonly holes: readonly Hole[];
  readonly window: Window;
  readonly account: string;
}

export interface Unfamiliar {
  /** Events that show something for the first time, by time. */
  readonly found: readonly Match[];
  /** Ids of what leaves open whether others do. */
  readonly open: readonly string[];
  readonly gaps: readonly Gap[];
  readonly isOutOfRange: boolean;
}

/** Which events show what was not seen within the time before them; what may be one and is not known is open. */
export function unfamiliar(judging: OfAccount, form: FamiliarForm, given: Familiar): Unfamiliar {
  const length = quantityOf(form.baseline, judging.params);
  if (length === undefined || length < day) return { found: [], open: [], gaps: [], isOutOfRange: true };
  const search = new Search(judging, given, length);
  for (const [combination, days] of given.combinations) search.addDays(combination, days);
  for (const it of judging.matches) search.addDoubtful(it);
  return search.result();
}

class Search {
  private readonly found: Match[] = [];
  private readonly open = new Set<string>();
  private readonly gaps: Gap[] = [];
  /** The beginning of the time before the window of which something is missing. */
  private missingFrom = Number.POSITIVE_INFINITY;

  constructor(
    private readonly judging: OfAccount,
    private readonly given: Familiar,
    private readonly length: number,
  ) {}

  addDays(
    combination: string,
    days: ReadonlyMap<number, { readonly first: Match | undefined; readonly last: number }>,
  ) {
    const hash = this.hashOf(combination);
    let before = Number.NEGATIVE_INFINITY;
    for (const [, { first, last }] of [...days].toSorted(([a], [b]) => a - b)) {
      if (first !== undefined && before < first.at - this.length && !this.wasSeen(hash, first.at)) {
        const standing = this.given.replaced.of(replaceable(first));
        if (standing === undefined) this.decide(first, combination);
        // Which event was the next on that day is not kept, and of records that replace each other none is certain.
        else if (standing === 'circle' || last > first.at) this.leaveOpen(first);
        else continue;
      }
      before = last;
    }
  }

  /** An event that may be no match, or may show anything, is open unless what it shows was seen before. */
  addDoubtful(match: Match): void {
    const { group, at } = match;
    if (
      group !== undefined &&
      !Number.isNaN(at) &&
      (this.wasSeen(this.hashOf(group), at) || this.wasJustSeen(group, at))
    )
      return;
    for (const id of doubtOf(match)) this.open.add(id);
  }

  result(): Unfamiliar {
    const { window } = this.judging;
    const from = this.missingFrom;
    const span: Span = { from, to: window.from };
    const gap = from < window.from ? this.given.past.gap(span, this.given.regions) : undefined;
    return {
      found: this.found.toSorted((a, b) => a.at - b.at),
      open: [...this.open],
      gaps: gap === undefined ? this.gaps : [gap, ...this.gaps],
      isOutOfRange: false,
    };
  }

  private leaveOpen({ eventID, eventName, at, account, origin }: Match): void {
    if (at < this.judging.window.from) return;
    this.gaps.push({
      id: `replaced:${eventID}:${account}`,
      call: 'cloudtrail:LogFiles',
      accountId: account,
      region: 'global',
      resource: origin.object,
      reason: 'unsupported',
      message: `Event ${eventName} ${eventID} was replaced by a later record: what else showed the same on that day is not kept.`,
      at: this.given.at,
    });
  }

  private decide(first: Match, combination: string): void {
    const { holes, window, matches } = this.judging;
    // What happened before the window is another run's.
    if (first.at < window.from) return;
    const from = first.at - this.length;
    const missing =
      from < window.from
        ? this.given.past.gap({ from, to: Math.min(window.from, first.at) }, this.given.regions)
        : undefined;
    if (missing !== undefined) this.missingFrom = Math.min(this.missingFrom, from);
    const doubts = [
      ...gapsWithin(holes, Math.max(from, window.from), first.at - 1).map(({ id }) => id),
      ...matches
        .filter(({ group, at }) => (group === undefined || group === combination) && !(at < from) && !(at >= first.at))
        .flatMap(doubtOf),
    ];
    for (const it of doubts) this.open.add(it);
    if (missing === undefined && doubts.length === 0) this.found.push(first);
  }

  private hashOf(combination: string): string {
    return hashOfCombination(this.given.policyId, this.judging.account, combination);
  }

  /** Times at or behind the event say nothing of what was before it: a baseline may hold the window itself. */
  private wasSeen(hash: string, at: number): boolean {
    const isBefore = (it: number): boolean => it >= at - this.length && it < at;
    return this.given.past.seen(hash).some(([first, last]) => isBefore(first) || isBefore(last));
  }

  private wasJustSeen(combination: string, at: number): boolean {
    const days = this.given.combinations.get(combination)?.values() ?? [];
    const isBefore = (it: number): boolean => it >= at - this.length && it < at;
    return [...days].some(({ first, last }) => (first !== undefined && isBefore(first.at)) || isBefore(last));
  }
}

/** What may be replaced, as far as replacements ask. */
export function replaceable({ eventID, account, origin }: Match) {
  return { eventID, account, verified: origin.verified === true };
}
