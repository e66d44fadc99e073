import {
  evaluate,
  render,
  Unknown,
  type Scope,
  type Template,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import type { EventOrigin, EventRecord } from '../model/log-events.js';
import type { ActivityForm, CompiledActivity } from './compiled-activity.js';
import { accountOf, principalOf, textIn, timeOf } from './event-facts.js';
import { combinationOf } from './familiar-question.js';
import { eventObject } from './event-object.js';
import { keyOf, scopeOf, valuesOf } from './scope.js';

/** An event that a policy speaks of, or may speak of: what is kept of it. */
export interface Match {
  /** `where`, or the `then` of a sequence. */
  readonly part: 'where' | 'then';
  readonly eventID: string;
  /** Milliseconds. */
  readonly at: number;
  readonly account: string;
  readonly eventName: string;
  readonly principal: string;
  readonly sourceIPAddress: string;
  readonly origin: EventOrigin;
  readonly sharedEventID: string | undefined;
  /** The event that this record replaces, with another id. */
  readonly replaces?: string;
  /** The record is that of the account that made the call. */
  readonly isCallers: boolean;
  /** What is counted together, or must be the same in both events of a sequence; undefined: not known. */
  readonly group: string | undefined;
  /** What makes it part of an incident; undefined: it is one by itself, or that is not known. */
  readonly incidentKey: string | undefined;
  /** The values that `distinct` counts: of a list, its members; undefined: not known. */
  readonly distinct: readonly string[] | undefined;
  /** What `sum` adds, and how many values an unknown `distinct` may have; otherwise 1. */
  readonly amount: number;
  /** The parts of the message that speak of the event, by their place. */
  readonly shown: readonly (string | undefined)[];
  /** Undefined: it is one. Otherwise what leaves open whether it is. */
  readonly doubt: Unknown | undefined;
}

/** A record with what each policy asks of it at hand. */
export interface SeenEvent {
  readonly record: EventRecord;
  readonly origin: EventOrigin;
  readonly event: ViewObject;
  readonly eventID: string;
  readonly account: string;
  /** Undefined: the record does not tell. */
  readonly at: number | undefined;
  readonly unread: Unknown;
  /** The text that is kept for all that are equal. */
  readonly kept: (text: string) => string;
}

const groupSeparator = '\u0000';

/** What stands for the account of a record that names none. */
export const unknownAccount = 'unknown';

export function seenEvent(
  record: EventRecord,
  origin: EventOrigin,
  eventID: string,
  kept: (text: string) => string,
): SeenEvent {
  const unread = new Unknown([`event:${eventID}`]);
  return {
    record,
    origin,
    event: eventObject(record, unread),
    eventID,
    account: kept(accountOf(record) ?? unknownAccount),
    at: timeOf(record),
    unread,
    kept,
  };
}

/** What a policy makes of an event: nothing, where it is not spoken of. */
export function matchesOf(activity: CompiledActivity, params: ViewObject, seen: SeenEvent): readonly Match[] {
  const scope = scopeOf({ event: seen.event, params });
  const { form } = activity;
  const first = matchOf('where', activity, scope, seen);
  const second = form.kind === 'followed-by' ? matchOf('then', activity, scope, seen) : undefined;
  return [first, second].filter((it) => it !== undefined);
}

function matchOf(part: 'where' | 'then', activity: CompiledActivity, scope: Scope, seen: SeenEvent): Match | undefined {
  const { form, except, incidentBy, message } = activity;
  const isThen = part === 'then' && form.kind === 'followed-by';
  const doubts: Unknown[] = [];
  const condition = isThen ? form.next : form.where;
  if (!holds(evaluate(condition, scope), true, doubts)) return undefined;
  if (!isThen && except !== undefined && !holds(evaluate(except, scope), false, doubts)) return undefined;
  if (seen.at === undefined) doubts.push(seen.unread);
  const known = (text: string | Unknown): string | undefined => {
    if (typeof text === 'string') return seen.kept(text);
    doubts.push(text);
    return undefined;
  };
  const group = known(
    form.kind === 'familiar' ? combinationOf(form.what, scope) : keyOf(groupBy(activity), scope, groupSeparator),
  );
  // An event without a key is an incident all the same.
  const key = isThen || incidentBy.length === 0 ? undefined : keyOf(incidentBy, scope, ', ');
  const counted = countedOf(form, scope, doubts);
  const { record, origin, account, at, eventID, unread, kept } = seen;
  return {
    part,
    eventID,
    at: at ?? Number.NaN,
    account,
    eventName: kept(textIn(record, 'eventName') ?? ''),
    principal: kept(principalIn(seen)),
    sourceIPAddress: kept(textIn(record, 'sourceIPAddress') ?? ''),
    origin,
    sharedEventID: textIn(record, 'sharedEventID'),
    isCallers: textIn(record, 'userIdentity', 'accountId') === account,
    group,
    incidentKey: typeof key === 'string' ? kept(key) : undefined,
    ...counted,
    shown: isThen ? nothingShown : shownParts(message, scope, kept),
    doubt: doubts.length === 0 ? undefined : doubts.reduce((sumOf, it) => sumOf.and(it), withGap(doubts, unread)),
  };
}

/** Worked out once for all policies. */
function principalIn({ event, record }: SeenEvent): string {
  const principal = event.get('principal');
  return typeof principal === 'string' ? principal : principalOf(record);
}

/** What an event adds to a count. */
function countedOf(form: ActivityForm, scope: Scope, doubts: Unknown[]): Pick<Match, 'distinct' | 'amount'> {
  if (form.kind !== 'at-most') return { distinct: [], amount: 1 };
  const values = form.distinct === undefined ? [] : valuesOf(form.distinct, scope);
  if (values instanceof Unknown) {
    doubts.push(values);
    const mayBeMany = form.distinct?.type.kind === 'list';
    return { distinct: undefined, amount: mayBeMany ? Number.POSITIVE_INFINITY : 1 };
  }
  const sum = form.sum === undefined ? 1 : evaluate(form.sum, scope);
  if (sum instanceof Unknown) doubts.push(sum);
  return { distinct: values, amount: typeof sum === 'number' ? sum : Number.POSITIVE_INFINITY };
}

/** What is out of range names no gap; then the event is what could not be judged. */
function withGap(doubts: readonly Unknown[], unread: Unknown): Unknown {
  return doubts.every((it) => it.gaps.length === 0) ? unread : new Unknown([]);
}

function groupBy({ form }: CompiledActivity): readonly CompiledActivity['incidentBy'][number][] {
  if (form.kind === 'at-most') return form.by;
  return form.kind === 'followed-by' ? form.same : [];
}

/** False only where the value certainly is not the one that is wanted. */
function holds(value: Value, wanted: boolean, doubts: Unknown[]): boolean {
  if (typeof value === 'boolean') return value === wanted;
  doubts.push(value instanceof Unknown ? value : new Unknown([]));
  return true;
}

/** The message's parts that can be told from the event alone; those that speak of the incident are told later. */
const nothingShown: Match['shown'] = [];

function shownParts(message: Template, scope: Scope, kept: SeenEvent['kept']): Match['shown'] {
  return message.parts.map((part) => {
    if (typeof part === 'string' || speaksOfIncident(part)) return undefined;
    return kept(render({ parts: [part] }, scope));
  });
}

const incidentParts = new WeakMap<object, boolean>();

function speaksOfIncident(part: Exclude<Template['parts'][number], string>): boolean {
  const known = incidentParts.get(part);
  if (known !== undefined) return known;
  const speaks = part.reads.some((it) => it.startsWith('Incident.'));
  incidentParts.set(part, speaks);
  return speaks;
}
