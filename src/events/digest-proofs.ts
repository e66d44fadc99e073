import type { ObjectStore } from '../model/object-store.js';
import type { KeySource } from '../model/public-keys.js';
import {
  chainOf,
  holds,
  type ChainId,
  parseLogFileName,
  verifyLogs,
  type Expectation,
  type JudgedChain,
  type Limiter,
  type VerifyOptions,
} from '../verify/index.js';
import { spanToProve, type CoverageBook } from './coverage.js';
import { isEventFolder } from './event-folder.js';
import type { FileFacts } from './log-file.js';
import type { LogObject } from './log-object.js';
import type { DigestProofs } from './log-source.js';
import { deliverySpan, hoursOf, hourText, minute, type Window } from './window.js';

/** What digest files are checked with. */
export interface ProofOptions {
  readonly keys: KeySource;
  /** Signatures that a copy on disk lacks. */
  readonly saved?: VerifyOptions['saved'];
  readonly expectation: Expectation;
  /** When the bucket was as it is read, in milliseconds: what is due by then must be there. */
  readonly now: number;
  readonly grace: number;
  readonly limit: Limiter;
}

/** Where digest files are read, and of whom. */
export type ProofPlaces = Pick<VerifyOptions, 'targets' | 'choice'>;

/** A log file that a valid digest file lists, and that was not yet read with this content. */
interface ListedFile {
  readonly hash: string;
  readonly account: string;
  readonly region: string;
  readonly delivered: number;
  /** The trail that delivered it. */
  readonly trail: string;
}

/** Reads the digest files of the window, and of the day behind it in which late log files come. */
export async function readDigestProofs(
  store: ObjectStore,
  window: Window,
  places: ProofPlaces,
  options: ProofOptions,
): Promise<DigestProofs> {
  const listed = new Map<string, ListedFile>();
  const { from, to: last } = deliverySpan(window);
  const to = Math.max(window.to, Math.min(last, options.now));
  const verified = await verifyLogs({
    store,
    keys: options.keys,
    ...(options.saved === undefined ? {} : { saved: options.saved }),
    ...places,
    expectation: inPlaces(options.expectation, places.targets),
    window: { from: Math.floor(window.from / 1000) * 1000, to: Math.ceil(to / 1000) * 1000 },
    now: options.now,
    grace: options.grace,
    limit: options.limit,
    placeLimit: options.limit,
    onDigest: ({ digest, name: of }) => {
      const trail = trailKey(chainOf(of));
      for (const { bucket, key, hash } of digest.logFiles) {
        const name = parseLogFileName(key.slice(key.lastIndexOf('/') + 1));
        if (name === undefined || !isEventFolder(name.folder)) continue;
        const { account, region, delivered } = name;
        if (delivered >= from) listed.set(keyOf({ bucket, key }), { hash, account, region, delivered, trail });
      }
    },
  });
  const unlisted = verified.open.filter((it) => it.includes('could not be listed'));
  return new Proofs(listed, verified.chains, unlisted, window, { from, to });
}

/** Trails of other buckets, and of other prefixes, have no digest files where is read. */
function inPlaces(expectation: Expectation, targets: ProofPlaces['targets']): Expectation {
  const isRead = ({ trail }: Expectation['chains'][number]): boolean =>
    targets.some((it) => it.bucket === trail.bucket && (it.prefix === undefined || it.prefix === trail.prefix));
  return { ...expectation, chains: expectation.chains.filter(isRead) };
}

class Proofs implements DigestProofs {
  private readonly left: Map<string, ListedFile>;
  /** By place: a log file that no digest file lists, in a time that all of its chains cover. */
  private readonly strays = new Map<string, string>();
  private readonly chains = new Map<string, JudgedChain[]>();
  /** By trail: whether a management event was among what it delivered. */
  private readonly trails = new Map<string, boolean>();

  constructor(
    private readonly listed: ReadonlyMap<string, ListedFile>,
    chains: readonly JudgedChain[],
    /** Sentences on places whose digest files could not be listed. */
    private readonly unlisted: readonly string[],
    private readonly window: Window,
    /** Log files that were delivered then are read. */
    private readonly delivery: Window,
  ) {
    this.left = new Map(listed);
    for (const it of chains) {
      const { account, region } = it.chain.id;
      const place = `${account}/${region}`;
      this.chains.set(place, [...(this.chains.get(place) ?? []), it]);
    }
  }

  hashOf(object: LogObject): string | undefined {
    const file = this.listed.get(keyOf(object));
    if (file === undefined) this.stray(object);
    return file?.hash;
  }

  matched(object: LogObject): void {
    this.left.delete(keyOf(object));
  }

  took(object: LogObject, facts: FileFacts): void {
    const trail = this.listed.get(keyOf(object))?.trail;
    if (trail === undefined || facts.records === 0) return;
    this.trails.set(trail, this.trails.get(trail) === true || facts.hasManagement);
  }

  settle(book: CoverageBook): void {
    for (const [key, { account, region, delivered }] of this.left) {
      if (delivered < this.delivery.from || delivered >= this.delivery.to) continue;
      const message = `${key} is not there as a valid digest file lists it.`;
      const trouble = { call: 's3:GetObject', resource: key, reason: 'error', message } as const;
      book.undelivered(account, region, delivered, trouble);
    }
    for (const { account, region } of book.seenPlaces()) {
      if (!this.chains.has(`${account}/${region}`)) this.withoutChain(book, account, region);
    }
    for (const [place, chains] of this.chains) {
      const [account = '', region = ''] = place.split('/');
      for (const start of hoursOf(this.window)) this.settleHour(book, account, region, start, chains);
    }
  }

  private settleHour(
    book: CoverageBook,
    account: string,
    region: string,
    start: number,
    chains: readonly JudgedChain[],
  ): void {
    const span = spanToProve(start, this.window);
    const gaps = chains.flatMap((it) => it.gaps).filter((it) => it.from < span.to && it.to > span.from);
    const tampering = gaps.find((it) => it.effect === 'tampering');
    if (tampering !== undefined) {
      const trouble = { call: 'digest-file', resource: `${account}/${region}`, reason: 'error' as const };
      book.unreadHour(account, region, start, { ...trouble, message: tampering.message });
      return;
    }
    const stray = this.strays.get(`${account}/${region}`);
    // Which of the trails records what is not in their files: none may be missing.
    const isCovered = chains.every(({ chain }) => holds(chain.covered, span));
    // What a trail delivers says what it records: one of data events alone proves nothing of other events.
    const others = chains.filter(({ chain }) => this.trails.get(trailKey(chain.id)) === false);
    if (isCovered && others.length === chains.length) {
      const names = others.map(({ chain }) => chain.id.trail).join(', ');
      const why = `All that trail ${names} delivered are data events: its digest files do not prove that there were no management events.`;
      book.unproven(account, region, start, why);
      return;
    }
    if (isCovered && stray === undefined) {
      book.proved(account, region, start);
      return;
    }
    const why = isCovered
      ? `No digest file lists ${stray}: another trail writes there that has none, or somebody put it there.`
      : (gaps[0]?.message ?? `Not all digest files of ${hourText(start)}:00Z are there.`);
    book.unproven(account, region, start, why);
  }

  private withoutChain(book: CoverageBook, account: string, region: string): void {
    const why =
      this.unlisted.find((it) => it.includes(`${account}, ${region} `)) ??
      `There are no digest files of account ${account} in ${region}: nothing proves that its log files are all there.`;
    for (const start of hoursOf(this.window)) book.unproven(account, region, start, why);
  }

  private stray({ name, shown }: LogObject): void {
    if (name === undefined) return;
    const place = `${name.account}/${name.region}`;
    const minuteOf = { from: name.delivered, to: name.delivered + minute };
    const chains = this.chains.get(place) ?? [];
    // Where a digest file is missing, it may be that one which lists it.
    if (!this.strays.has(place) && chains.every(({ chain }) => holds(chain.covered, minuteOf)))
      this.strays.set(place, shown);
  }
}

/** A trail of an organization delivers for many accounts; others of one name are others. */
function trailKey({ account, trail, homeRegion, organizationId }: ChainId): string {
  return [organizationId ?? account, trail, homeRegion].join('/');
}

function keyOf({ bucket, key }: Pick<LogObject, 'bucket' | 'key'>): string {
  return `s3://${bucket}/${key}`;
}
