import type { CoverageCell, EventCoverage, HourState, LogPlace } from '../model/log-events.js';
import type { Gap } from '../model/results.js';
import { byText } from '../text/order.js';
import { spanOf, type ExpectedPlace } from './expected-places.js';
import type { FileFacts } from './log-file.js';
import type { LogObject } from './log-object.js';
import { noLogFile, silentMessage, type Silence } from './silence.js';
import { withoutManagement, type EventsOfPlace } from './without-management.js';
import { hour, hoursOf, hourText, latest, minute, startOfHour, type Window } from './window.js';

/**
 * Events come in a log file about 5 minutes after the call, which AWS does not promise. An hour counts as there only with
 * what was delivered until so long behind it:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
export const deliveredWithin = 15 * minute;

/** Why something was not read, before it has a number. */
export interface Trouble {
  /** The account that it is of, where that is all that is known. */
  readonly account?: string;
  readonly call: string;
  readonly resource: string;
  readonly reason: Gap['reason'];
  readonly message: string;
}

interface PlaceBook extends EventsOfPlace {
  /** Hours of which an event was read in a file that was delivered within the hour, or that has no time of delivery. */
  readonly present: Set<number>;
  /** Hours of which a file that is named for the place holds events of other places alone. */
  readonly foreign: Set<number>;
  /** The first trouble of an hour. */
  readonly unreadable: Map<number, Trouble>;
  /** Why an hour is not proven that should be. */
  readonly unproven: Map<number, string>;
  empty: number;
}

/** What was there to be read, written down while it is read. */
export class CoverageBook {
  private readonly places = new Map<string, PlaceBook>();
  private readonly troubles: Trouble[] = [];
  private readonly lookedIn: LogPlace[] = [];

  constructor(
    private readonly window: Window,
    /** Undefined: those that are seen. */
    private readonly expected: readonly ExpectedPlace[] | undefined,
    /** When the run reads, ISO 8601. */
    private readonly at: string,
    /** Where the window that is asked begins: hours before it are told apart. Milliseconds. */
    private readonly askedFrom: number = window.from,
    private readonly silence: Silence = noLogFile,
  ) {}

  /** The account and Region occur, whether or not something of the window is there. */
  see(account: string, region: string): void {
    this.placeOf(account, region);
  }

  /** Log files are looked for there. */
  looksIn(place: LogPlace): void {
    this.lookedIn.push(place);
  }

  /** A file was read to its end. */
  read({ name, isStranger }: LogObject, facts: FileFacts): void {
    if (name !== undefined) {
      const { foreign } = this.placeOf(name.account, name.region);
      for (const it of facts.foreignHours) foreign.add(it);
    }
    for (const key of facts.hours.keys()) {
      const [account = '', region = '', start = ''] = key.split('/');
      const place = this.placeOf(account, region);
      const its = Number(start);
      place.seen.add(its);
      place.hasManagement ||= facts.hasManagement;
      place.isMixed ||= facts.isMixed;
      const isThere = name === undefined ? isStranger !== true : startOfHour(name.delivered) === its;
      if (isThere) {
        place.present.add(its);
        place.othersOnly.set(its, !facts.hasManagement && place.othersOnly.get(its) !== false);
      }
    }
    if (name !== undefined && facts.records === 0) this.placeOf(name.account, name.region).empty += 1;
  }

  /** All of a time was read: nothing can be missing. */
  readSpan(account: string, region: string, span: Window): void {
    const { present } = this.placeOf(account, region);
    for (const it of hoursOf(span)) present.add(it);
  }

  /** A file was not read, or not to its end: events of what it should hold may be missing. */
  unread({ name }: LogObject, trouble: Trouble): void {
    if (name === undefined) this.troubles.push(trouble);
    else this.undelivered(name.account, name.region, name.delivered, trouble);
  }

  /** What was delivered in a minute is missing: it held events of the time before, and may have held late ones. */
  undelivered(account: string, region: string, delivered: number, trouble: Trouble): void {
    this.undeliveredSpan(account, region, { from: delivered, to: delivered + minute }, trouble);
  }

  /** The same of what was delivered in a time. */
  undeliveredSpan(account: string, region: string, { from, to }: Window, trouble: Trouble): void {
    this.unreadSpan(account, region, { from: from - latest, to }, trouble);
  }

  unreadHour(account: string, region: string, start: number, trouble: Trouble): void {
    this.unreadSpan(account, region, { from: start, to: start + hour }, trouble);
  }

  /** What was delivered for an account and Region in a time is not known, or is not as it was. */
  unreadSpan(account: string, region: string, span: Window, trouble: Trouble): void {
    const { unreadable } = this.placeOf(account, region);
    for (const it of hoursOf(span)) if (!unreadable.has(it)) unreadable.set(it, trouble);
  }

  /** Accounts of which only the Regions are expected that nobody can switch off. */
  openRegions(accounts: readonly string[]): void {
    for (const account of accounts) {
      const message = `Which Regions account ${account} has enabled is not known: events of others than the default ones may be missing.`;
      this.trouble({ account, call: 'account:ListRegions', resource: account, reason: 'not-collected', message });
    }
  }

  /** Something that cannot be told of any account and Region. */
  trouble(trouble: Trouble): void {
    this.troubles.push(trouble);
  }

  /** A valid chain of digest files spans the hour, and what it lists was read. */
  proved(account: string, region: string, start: number): void {
    this.placeOf(account, region).proven.add(start);
  }

  /** Digest files are there, and do not prove the hour. */
  unproven(account: string, region: string, start: number, why: string): void {
    const { unproven } = this.placeOf(account, region);
    if (!unproven.has(start)) unproven.set(start, why);
  }

  /** Accounts and Regions of which something was met. */
  seenPlaces(): readonly { readonly account: string; readonly region: string }[] {
    return [...this.places.values()].map(({ account, region }) => ({ account, region }));
  }

  result(): EventCoverage {
    const gaps = new GapNumbers(this.at);
    const cells = this.spans().flatMap(({ place, span }) => this.cellsOf(place, span, gaps));
    return {
      from: new Date(this.window.from).toISOString(),
      to: new Date(this.window.to).toISOString(),
      cells,
      ...(this.lookedIn.length === 0 ? {} : { places: this.lookedIn }),
      ...this.withoutManagement(gaps),
      gaps: this.troubles.toSorted(byTrouble).map((it) => gaps.of(it, it.account ?? 'unknown', 'unknown')),
    };
  }

  /**
   * Accounts and Regions of which other events than management events were delivered where those may be missing: all of
   * them, or hours of them, where no file says that one trail delivers both.
   */
  private withoutManagement(gaps: GapNumbers): Pick<EventCoverage, 'withoutManagement'> {
    const found = [...this.places.values()].flatMap((place) => {
      const { account, region } = place;
      const asked = hoursOf(this.window).filter((it) => it + hour > this.askedFrom);
      const message = withoutManagement(place, asked);
      if (message === undefined) return [];
      const resource = `${account}/${region}`;
      return gaps.of({ call: 'log-file', resource, reason: 'not-collected', message }, account, region);
    });
    return found.length === 0 ? {} : { withoutManagement: found.toSorted((a, b) => byText(a.id, b.id)) };
  }

  private spans(): readonly { readonly place: PlaceBook; readonly span: Window }[] {
    // What was met beyond what is expected is there all the same, and its holes are, too.
    const spans = new Map([...this.places].map(([key, place]) => [key, { place, span: this.window }]));
    for (const it of this.expected ?? []) {
      const place = this.placeOf(it.account, it.region);
      const { from, to } = spanOf(it, this.window);
      // An account may have had logs before it joined: what is there is asked, and what is missing of it.
      const met = hoursOf(this.window).find((start) => stateOf(place, start) !== 'silent');
      spans.set(`${it.account}/${it.region}`, { place, span: { from: Math.min(from, met ?? from), to } });
    }
    return [...spans].toSorted(([a], [b]) => byText(a, b)).map(([, it]) => it);
  }

  private cellsOf(place: PlaceBook, span: Window, gaps: GapNumbers): CoverageCell[] {
    const { account, region } = place;
    const hours = hoursOf(span);
    const isBefore = (it: number): boolean => it + hour <= this.askedFrom;
    const silent = hours.filter((it) => stateOf(place, it) === 'silent');
    // What is said of them is the same for all: of years, there are many.
    const before = once(() => silentMessage(place, silent.filter(isBefore), this.silence));
    const within = once(() =>
      silentMessage(
        place,
        silent.filter((it) => !isBefore(it)),
        this.silence,
      ),
    );
    return hours.map((start) => {
      const state = stateOf(place, start);
      const trouble = troubleOf(place, start, state, isBefore(start) ? before : within);
      const cell = { account, region, hour: hourText(start), state };
      return trouble === undefined ? cell : Object.assign(cell, { gap: gaps.of(trouble, account, region) });
    });
  }

  private placeOf(account: string, region: string): PlaceBook {
    const key = `${account}/${region}`;
    let place = this.places.get(key);
    if (place === undefined) {
      place = {
        account,
        region,
        present: new Set(),
        foreign: new Set(),
        seen: new Set(),
        proven: new Set(),
        unreadable: new Map(),
        unproven: new Map(),
        empty: 0,
        hasManagement: false,
        isMixed: false,
        othersOnly: new Map(),
      };
      this.places.set(key, place);
    }
    return place;
  }
}

function stateOf(place: PlaceBook, start: number): HourState {
  if (place.unreadable.has(start)) return 'unreadable';
  if (place.proven.has(start)) return 'proven';
  return place.present.has(start) ? 'present' : 'silent';
}

function troubleOf(place: PlaceBook, start: number, state: HourState, silence: () => string): Trouble | undefined {
  if (state === 'unreadable') return place.unreadable.get(start);
  const why = place.unproven.get(start);
  const resource = `${place.account}/${place.region}`;
  if (why !== undefined && state !== 'proven')
    return { call: 'log-file', resource, reason: 'not-collected', message: why };
  if (state !== 'silent') return undefined;
  // One gap for all silent hours of a place.
  return { call: 'log-file', resource, reason: 'not-collected', message: silence() };
}

function once(work: () => string): () => string {
  let done: string | undefined;
  return () => (done ??= work());
}

/** Gives gaps their numbers; what is told twice is one gap. */
class GapNumbers {
  private readonly gaps = new Map<string, Gap>();

  constructor(private readonly at: string) {}

  of({ call, resource, reason, message }: Trouble, accountId: string, region: string): Gap {
    const key = JSON.stringify([call, resource, reason, message, accountId, region]);
    let gap = this.gaps.get(key);
    if (gap === undefined) {
      gap = { id: `log-${this.gaps.size + 1}`, call, accountId, region, resource, reason, message, at: this.at };
      this.gaps.set(key, gap);
    }
    return gap;
  }
}

function byTrouble(a: Trouble, b: Trouble): number {
  return byText(a.resource, b.resource) || byText(a.message, b.message);
}

/** What a proof must span for all events of an hour within the window: what is delivered behind it, too. */
export function spanToProve(start: number, window: Window): Window {
  return { from: Math.max(start, window.from), to: Math.min(start + hour, window.to) + deliveredWithin };
}
