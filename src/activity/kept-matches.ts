import type { EventOrigin } from '../model/log-events.js';
import type { Match } from './match.js';

/** Numbers that stand for the parts of a match. */
const width = 8;
const [accountAt, nameAt, principalAt, addressAt, originAt, groupAt, keyAt, restAt] = [0, 1, 2, 3, 4, 5, 6, 7];

/** What the groups of a policy come to at most, whenever it happened. */
export interface GroupTotal {
  readonly account: string;
  readonly events: number;
  readonly distinct: number;
  readonly sum: number;
}

/** What matches have in common that differ in their id, time and object alone. */
export interface KeptRow {
  readonly numbers: Int32Array;
  readonly account: string;
  readonly isCallers: boolean;
}

/**
 * Matches of a policy that counts, of which there may be millions and of which few are ever shown: each is a row of
 * numbers. Only those are kept so that are what they seem and concern no other record.
 */
export class KeptMatches {
  private rows = new Int32Array(64 * width);
  private readonly times: number[] = [];
  private readonly ids: string[] = [];
  private readonly isCallers: boolean[] = [];
  private readonly texts = new Table<string>();
  private readonly origins = new Table<EventOrigin>();
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
    this.addRow(row, match.eventID, match.at, match.origin);
    return true;
  }

  /** What is kept of a match but its id, time and object; undefined where it must be kept as it is. */
  rowOf(match: Match): KeptRow | undefined {
    const { doubt, sharedEventID, replaces, group, part, incidentKey, account } = match;
    if (doubt !== undefined || sharedEventID !== undefined || replaces !== undefined) return undefined;
    if (group === undefined || part !== 'where') return undefined;
    const { texts } = this;
    const numbers = new Int32Array(width);
    numbers[accountAt] = texts.numberOf(account);
    numbers[nameAt] = texts.numberOf(match.eventName);
    numbers[principalAt] = texts.numberOf(match.principal);
    numbers[addressAt] = texts.numberOf(match.sourceIPAddress);
    numbers[groupAt] = texts.numberOf(group);
    numbers[keyAt] = incidentKey === undefined ? -1 : texts.numberOf(incidentKey);
    numbers[restAt] = this.restNumber(match);
    return { numbers, account, isCallers: match.isCallers };
  }

  addRow({ numbers, account, isCallers }: KeptRow, eventID: string, at: number, origin: EventOrigin): void {
    const row = this.ids.length * width;
    if (row + width > this.rows.length) {
      const more = new Int32Array(this.rows.length * 2);
      more.set(this.rows);
      this.rows = more;
    }
    this.rows.set(numbers, row);
    this.rows[row + originAt] = this.origins.numberOf(origin);
    this.accounts.add(account);
    this.times.push(at);
    this.ids.push(eventID);
    this.isCallers.push(isCallers);
  }

  all(): Match[] {
    return this.ids.map((_, row) => this.matchOf(row));
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
    return this.ids.flatMap((_, row) => (chosen.has(this.groupKey(row)) ? this.matchOf(row) : []));
  }

  /** Of each account the first that stands, from a time on. */
  firstSince(from: number, stands: (match: Match) => boolean): Match[] {
    const first = new Map<number, number>();
    for (const [row, at] of this.times.entries()) {
      const account = this.cell(row, accountAt);
      const other = first.get(account);
      const isFirst = other === undefined || at < (this.times[other] ?? at);
      if (at >= from && isFirst && stands(this.matchOf(row))) first.set(account, row);
    }
    return [...first.values()].map((row) => this.matchOf(row));
  }

  private totals() {
    const totals = new Map<string, Total>();
    for (const row of this.ids.keys()) {
      const key = this.groupKey(row);
      let total = totals.get(key);
      if (total === undefined) {
        const [account, group] = [this.textAt(row, accountAt), this.textAt(row, groupAt)];
        total = { account, group, events: 0, values: new Set(), sum: 0 };
        totals.set(key, total);
      }
      const { distinct = [], amount } = this.restAtRow(row);
      total.events += 1;
      total.sum += Math.max(0, amount);
      for (const it of distinct) total.values.add(it);
    }
    return totals;
  }

  private groupKey(row: number): string {
    return `${this.cell(row, accountAt)} ${this.cell(row, groupAt)}`;
  }

  private matchOf(row: number): Match {
    const key = this.cell(row, keyAt);
    return {
      part: 'where',
      eventID: this.ids[row] ?? '',
      at: this.times[row] ?? Number.NaN,
      account: this.textAt(row, accountAt),
      eventName: this.textAt(row, nameAt),
      principal: this.textAt(row, principalAt),
      sourceIPAddress: this.textAt(row, addressAt),
      origin: this.origins.at(this.cell(row, originAt)),
      sharedEventID: undefined,
      isCallers: this.isCallers[row] === true,
      group: this.textAt(row, groupAt),
      incidentKey: key < 0 ? undefined : this.texts.at(key),
      ...this.restAtRow(row),
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

  private restAtRow(row: number): Pick<Match, 'distinct' | 'amount' | 'shown'> {
    const rest = this.restOf[this.cell(row, restAt)];
    if (rest === undefined) throw new Error('a row has what is counted and shown');
    return rest;
  }

  private textAt(row: number, column: number): string {
    return this.texts.at(this.cell(row, column));
  }

  private cell(row: number, column: number): number {
    return this.rows[row * width + column] ?? -1;
  }
}

interface Total {
  readonly account: string;
  readonly group: string;
  events: number;
  readonly values: Set<string>;
  sum: number;
}

/** Numbers for values that come again and again. */
class Table<T> {
  private readonly numbers = new Map<T, number>();
  private readonly values: T[] = [];

  numberOf(value: T): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.numbers.set(value, number);
    this.values.push(value);
    return number;
  }

  at(number: number): T {
    const value = this.values[number];
    if (value === undefined) throw new Error('a row names what is in the table');
    return value;
  }
}
