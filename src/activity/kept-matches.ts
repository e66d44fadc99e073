import type { EventOrigin, LightEvent } from '../model/log-events.js';
import type { Match } from './match.js';
import { PackedRows } from './packed-rows.js';
import { ValueTable } from './value-table.js';

/** Numbers that stand for what matches have in common that differ in their id, time and object alone. */
const width = 8;
const [accountAt, nameAt, principalAt, addressAt, groupAt, keyAt, restAt, callersAt] = [0, 1, 2, 3, 4, 5, 6, 7];

/** For what matches have in common: places in a table. */
const slots = 4096;

/** What the groups of a policy come to at most, whenever it happened. */
export interface GroupTotal {
  readonly account: string;
  readonly events: number;
  readonly distinct: number;
  readonly sum: number;
}

/** What matches have in common that differ in their id, time and object alone. */
export type KeptRow = number;

/**
 * Matches of a policy that counts, of which there may be millions and of which few are ever shown: each is a row of
 * numbers. Only those are kept so that are what they seem and concern no other record.
 */
export class KeptMatches {
  private shared = new Int32Array(64 * width);
  private sharedCount = 0;
  /** Of each match: what it has in common with others, and its object. */
  private readonly rows = new PackedRows();
  /** By what it is: one more than the number of what was met last. */
  private readonly bySlot = new Int32Array(slots);
  private lastAccount = -1;
  private readonly texts = new ValueTable<string>();
  private readonly origins = new ValueTable<EventOrigin>();
  /** A number for two of them: by the first one and the second. */
  private readonly pairs: Map<number, number>[] = [];
  private pairCount = 0;
  private readonly restOf: Pick<Match, 'distinct' | 'amount' | 'shown'>[] = [];

  /** Of which there are matches here. */
  readonly accounts = new Set<string>();

  /** @returns false where it must be kept as it is */
  add(match: Match): boolean {
    const row = this.rowOf(match);
    if (row === undefined) return false;
    this.rows.push(row, this.origins.numberOf(match.origin), match.at, match.eventID);
    this.noteAccount(row);
    return true;
  }

  /** A match that has all else in common with others. */
  addLight(row: KeptRow, event: LightEvent, origin: EventOrigin): void {
    this.rows.pushLight(row, this.origins.numberOf(origin), event);
    this.noteAccount(row);
  }

  /** What is kept of a match but its id, time and object; undefined where it must be kept as it is. */
  rowOf(match: Match): KeptRow | undefined {
    const { doubt, sharedEventID, replaces, group, part, incidentKey, account } = match;
    if (doubt !== undefined || sharedEventID !== undefined || replaces !== undefined) return undefined;
    if (group === undefined || part !== 'where') return undefined;
    const { texts } = this;
    const at = this.sharedCount * width;
    if (at + width > this.shared.length) {
      const more = new Int32Array(this.shared.length * 2);
      more.set(this.shared);
      this.shared = more;
    }
    const { shared } = this;
    shared[at + accountAt] = texts.numberOf(account);
    shared[at + nameAt] = texts.numberOf(match.eventName);
    shared[at + principalAt] = texts.numberOf(match.principal);
    shared[at + addressAt] = texts.numberOf(match.sourceIPAddress);
    shared[at + groupAt] = texts.numberOf(group);
    shared[at + keyAt] = incidentKey === undefined ? -1 : texts.numberOf(incidentKey);
    shared[at + restAt] = this.restNumber(match);
    shared[at + callersAt] = Number(match.isCallers);
    // Most are like one of those before.
    const row = this.likeBefore(at);
    if (row === this.sharedCount) this.sharedCount += 1;
    return row;
  }

  private likeBefore(at: number): KeptRow {
    const { shared } = this;
    let hash = 0;
    for (let index = 0; index < width; index += 1) hash = Math.imul(hash ^ (shared[at + index] ?? 0), 0x9e3779b1);
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const known = (this.bySlot[slot] ?? 0) - 1;
    if (known >= 0 && isSame(shared, known * width, at)) return known;
    this.bySlot[slot] = this.sharedCount + 1;
    return this.sharedCount;
  }

  private noteAccount(row: KeptRow): void {
    const account = this.cell(row, accountAt);
    if (account === this.lastAccount) return;
    this.lastAccount = account;
    this.accounts.add(this.texts.at(account));
  }

  all(): Match[] {
    return Array.from({ length: this.rows.length }, (_, row) => this.matchOf(row));
  }

  /**
   * Those of groups that may be too many, or have other matches.
   *
   * @param others - that are not kept here: of one without a known group, any group of its account may be too large
   */
  ofGroups(others: readonly Match[], mayExceed: (total: GroupTotal) => boolean): Match[] {
    const chosen = new Set<string>();
    const open = new Set(others.filter((it) => it.group === undefined).map((it) => it.account));
    const joined = new Set(others.map((it) => `${it.account} ${it.group ?? ''}`));
    for (const [key, { account, group, events, values, sum }] of this.totals()) {
      const isJoined = open.has(account) || joined.has(`${account} ${group}`);
      if (isJoined || mayExceed({ account, events, distinct: values.size, sum })) chosen.add(key);
    }
    if (chosen.size === 0) return [];
    const isChosen = Array.from({ length: this.sharedCount }, (_, shared) => chosen.has(this.groupKey(shared)));
    const found: Match[] = [];
    for (let row = 0; row < this.rows.length; row += 1) {
      if (isChosen[this.rows.firstOf(row)] === true) found.push(this.matchOf(row));
    }
    return found;
  }

  /** Of each account the first that stands, from a time on. */
  firstSince(from: number, stands: (match: Match) => boolean): Match[] {
    const first = new Map<number, number>();
    for (let row = 0; row < this.rows.length; row += 1) {
      const at = this.rows.timeOf(row);
      const account = this.cell(this.rows.firstOf(row), accountAt);
      const other = first.get(account);
      const isFirst = other === undefined || at < this.rows.timeOf(other);
      if (at >= from && isFirst && stands(this.matchOf(row))) first.set(account, row);
    }
    return [...first.values()].map((row) => this.matchOf(row));
  }

  private totals() {
    const counts = new Int32Array(this.sharedCount);
    for (let row = 0; row < this.rows.length; row += 1) {
      const shared = this.rows.firstOf(row);
      counts[shared] = (counts[shared] ?? 0) + 1;
    }
    const totals = new Map<string, Total>();
    for (const [shared, count] of counts.entries()) {
      // A kind of records of which none was met.
      if (count === 0) continue;
      const key = this.groupKey(shared);
      let total = totals.get(key);
      if (total === undefined) {
        const [account, group] = [this.textAt(shared, accountAt), this.textAt(shared, groupAt)];
        total = { account, group, events: 0, values: new Set(), sum: 0 };
        totals.set(key, total);
      }
      const { distinct = [], amount } = this.restOfShared(shared);
      total.events += count;
      // What is not added up in whole numbers may come to a little more.
      total.sum += Number.isInteger(amount) ? Math.max(0, amount) * count : Number.POSITIVE_INFINITY;
      for (const it of distinct) total.values.add(it);
    }
    return totals;
  }

  private groupKey(shared: number): string {
    return `${this.cell(shared, accountAt)} ${this.cell(shared, groupAt)}`;
  }

  private matchOf(row: number): Match {
    const shared = this.rows.firstOf(row);
    const key = this.cell(shared, keyAt);
    return {
      part: 'where',
      eventID: this.rows.idOf(row),
      at: this.rows.timeOf(row),
      account: this.textAt(shared, accountAt),
      eventName: this.textAt(shared, nameAt),
      principal: this.textAt(shared, principalAt),
      sourceIPAddress: this.textAt(shared, addressAt),
      origin: this.origins.at(this.rows.secondOf(row)),
      sharedEventID: undefined,
      isCallers: this.cell(shared, callersAt) === 1,
      group: this.textAt(shared, groupAt),
      incidentKey: key < 0 ? undefined : this.texts.at(key),
      ...this.restOfShared(shared),
      doubt: undefined,
    };
  }

  /** What is counted and shown is the same for many: a number for the numbers of its parts. */
  private restNumber({ distinct, amount, shown }: Match): number {
    const only = distinct?.length === 1 && amount === 1 ? distinct[0] : undefined;
    const [kind, text] = only === undefined ? [0, JSON.stringify([distinct, amount])] : [1, only];
    let number = this.paired(-1, kind);
    number = this.paired(number, this.texts.numberOf(text));
    for (const it of shown) number = this.paired(number, it === undefined ? -1 : this.texts.numberOf(it));
    this.restOf[number] ??= { distinct, amount, shown };
    return number;
  }

  private paired(first: number, second: number): number {
    const ofFirst = this.pairs[first + 1] ?? new Map<number, number>();
    this.pairs[first + 1] = ofFirst;
    const known = ofFirst.get(second);
    if (known !== undefined) return known;
    this.pairCount += 1;
    ofFirst.set(second, this.pairCount);
    return this.pairCount;
  }

  private restOfShared(shared: number): Pick<Match, 'distinct' | 'amount' | 'shown'> {
    const rest = this.restOf[this.cell(shared, restAt)];
    if (rest === undefined) throw new Error('a row has what is counted and shown');
    return rest;
  }

  private textAt(shared: number, column: number): string {
    return this.texts.at(this.cell(shared, column));
  }

  private cell(shared: number, column: number): number {
    return this.shared[shared * width + column] ?? -1;
  }
}

function isSame(shared: Int32Array, one: number, other: number): boolean {
  for (let index = 0; index < width; index += 1) if (shared[one + index] !== shared[other + index]) return false;
  return true;
}

interface Total {
  readonly account: string;
  readonly group: string;
  events: number;
  readonly values: Set<string>;
  sum: number;
}
