import { entryOf, logStatesOf, provedEarlier, type Checkpoint, type CheckpointEntry } from './checkpoint.js';
import { digestFolder } from './list-digests.js';
import type { LogListings } from './log-listings.js';
import { folderOf, parseDigestName, type DigestName } from './object-names.js';
import type { Place } from './places.js';
import type { SettledDigest, ValidDigest } from './settle-chain.js';
import type { Span } from './spans.js';
import { formatTime } from './timestamps.js';
import { invalid } from './verdicts.js';
import type { LogVerdict } from './verify-log.js';

/** What earlier runs have proved of a place, and what this one writes down. */
export class EarlierRuns {
  private states: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly checkpoint: Checkpoint | undefined,
    private readonly place: Place,
    private readonly logs: LogListings,
    private readonly now: number,
  ) {}

  /** How digest files are listed now. */
  listed(states: ReadonlyMap<string, string>): void {
    this.states = states;
  }

  /** True when the digest file is listed now. */
  isListed(key: string): boolean {
    return this.states.has(key);
  }

  /** A digest file without log files that an earlier run has proved, and that nobody has rewritten since. */
  proved(name: DigestName): ValidDigest | undefined {
    const entry = this.find(name.key);
    if (this.checkpoint?.spares !== true || entry?.logFiles !== 0) return undefined;
    return entry.state === this.states.get(name.key) ? provedEarlier(entry, name) : undefined;
  }

  /** What an earlier run has proved is the same for ever. */
  same(digest: SettledDigest): SettledDigest {
    if (digest.verdict !== 'valid') return digest;
    const { name, hash } = digest;
    const entry = this.find(name.key);
    if (entry === undefined || entry.sha256 === hash) return digest;
    const when = formatTime(entry.verifiedAt);
    return { name, ...invalid('rewritten', `has another content than when it was verified, at ${when}`) };
  }

  /** The entry of a digest file whose log files were read, where listings show that nobody has rewritten one since. */
  spared({ name, digest }: ValidDigest): CheckpointEntry | undefined {
    const entry = this.find(name.key);
    if (this.checkpoint?.spares !== true || entry === undefined) return undefined;
    return this.logStates(digest.logFiles) === entry.logStates ? entry : undefined;
  }

  /** Writes down that a digest file and all log files that it lists were proved. */
  writeDown(proved: ValidDigest, bytes: number): void {
    const { key } = proved.name;
    const state = this.states.get(key);
    const logStates = this.logStates(proved.digest.logFiles);
    if (this.checkpoint === undefined || state === undefined || logStates === undefined) return;
    const known = this.find(key);
    if (known?.state === state && known.logStates === logStates) return;
    const { bucket } = this.place;
    this.checkpoint.add(entryOf(proved, { bucket, state, logStates, bytes, verifiedAt: this.now }));
  }

  /** Digest files that were proved, ended within the span, and are not listed any more. */
  gone(names: readonly DigestName[], span: Span): { readonly name: DigestName; readonly verifiedAt: number }[] {
    const { bucket, base, account, region } = this.place;
    const listed = new Set(names.map((it) => it.key));
    const entries = this.checkpoint?.inFolder(bucket, folderOf(base, account, digestFolder, region)) ?? [];
    return entries.flatMap(({ key, verifiedAt }) => {
      const name = listed.has(key) ? undefined : parseDigestName(key);
      return name === undefined || name.end <= span.from || name.end >= span.to ? [] : [{ name, verifiedAt }];
    });
  }

  private find(key: string): CheckpointEntry | undefined {
    return this.checkpoint?.find(this.place.bucket, key);
  }

  private logStates(files: ValidDigest['digest']['logFiles']): string | undefined {
    return logStatesOf(files, (key) => this.logs.stateOf(key));
  }
}

/** Waits until all log files of a digest file are valid. */
export class Proof {
  private bytes = 0;

  constructor(
    digest: ValidDigest,
    private left: number,
    private readonly done: (bytes: number) => void,
  ) {
    if (left === 0 && digest.anchor !== 'earlier-run') done(0);
  }

  take(verdict: LogVerdict): void {
    if (verdict.verdict !== 'valid') return;
    this.left -= 1;
    this.bytes += verdict.bytes;
    if (this.left === 0) this.done(this.bytes);
  }
}
