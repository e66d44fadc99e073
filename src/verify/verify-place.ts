import { attempt } from './attempt.js';
import { Chain, chainKey, chainOf, type ChainId } from './chain.js';
import { firstOfChains, groupByDay, lastOfChains } from './digest-order.js';
import type { LogReference } from './digest.js';
import { EarlierRuns, Proof } from './earlier-runs.js';
import { hasOlder, listDigests } from './list-digests.js';
import { Uncovered, type FolderObject } from './log-folder.js';
import { LogListings } from './log-listings.js';
import { parseDigestName, parseLogName, type DigestName } from './object-names.js';
import type { PlaceContext, PlaceResult, VerifiedObject } from './place-result.js';
import type { Place } from './places.js';
import { readDigest } from './read-digest.js';
import { chooseSample } from './sample.js';
import { ChainSettler, type SettledDigest, type ValidDigest } from './settle-chain.js';
import { daysBackward, formatTime, hour, startOfDay } from './timestamps.js';
import { verifyLog, type LogVerdict } from './verify-log.js';

/** Behind the window, the digest file that repeats the last one's signature, and one that lists late log files. */
export const lookahead = 3 * hour;
/** Behind the window, the next backfill digest, which names the one before it. */
const backfillLookahead = 7 * 24 * hour;
/** Before the window, digest files of chains that are under way when it starts: each hour has one. */
export const lookbehind = 25 * hour;

/** Verifies the digest and log files of one place, day after day from the newest to the oldest. */
export async function verifyPlace(context: PlaceContext, place: Place): Promise<PlaceResult> {
  return await new PlaceRun(context, place).run();
}

class PlaceRun {
  private readonly chains = new Map<string, Chain>();
  private readonly settlers = new Map<string, ChainSettler>();
  private readonly uncovered = new Uncovered();
  private readonly ofOtherFolders = new Map<string, Uncovered>();
  private readonly logs: LogListings;
  private readonly earlier: EarlierRuns;

  constructor(
    private readonly context: PlaceContext,
    private readonly place: Place,
  ) {
    this.logs = new LogListings(context.store, place, (folder, object) => this.see(folder, object));
    // What is read in part proves nothing for later.
    this.earlier = new EarlierRuns(
      context.sample === undefined ? context.checkpoint : undefined,
      place,
      this.logs,
      context.now,
    );
    for (const folder of place.logFolders) {
      if (folder !== logFolder) this.ofOtherFolders.set(folder, new Uncovered());
    }
  }

  async run(): Promise<PlaceResult> {
    const { keys, window, store } = this.context;
    const until = window.to + lookahead;
    const span = { from: window.from - lookbehind, to: window.to + backfillLookahead };
    const listed = await attempt(async () => await listDigests(store, this.place, span));
    if ('unlisted' in listed) return { ...this.result([]), unlistedDigests: listed.unlisted };
    const { names, states, strangers } = listed.it;
    this.earlier.listed(states);
    if (names.length > 0) await keys.load(this.place.region);
    const before = names.filter((it) => it.end <= window.from);
    const inside = names.filter((it) => it.end > window.from && it.end < window.to + hour);
    const behind = names.filter((it) => it.end >= window.to + hour);
    const ahead = behind.filter((it) => it.end <= until);
    // A copy on disk has lost the signatures: the digest file behind the window repeats the last one's. The next backfill
    // digest shows whether the last one of the window is there.
    const first = new Set([
      ...(store.keepsMetadata ? [] : ahead),
      ...firstOfChains(behind.filter((it) => it.isBackfill)),
    ]);
    await this.settleAll(
      behind.filter((it) => first.has(it)),
      this.settlers,
    );
    const days = groupByDay(inside);
    const dayTimes = new Set([...days.keys(), ...daysBackward(window.from, window.to)]);
    for (const day of [...dayTimes].toSorted((a, b) => b - a)) await this.verifyDay(day, days.get(day) ?? []);
    await this.lookAhead(ahead, until);
    await this.lookBehind();
    await this.lookForLost(before);
    this.lookBack(inside);
    return this.result(strangers);
  }

  private async verifyDay(day: number, names: readonly DigestName[]): Promise<void> {
    const { checkpoint, limit, sample, store } = this.context;
    const isLeft = this.context.onDigest !== undefined;
    if (this.isOfWindow(day) && !isLeft) await this.logs.list(day);
    // Log files of the last hour before midnight are listed by the first digest file behind it.
    if (checkpoint !== undefined && names.length > 0) await this.logs.list(startOfDay(day - hour));
    const settled = await this.settleAll(names, this.settlers);
    const jobs: LogJob[] = [];
    for (const { chain, digest } of settled) {
      this.takeDigest(chain, digest);
      if (isLeft || !chain.isJudged || digest.verdict !== 'valid' || this.isSpared(chain, digest)) continue;
      const files = chooseSample(digest.digest.logFiles, sample);
      chain.logFiles.notRead += digest.digest.logFiles.length - files.length;
      const proof = new Proof(digest, files.length, (bytes) => this.earlier.writeDown(digest, bytes));
      for (const file of files) jobs.push({ chain, name: digest.name, file, proof });
    }
    const verdicts = await limit(jobs, async ({ file, proof }) => {
      const inspection = this.context.inspector?.inspect(this.place, file.key);
      const verdict = await verifyLog(store, file, inspection?.take);
      if (verdict.verdict === 'valid') inspection?.valid();
      proof.take(verdict);
      return verdict;
    });
    for (const [index, { chain, name, file }] of jobs.entries()) {
      const verdict = verdicts[index];
      if (verdict !== undefined) this.takeLog(chain, name, file, verdict);
    }
    this.logs.keepUpTo(day);
  }

  private isOfWindow(day: number): boolean {
    const { window } = this.context;
    return day >= startOfDay(window.from) && day < window.to;
  }

  private see(folder: string, object: FolderObject): void {
    const { window } = this.context;
    const at = object.delivered;
    if (at !== undefined && (at < window.from || at >= window.to)) return;
    (this.ofOtherFolders.get(folder) ?? this.uncovered).see(object);
  }

  /** Reads digest files at once, and settles them from the newest to the oldest. */
  private async settleAll(
    names: readonly DigestName[],
    settlers: Map<string, ChainSettler>,
  ): Promise<{ readonly chain: Chain; readonly digest: SettledDigest }[]> {
    const { store, limit } = this.context;
    const { bucket } = this.place;
    const reads = await limit(
      names.toReversed(),
      async (name) => this.earlier.proved(name) ?? (await readDigest(store, bucket, name)),
    );
    return reads.map((read) => {
      const name = 'found' in read ? read.found.name : read.name;
      const settler = this.settlerOf(name, settlers);
      const digest = this.earlier.same('anchor' in read ? settler.accept(read) : settler.settle(read));
      if (digest.verdict === 'valid') this.context.onDigest?.(digest);
      const files = digest.verdict === 'valid' ? digest.digest.logFiles : [];
      for (const file of files) if (file.bucket === bucket) this.cover(file.key);
      return { chain: this.chainOf(name), digest };
    });
  }

  /** True when an earlier run has read the log files, and listings show that nobody has rewritten one since. */
  private isSpared(chain: Chain, proved: ValidDigest): boolean {
    const entry = this.earlier.spared(proved);
    if (entry === undefined) return false;
    chain.logFiles.valid += entry.logFiles;
    chain.bytes += entry.bytes;
    return true;
  }

  /** A chain that was under way when the window starts, and has no digest file in it, ended with a last one, or is lost. */
  private async lookForLost(before: readonly DigestName[]): Promise<void> {
    const regular = before.filter((it) => !it.isBackfill);
    const lost = lastOfChains(regular).filter((it) => (this.chains.get(chainKey(chainOf(it)))?.rows.length ?? 0) === 0);
    for (const { chain, digest } of await this.settleAll(lost, new Map())) {
      if (!chain.isJudged) continue;
      const hasEnded = digest.verdict === 'valid' && digest.digest.end - digest.digest.start < hour;
      if (!hasEnded) chain.lastBefore = digest.name;
    }
  }

  /** A digest file that an earlier run has proved must still be there. */
  private lookBack(names: readonly DigestName[]): void {
    const { window, mayHaveExpired } = this.context;
    const { bucket } = this.place;
    for (const { name, verifiedAt } of this.earlier.gone(names, { from: window.from, to: window.to + hour })) {
      const chain = this.chainOf(name);
      if (!chain.isJudged || mayHaveExpired(chain.id, name.end)) continue;
      const message = `was there when it was verified, at ${formatTime(verifiedAt)}, and is gone`;
      const { isBackfill, key } = name;
      this.find(
        chain.id,
        { subject: 'digest', bucket, key, verdict: 'missing', message, isBackfill },
        'gone',
        'tampering',
      );
    }
  }

  private cover(key: string): void {
    const folder = parseLogName(key)?.folder ?? logFolder;
    (this.ofOtherFolders.get(folder) ?? this.uncovered).cover(key);
  }

  private takeDigest(chain: Chain, settled: SettledDigest): void {
    const { bucket } = this.place;
    chain.take(settled);
    if (!chain.isJudged) return;
    const { name } = settled;
    const object = { subject: 'digest', bucket, key: name.key, isBackfill: name.isBackfill } as const;
    switch (settled.verdict) {
      case 'valid': {
        this.context.onObject({ ...object, verdict: 'valid' });
        return;
      }
      case 'invalid': {
        const { code, message } = settled.fault;
        this.find(chain.id, { ...object, verdict: 'invalid', message }, code, 'tampering');
        return;
      }
      case 'unreadable': {
        const { reason, message } = settled;
        this.find(chain.id, { ...object, verdict: 'unreadable', message }, reason, 'incomplete');
        return;
      }
      case 'missing': {
        const message = 'was listed, and is gone';
        this.find(chain.id, { ...object, verdict: 'missing', message }, 'gone', 'tampering');
      }
    }
  }

  private takeLog(chain: Chain, digest: DigestName, file: LogReference, verdict: LogVerdict): void {
    chain.logFiles[verdict.verdict] += 1;
    const { bucket, key } = file;
    const object = { subject: 'log-file', bucket, key, isBackfill: digest.isBackfill } as const;
    switch (verdict.verdict) {
      case 'valid': {
        chain.bytes += verdict.bytes;
        this.context.onObject({ ...object, verdict: 'valid' });
        return;
      }
      case 'invalid': {
        const { code, message } = verdict.fault;
        this.find(chain.id, { ...object, verdict: 'invalid', message }, code, 'tampering');
        return;
      }
      case 'unreadable': {
        const { reason, message } = verdict;
        this.find(chain.id, { ...object, verdict: 'unreadable', message }, reason, 'incomplete');
        return;
      }
      case 'missing': {
        const message = 'is gone: a valid digest file lists it';
        this.find(chain.id, { ...object, verdict: 'missing', message }, 'gone', 'tampering');
      }
    }
  }

  private find(id: ChainId, object: VerifiedObject, reason: string, effect: 'tampering' | 'incomplete'): void {
    this.context.onObject(object);
    const { subject, verdict, bucket, key, message = '' } = object;
    if (verdict === 'valid') return;
    const { account, region, trail } = id;
    this.context.findings.add({ verdict, subject, effect, reason, message, account, region, trail, bucket }, key);
  }

  /** Log files near the end of the window may be listed by the next digest file, and late ones by backfill digests. */
  private async lookAhead(next: readonly DigestName[], until: number): Promise<void> {
    const { now, store, onDigest } = this.context;
    if (onDigest !== undefined && store.keepsMetadata) await this.settleAll(next, new Map());
    if (this.uncovered.size === 0) return;
    if (store.keepsMetadata) await this.settleAll(next, new Map());
    if (this.uncovered.size === 0 || now <= until) return;
    const later = await attempt(async () => await listDigests(store, this.place, { from: until, to: now }));
    if ('unlisted' in later) {
      this.logs.unlisted ??= later.unlisted;
      return;
    }
    const backfills = later.it.names.filter((it) => it.isBackfill);
    await this.settleAll(backfills, new Map());
  }

  /** Where the oldest digest file names one that is not there, whether there are older ones decides what that means. */
  private async lookBehind(): Promise<void> {
    const { window, store } = this.context;
    for (const chain of this.chains.values()) {
      const oldest = chain.rows.at(-1);
      if (oldest === undefined || oldest.from <= window.from || oldest.first.digest.previous === undefined) continue;
      const { name } = oldest.first;
      const older = await attempt(async () => await hasOlder(store, this.place, name));
      if ('unlisted' in older) chain.unlisted = older.unlisted;
      else chain.older = older.it;
    }
  }

  private result(strangers: readonly string[]): PlaceResult {
    const continued: { bucket: string; key: string }[] = [];
    for (const [key, settler] of this.settlers) {
      for (const claim of settler.unmet()) {
        const base = parseDigestName(claim.key)?.base;
        if (claim.bucket !== this.place.bucket || base?.path !== this.place.base.path) continued.push(claim);
        else if (key.endsWith(backfill)) this.missingBackfill(claim);
      }
    }
    const unknown = new Map([...this.ofOtherFolders].map(([folder, it]) => [folder, it.size]));
    return {
      place: this.place,
      chains: this.chains,
      uncovered: this.uncovered.rest(),
      unknown,
      strangers,
      continued,
      unlistedDigests: undefined,
      unlistedLogs: this.logs.unlisted,
    };
  }

  private missingBackfill(claim: { readonly bucket: string; readonly key: string }): void {
    const { window } = this.context;
    const name = parseDigestName(claim.key);
    if (name === undefined || name.end <= window.from || name.end >= window.to + hour) return;
    // Whether backfill digests name each other in the order of the time that they cover is not documented.
    if (this.earlier.isListed(claim.key)) return;
    this.takeDigest(this.chainOf(name), { name, verdict: 'missing' });
  }

  private chainOf(name: DigestName): Chain {
    const id = chainOf(name);
    const key = chainKey(id);
    let chain = this.chains.get(key);
    if (chain === undefined) {
      chain = new Chain(id, this.context.isJudged(id));
      chain.placedIn(this.place.bucket, this.place.base);
      this.chains.set(key, chain);
    }
    return chain;
  }

  private settlerOf(name: DigestName, settlers: Map<string, ChainSettler>): ChainSettler {
    const key = `${chainKey(chainOf(name))}${name.isBackfill ? backfill : ''}`;
    let settler = settlers.get(key);
    if (settler === undefined) {
      settler = new ChainSettler(this.context.keys, this.context.saved, !name.isBackfill);
      settlers.set(key, settler);
    }
    return settler;
  }
}

interface LogJob {
  readonly chain: Chain;
  readonly name: DigestName;
  readonly file: LogReference;
  readonly proof: Proof;
}

const logFolder = 'CloudTrail';
const backfill = '/backfill';
