import { createHash } from 'node:crypto';
import { isObject } from '../model/is-object.js';
import type { EventOrigin, EventRecord } from '../model/log-events.js';
import { Replacements } from '../model/replacements.js';
import { byText } from '../text/order.js';

/** An event with where it was read. */
export interface FoundEvent {
  readonly record: EventRecord;
  readonly origin: EventOrigin;
}

/**
 * The id under which an event occurs once: records of one action that two accounts are told share an id. Undefined for a
 * record without an id.
 */
function identityOf(record: EventRecord): string | undefined {
  return textIn(record, 'sharedEventID') ?? textIn(record, 'eventID');
}

/** The id of the earlier event that the record replaces; undefined when it is no update. */
function replacedBy({ addendum }: EventRecord): string | undefined {
  if (!isObject(addendum) || addendum['reason'] !== 'UPDATED_DATA') return undefined;
  return textIn(addendum, 'originalEventID');
}

/**
 * Events, each once, in whatever order they are read: an object under two trails, or an organization's trail beside an
 * account's own, shows them several times. What is not the same under one id is kept: a file that somebody put there must
 * not hide an event.
 */
export class UniqueEvents<T extends FoundEvent> {
  private readonly byIdentity = new Map<string, T[]>();
  private readonly without: T[] = [];
  private readonly replaced = new Replacements();

  /** Takes an event that is wanted. */
  add(event: T): void {
    this.replace(event);
    const identity = identityOf(event.record);
    if (identity === undefined) {
      this.without.push(event);
      return;
    }
    const its = this.byIdentity.get(identity);
    if (its === undefined) this.byIdentity.set(identity, [event]);
    else join(its, event);
  }

  /** Takes an update that is not wanted itself: the event that it replaces is not, either. */
  replace({ record, origin }: FoundEvent): void {
    const original = replacedBy(record);
    if (original === undefined || original === record['eventID']) return;
    const verified = origin.verified === true;
    this.replaced.add({ original, by: textIn(record, 'eventID'), account: accountOf(record), verified });
  }

  /** In the order in which each came first. */
  all(): T[] {
    const its = [...this.byIdentity.values(), this.without].flat();
    // Where records replace each other, all of them are shown.
    return its.filter(({ record, origin }) => {
      const verified = origin.verified === true;
      const event = { eventID: textIn(record, 'eventID') ?? '', account: accountOf(record), verified };
      return this.replaced.of(event) !== 'replaced';
    });
  }
}

function accountOf(record: EventRecord): string | undefined {
  const { userIdentity } = record;
  return (
    textIn(record, 'recipientAccountId') ?? (isObject(userIdentity) ? textIn(userIdentity, 'accountId') : undefined)
  );
}

function join<T extends FoundEvent>(its: T[], event: T): void {
  const same = its.findIndex((it) => isSame(it, event));
  const known = its[same];
  if (known === undefined) its.push(event);
  else if (outranks(event, known)) its[same] = event;
}

/** Records of two accounts differ by design, and are of one call; those of one id are the same, or one is not AWS's. */
function isSame(a: FoundEvent, b: FoundEvent): boolean {
  if (textIn(a.record, 'eventID') !== textIn(b.record, 'eventID')) {
    return ['eventSource', 'eventName', 'eventTime'].every((it) => a.record[it] === b.record[it]);
  }
  return contentOf(a.record) === contentOf(b.record);
}

/** Which of two records of one event stands: a verified one, the caller's, an update; then by its object. */
function outranks(a: FoundEvent, b: FoundEvent): boolean {
  const ranks = [a, b].map(({ record, origin }) => [
    origin.verified === true ? 0 : 1,
    isCallers(record) ? 0 : 1,
    replacedBy(record) === undefined ? 1 : 0,
  ]);
  const [one = [], other = []] = ranks;
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  const ids = byText(textIn(a.record, 'eventID') ?? '', textIn(b.record, 'eventID') ?? '');
  return (ids === 0 ? byText(a.origin.object, b.origin.object) : ids) < 0;
}

/** The record of the account that called, and not the one of the account whose resource it is. */
function isCallers({ userIdentity, recipientAccountId }: EventRecord): boolean {
  return isObject(userIdentity) && recipientAccountId !== undefined && userIdentity['accountId'] === recipientAccountId;
}

function contentOf(record: EventRecord): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(record)))
    .digest('base64');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => byText(a, b))
    .map(([name, it]) => [name, sorted(it)]);
}

function textIn(object: EventRecord, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
