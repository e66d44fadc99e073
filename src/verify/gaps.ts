import type { FindingEffect, GapCause } from '../model/verification.js';
import { nominalSpan, type Chain, type Row, type Trouble } from './chain.js';
import { deliveredUntil, isFinal, knownReason, type GapFacts } from './known-reason.js';
import { parseDigestName, type DigestName } from './object-names.js';
import { without, type Span } from './spans.js';
import { compactTime, dayFolders, formatTime, hour, minute } from './timestamps.js';

export interface Gap extends Span {
  readonly cause: GapCause;
  readonly effect: FindingEffect;
  readonly message: string;
  /** Keys of digest files that must have been there. */
  readonly missing: readonly string[];
}

/** A chain with what it lacks. */
export interface JudgedChain {
  readonly chain: Chain;
  readonly gaps: readonly Gap[];
}

/** The parts of the window that no valid digest file covers, in order of time, each with its cause. */
export function gapsOf(chain: Chain, facts: GapFacts): Gap[] {
  const gaps: Gap[] = [];
  for (const hole of without(facts.window, chain.covered)) {
    const troubles = chain.troubles.filter(({ name }) => overlaps(nominalSpan(name), hole));
    const troubled = troubles.map(({ name }) => clip(nominalSpan(name), hole));
    for (const trouble of troubles) gaps.push(ofTrouble(trouble, clip(nominalSpan(trouble.name), hole)));
    const rest = without(hole, mergeSorted(troubled));
    const starts = chain.rows.filter((it) => it.from === it.to).map((it) => it.from);
    for (const span of rest.flatMap((it) => splitAt(it, starts))) gaps.push(...explain(span, chain, facts));
  }
  return gaps.toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function ofTrouble({ name, verdict, message }: Trouble, span: Span): Gap {
  const what = `The digest file ${name.key} ${message}.`;
  switch (verdict) {
    case 'invalid': {
      return { ...span, cause: 'invalid-digest', effect: 'tampering', message: what, missing: [] };
    }
    case 'unreadable': {
      return { ...span, cause: 'unreadable-digest', effect: 'incomplete', message: what, missing: [] };
    }
    case 'missing': {
      return { ...span, cause: 'missing-digest', effect: 'tampering', message: what, missing: [name.key] };
    }
  }
}

function explain(span: Span, chain: Chain, facts: GapFacts): Gap[] {
  if (chain.unlisted !== undefined) {
    const message = `Whether there are digest files could not be determined: ${chain.unlisted}`;
    return [{ ...span, cause: 'unreadable-digest', effect: 'incomplete', message, missing: [] }];
  }
  const newer = chain.rows.find((it) => it.from === span.to);
  if (newer !== undefined) return isFirstDay(newer, span, facts) ? [] : [before(newer, span, chain, facts)];
  const trouble = chain.troubles.find(({ name }) => nominalSpan(name).from === span.to);
  if (trouble !== undefined) return [beforeTrouble(trouble, span)];
  return atTheEnd(span, chain, facts);
}

/** CloudTrail starts to record in a new member within its first day. */
function isFirstDay({ first }: Row, span: Span, { joined }: GapFacts): boolean {
  return first.digest.previous === undefined && joined !== undefined && span.to <= joined + 24 * hour;
}

/** A valid digest file says what came before it. */
function before(newer: Row, span: Span, chain: Chain, facts: GapFacts): Gap {
  const { previous } = newer.first.digest;
  const older = chain.rows.find((it) => it.to === span.from);
  if (previous === undefined) return beforeStart(newer, older, span);
  if (older !== undefined && older.last.name.key === previous.key) {
    const message = `CloudTrail delivered no digest file for this time: ${newer.first.name.key} follows ${previous.key}.`;
    return { ...span, cause: 'not-linked-in-time', effect: 'incomplete', message, missing: [] };
  }
  if (older === undefined && isOfSamePlace(newer) && isRetentionEdge(span, chain, facts)) {
    const rule =
      facts.expiration === undefined ? 'nothing older is there' : 'the lifecycle rules of the bucket remove them';
    const message = `The digest files of this time are gone, as all that are older: ${rule}.`;
    return { ...span, cause: 'retention', effect: 'incomplete', message, missing: [] };
  }
  const missing = namesBetween(parseDigestName(previous.key), span);
  const message = `The digest file ${previous.key} is gone: ${newer.first.name.key} names it as its predecessor.`;
  return { ...span, cause: 'missing-digest', effect: 'tampering', message, missing: missing ?? [previous.key] };
}

/** Lifecycle rules of one bucket say nothing of a predecessor in another one. */
function isOfSamePlace({ first: { name, digest } }: Row): boolean {
  const { previous, bucket } = digest;
  return previous?.bucket === bucket && parseDigestName(previous.key)?.base.path === name.base.path;
}

function beforeStart(newer: Row, older: Row | undefined, span: Span): Gap {
  const start = `${newer.first.name.key} starts a new chain`;
  if (older === undefined) {
    const message = `Logging or log file validation was turned on at ${formatTime(newer.first.digest.end)}: ${start}.`;
    return { ...span, cause: 'started', effect: 'incomplete', message, missing: [] };
  }
  if (isFinal(older)) {
    const message = `Logging was stopped at ${formatTime(older.to)}, by a last digest file of less than an hour; ${start}.`;
    return { ...span, cause: 'logging-stopped', effect: 'incomplete', message, missing: [] };
  }
  const message = `Logging was stopped, log file validation was off, or digest files were removed: ${start}.`;
  return { ...span, cause: 'restarted', effect: 'incomplete', message, missing: [] };
}

/** What an invalid or unreadable digest file says of its predecessor is no proof; an hour without one is a hole. */
function beforeTrouble({ name, verdict }: Trouble, span: Span): Gap {
  if (verdict === 'unreadable') {
    const message = `${name.key} could not be read, which would say whether there was one before it.`;
    return { ...span, cause: 'unreadable-digest', effect: 'incomplete', message, missing: [] };
  }
  const message = `No digest file covers this time, and nothing valid explains why: ${name.key} comes next.`;
  return { ...span, cause: 'missing-digest', effect: 'tampering', message, missing: [] };
}

/** After the newest digest file, or where there is none at all. */
function atTheEnd(span: Span, chain: Chain, facts: GapFacts): Gap[] {
  const due = Math.floor((facts.now - facts.grace - span.from) / hour);
  const dueUntil = Math.max(span.from, Math.min(span.to, span.from + due * hour));
  const gaps: Gap[] = [];
  if (dueUntil > span.from) gaps.push(...overdue({ from: span.from, to: dueUntil }, chain, facts));
  if (dueUntil < span.to) {
    const message = `Digest files of this time are not due before ${formatTime(dueUntil + hour + facts.grace)}.`;
    gaps.push({ from: dueUntil, to: span.to, cause: 'not-yet-delivered', effect: 'incomplete', message, missing: [] });
  }
  return gaps;
}

function overdue(span: Span, chain: Chain, facts: GapFacts): Gap[] {
  const newest = chain.rows.find((it) => it.to === span.from);
  const known = knownReason(span, newest, facts);
  if (known === undefined) return [gone(span, newest, chain.lastBefore, facts)];
  const { cause, message } = known;
  const since = Math.min(span.to, Math.max(known.since, deliveredUntil(chain, facts)));
  // CloudTrail writes a last digest file when logging stops: without it, the time before is a hole.
  const from = since - span.from < minute ? span.from : since;
  const until = Math.max(from, Math.min(known.until ?? span.to, span.to));
  const gaps: Gap[] = [];
  if (from > span.from) gaps.push(gone({ from: span.from, to: from }, newest, chain.lastBefore, facts));
  if (until > from) gaps.push({ from, to: until, cause, effect: 'incomplete', message, missing: [] });
  if (until < span.to) gaps.push(afterRestart({ from: until, to: span.to }, newest, chain, facts));
  return gaps;
}

/** Logging was started again: its first digest file is of that moment, and the next one of an hour later. */
function afterRestart(span: Span, newest: Row | undefined, chain: Chain, facts: GapFacts): Gap {
  const due = span.from + hour + facts.grace;
  if (due <= facts.now) return gone(span, newest, chain.lastBefore, facts);
  const message = `Logging was started again at ${formatTime(span.from)}. Digest files are not due before ${formatTime(due)}.`;
  return { ...span, cause: 'not-yet-delivered', effect: 'incomplete', message, missing: [] };
}

function gone({ from, to }: Span, newest: Row | undefined, earlier: DigestName | undefined, { trail }: GapFacts): Gap {
  const { latestDigest, isLogging } = trail?.status ?? {};
  const says =
    latestDigest !== undefined && latestDigest > from
      ? ` CloudTrail says that it delivered one at ${formatTime(latestDigest)}.`
      : isLogging === true
        ? ' CloudTrail says that the trail is logging.'
        : '';
  if (newest === undefined) {
    const last = earlier === undefined ? '' : ` The last one before is ${earlier.key}.`;
    const message = `There is no digest file of this time, where each hour has one, also when nothing happens.${last}${says}`;
    return { from, to, cause: 'missing-chain', effect: 'tampering', message, missing: [] };
  }
  const message = `The digest files after ${newest.last.name.key} are gone: each hour has one, also when nothing happens.${says}`;
  const missing = namesAfter(newest.last.name, { from, to });
  return { from, to, cause: 'missing-digest', effect: 'tampering', message, missing };
}

/** Lifecycle rules remove objects within two days after they are due. */
const expirationSlack = 48 * hour;

function isRetentionEdge(span: Span, chain: Chain, { expiration, now }: GapFacts): boolean {
  if (chain.older !== false || expiration === 'never') return false;
  if (expiration !== undefined) return span.to <= now - expiration + expirationSlack;
  return !chain.uncovered.some((delivered) => delivered >= span.from - hour && delivered < span.to);
}

/** The keys of all digest files from the one before a hole to the last one in it, where whole hours fit. */
function namesBetween(last: DigestName | undefined, span: Span): string[] | undefined {
  if (last === undefined || last.end !== span.to) return undefined;
  const hours = Math.max(1, Math.round((span.to - span.from) / hour));
  return listed(last, span.to - (hours - 1) * hour, hours);
}

function namesAfter(last: DigestName, span: Span): string[] {
  return listed(last, span.from + hour, Math.floor((span.to - span.from) / hour));
}

/** A gap of years is told by its ends. */
const mostNames = 1000;

function listed(like: DigestName, first: number, count: number): string[] {
  return Array.from({ length: Math.min(count, mostNames) }, (_, index) => digestKey(like, first + index * hour));
}

function digestKey(like: DigestName, end: number): string {
  const { base, account, region, trail, homeRegion } = like;
  const file = `${account}_CloudTrail-Digest_${region}_${trail}_${homeRegion}_${compactTime(end)}.json.gz`;
  return `${base.path}${account}/CloudTrail-Digest/${region}/${dayFolders(end)}/${file}`;
}

/** The parts of a span between times, in order. */
function splitAt({ from, to }: Span, times: readonly number[]): Span[] {
  const ends = [from, ...times.filter((it) => it > from && it < to).toSorted((a, b) => a - b), to];
  return ends.slice(1).map((end, index) => ({ from: ends[index] ?? from, to: end }));
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

function clip(span: Span, within: Span): Span {
  return { from: Math.max(span.from, within.from), to: Math.min(span.to, within.to) };
}

function mergeSorted(spans: readonly Span[]): Span[] {
  return spans.toSorted((a, b) => a.from - b.from);
}
