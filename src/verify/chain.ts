import type { DigestCounts, LogFileCounts } from '../model/verification.js';
import type { Base, DigestName } from './object-names.js';
import type { SettledDigest, ValidDigest } from './settle-chain.js';
import { withSpan, type Span, type Spans } from './spans.js';
import { hour } from './timestamps.js';
import type { Anchor } from './verdicts.js';

/** Whose digest files they are: a trail's, of one account's events in one Region. */
export interface ChainId {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  readonly organizationId: string | undefined;
}

export function chainKey({ account, region, trail, homeRegion, organizationId = '' }: ChainId): string {
  return [account, region, organizationId, trail, homeRegion].join('/');
}

export function chainOf({ account, region, trail, homeRegion, base }: DigestName): ChainId {
  return { account, region, trail, homeRegion, organizationId: base.organizationId };
}

/** Valid digest files that follow each other without a gap; of no length where it is a starting digest file alone. */
export interface Row extends Span {
  readonly first: ValidDigest;
  readonly last: ValidDigest;
}

/** A digest file that is there, or was named, and proves nothing. */
export interface Trouble {
  readonly name: DigestName;
  readonly verdict: 'invalid' | 'missing' | 'unreadable';
  readonly message: string;
}

type Counts<T> = { -readonly [K in keyof T]: T[K] };

/** What was found of a chain, in whatever places its digest files lie. */
export class Chain {
  covered: Spans = [];
  /** The newest first. */
  readonly rows: Row[] = [];
  readonly troubles: Trouble[] = [];
  readonly places = new Set<string>();
  readonly digests: Counts<DigestCounts> = { valid: 0, invalid: 0, missing: 0, unreadable: 0 };
  readonly logFiles: Counts<LogFileCounts> = {
    valid: 0,
    invalid: 0,
    missing: 0,
    unreadable: 0,
    uncovered: 0,
    pending: 0,
    notRead: 0,
  };
  readonly anchors = new Map<Anchor, number>();
  bytes = 0;
  /** Whether an older digest file than those of the window is there; undefined where nobody looked. */
  older: boolean | undefined;
  /** The last digest file before the window, of a chain that has none within it and was not ended. */
  lastBefore: DigestName | undefined;
  /** Why its folder could not be listed. */
  unlisted: string | undefined;
  /** Log files that no digest file lists, by the minute of their delivery. */
  readonly uncovered: number[] = [];

  constructor(
    readonly id: ChainId,
    /** False for a chain that is read only because its trail writes log files into the same folder. */
    readonly isJudged: boolean,
  ) {}

  /** Takes the next older digest file. Backfill digests cover log files, and no time. */
  take(settled: SettledDigest): void {
    const { name } = settled;
    // What is missing is counted with the gaps, where most of it is found.
    if (settled.verdict !== 'missing' || name.isBackfill) this.digests[settled.verdict] += 1;
    if (settled.verdict === 'valid') {
      this.anchors.set(settled.anchor, (this.anchors.get(settled.anchor) ?? 0) + 1);
      if (!name.isBackfill) this.cover(settled);
    } else if (!name.isBackfill) {
      this.troubles.push({ name, verdict: settled.verdict, message: whatIsWrong(settled) });
    }
  }

  placedIn(bucket: string, base: Base): void {
    this.places.add(`s3://${bucket}/${base.path}`);
  }

  private cover(digest: ValidDigest): void {
    const { end } = digest.digest;
    const from = coveredFrom(digest);
    if (from < end) this.covered = withSpan(this.covered, { from, to: end });
    const newer = this.rows.at(-1);
    if (newer !== undefined && newer.from === end && newer.first.digest.previous?.key === digest.name.key) {
      this.rows[this.rows.length - 1] = { ...newer, from, first: withoutList(digest) };
    } else {
      this.rows.push({ from, to: end, first: withoutList(digest), last: withoutList(digest) });
    }
  }
}

/**
 * A starting digest file is of the hour before logging or validation was turned on, in which it was off: it covers the
 * log files that it lists, and no time.
 */
function coveredFrom({ digest: { start, end, previous } }: ValidDigest): number {
  return previous === undefined ? end : start;
}

/** The list of log files is long, and done with. */
function withoutList(digest: ValidDigest): ValidDigest {
  return { ...digest, digest: { ...digest.digest, logFiles: [] } };
}

function whatIsWrong(settled: Exclude<SettledDigest, ValidDigest>): string {
  switch (settled.verdict) {
    case 'invalid': {
      return settled.fault.message;
    }
    case 'unreadable': {
      return settled.message;
    }
    case 'missing': {
      return 'was listed, and is gone';
    }
  }
}

/** The time that a digest file covers by its name: one hour, as far as can be told without reading it. */
export function nominalSpan({ end }: DigestName): Span {
  return { from: end - hour, to: end };
}

/** The chain as all places in which its digest files lie show it: a trail may have changed its bucket or prefix. */
export function joinParts(parts: readonly Chain[]): Chain | undefined {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first;
  const whole = new Chain(first.id, first.isJudged);
  for (const part of parts) {
    for (const span of part.covered) whole.covered = withSpan(whole.covered, span);
    whole.troubles.push(...part.troubles);
    whole.uncovered.push(...part.uncovered);
    for (const it of part.places) whole.places.add(it);
    add(whole.digests, part.digests);
    add(whole.logFiles, part.logFiles);
    for (const [anchor, count] of part.anchors) whole.anchors.set(anchor, (whole.anchors.get(anchor) ?? 0) + count);
    whole.bytes += part.bytes;
    whole.unlisted ??= part.unlisted;
    whole.lastBefore ??= part.lastBefore;
    // Where one place shows an older one, there is an older one.
    whole.older = whole.older === true || part.older === true ? true : (whole.older ?? part.older);
  }
  const rows = parts.flatMap((it) => it.rows).toSorted((a, b) => b.to - a.to);
  for (const row of rows) {
    const newer = whole.rows.at(-1);
    if (newer !== undefined && isLinked(newer, row)) {
      whole.rows[whole.rows.length - 1] = { ...newer, from: row.from, first: row.first };
    } else {
      whole.rows.push(row);
    }
  }
  return whole;
}

function isLinked(newer: Row, older: Row): boolean {
  const previous = newer.first.digest.previous;
  return newer.from === older.to && previous?.key === older.last.name.key && previous.hash === older.last.hash;
}

function add<T extends Readonly<Record<string, number>>>(sum: Counts<T>, more: T): void {
  // Both are objects of counts with the same members.
  const counts = sum as Record<string, number>;
  for (const [key, count] of Object.entries(more)) counts[key] = (counts[key] ?? 0) + count;
}
