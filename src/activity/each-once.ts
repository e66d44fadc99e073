import { Unknown } from '../expression/index.js';
import type { Replacements } from '../model/replacements.js';
import { byText } from '../text/order.js';
import type { Match } from './match.js';

/**
 * Each event once, by time: the same event in two objects is one, a replacement stands for what it replaces, and of
 * records of one action in several accounts the caller's counts. What is kept depends on no order of reading.
 *
 * @param perAccount - an account's own record of an action counts for it, whoever made the call
 */
export function eachOnce(matches: readonly Match[], replaced: Replacements, perAccount: boolean): Match[] {
  const sorted = matches.flatMap((it) => standing(it, replaced) ?? []).toSorted(byPreference);
  const once: Match[] = [];
  for (const match of sorted) {
    if (!hasSame(once, match)) once.push(match);
  }
  return (perAccount ? once : withoutShared(once)).toSorted(byTime);
}

/**
 * Whether a record of the event is kept, of those that stand last. Under one id, what another account or group has is
 * another event: a file that somebody put there must not hide one.
 */
function hasSame(kept: readonly Match[], match: Match): boolean {
  for (let index = kept.length - 1; index >= 0; index -= 1) {
    const other = kept[index];
    if (other === undefined || other.eventID !== match.eventID || other.part !== match.part) return false;
    const isOfGroup = other.group === match.group || other.group === undefined || match.group === undefined;
    if (other.account === match.account && isOfGroup) return true;
  }
  return false;
}

/** The event where it stands; in doubt where records replace each other; undefined where another stands for it. */
function standing(match: Match, replaced: Replacements): Match | undefined {
  const { eventID, account, origin, doubt } = match;
  switch (replaced.of({ eventID, account, verified: origin.verified === true })) {
    case undefined: {
      return match;
    }
    case 'replaced': {
      return undefined;
    }
    case 'circle': {
      const open = new Unknown([`circle:${eventID}`]);
      return { ...match, doubt: doubt?.and(open) ?? open };
    }
  }
}

function orderOf({ at }: Match): number {
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
}

/** The first of the records of an event is kept: what is certain before what is not, a verified object before others. */
function byPreference(a: Match, b: Match): number {
  return (
    byText(a.eventID, b.eventID) ||
    byText(a.part, b.part) ||
    Number(a.doubt !== undefined) - Number(b.doubt !== undefined) ||
    Number(b.origin.verified === true) - Number(a.origin.verified === true) ||
    byText(a.origin.object, b.origin.object) ||
    orderOf(a) - orderOf(b) ||
    byText(a.account, b.account) ||
    byText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** What happened at a time that is not known stands behind everything else. */
export function byTime(a: Match, b: Match): number {
  return orderOf(a) - orderOf(b) || byText(a.eventID, b.eventID) || byText(a.part, b.part);
}

/** Records of one action say the same of it: others that bear its id are not of it, and hide nothing. */
function actionOf({ part, sharedEventID, eventName, at }: Match): string {
  return JSON.stringify([part, sharedEventID, eventName, at]);
}

function withoutShared(matches: readonly Match[]): readonly Match[] {
  const kept = new Map<string, Match>();
  for (const match of matches) {
    if (match.sharedEventID === undefined) continue;
    const key = actionOf(match);
    const other = kept.get(key);
    if (other === undefined || isPreferred(match, other)) kept.set(key, match);
  }
  return matches.filter((it) => it.sharedEventID === undefined || kept.get(actionOf(it)) === it);
}

/** What is certain, then the caller's record. */
function isPreferred(a: Match, b: Match): boolean {
  if ((a.doubt === undefined) !== (b.doubt === undefined)) return a.doubt === undefined;
  if (a.isCallers !== b.isCallers) return a.isCallers;
  return byText(a.account, b.account) < 0;
}
