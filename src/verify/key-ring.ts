import type { KeySource, RegionKeys } from '../model/public-keys.js';
import { usableKey, type PublicKey, type UsableKey } from './public-keys.js';
import type { Span } from './spans.js';
import { formatTime, hour } from './timestamps.js';
import { invalid, type InvalidVerdict, type UnreadableVerdict } from './verdicts.js';
import { byText } from '../text/order.js';

interface Ring {
  readonly answer: RegionKeys;
  readonly keys: ReadonlyMap<string, UsableKey>;
}

/** How often a key was used, for the record. */
export interface UsedKey {
  readonly key: PublicKey;
  readonly digests: number;
}

/** The public keys of each Region, asked for once. */
export class KeyRing {
  private readonly rings = new Map<string, Promise<Ring>>();
  private readonly loaded = new Map<string, Ring>();
  private readonly used = new Map<string, { key: PublicKey; digests: number }>();

  /** @param span in which everything that is checked was signed */
  constructor(
    private readonly source: KeySource,
    private readonly span: Span,
  ) {}

  /** Asks for a Region's keys, so that {@link find} can answer for it. */
  async load(region: string): Promise<void> {
    let ring = this.rings.get(region);
    if (ring === undefined) {
      ring = this.ask(region);
      this.rings.set(region, ring);
    }
    this.loaded.set(region, await ring);
  }

  /** The key of a fingerprint that was in use in the Region at that time, or why there is none. */
  find(region: string, fingerprint: string, signed: Span): { key: PublicKey } | InvalidVerdict | UnreadableVerdict {
    const ring = this.loaded.get(region);
    if (ring === undefined) throw new Error(`The keys of ${region} were not loaded.`);
    const { answer, keys } = ring;
    const key = keys.get(fingerprint);
    if (key === undefined) return notListed(answer, fingerprint, signed, this.regionOf(fingerprint));
    if ('fault' in key) return invalid('key', `is signed with a key that cannot be used: ${key.fault}`);
    if (key.validTo < signed.from || key.validFrom > signed.to) {
      const validity = `${formatTime(key.validFrom)} to ${formatTime(key.validTo)}`;
      return invalid('key', `is signed with a key that was in use from ${validity} only`);
    }
    return { key };
  }

  /** Counts a digest file that was verified with the key. */
  count(key: PublicKey): void {
    const id = `${key.region}/${key.fingerprint}`;
    const entry = this.used.get(id) ?? { key, digests: 0 };
    entry.digests += 1;
    this.used.set(id, entry);
  }

  /** Keys that something was verified with, by Region and fingerprint. */
  usedKeys(): UsedKey[] {
    return [...this.used].toSorted(([a], [b]) => byText(a, b)).map(([, it]) => it);
  }

  /** All answers, by Region. */
  answers(): RegionKeys[] {
    return [...this.loaded].toSorted(([a], [b]) => byText(a, b)).map(([, { answer }]) => answer);
  }

  private async ask(region: string): Promise<Ring> {
    const answer = await this.source.keysOf(region, this.span.from, this.span.to);
    const listed = answer.state === 'known' ? answer.keys : [];
    return { answer, keys: new Map(listed.map((it) => [it.fingerprint.toLowerCase(), usableKey(region, it)])) };
  }

  private regionOf(fingerprint: string): string | undefined {
    for (const [region, { keys }] of this.loaded) if (keys.has(fingerprint)) return region;
    return undefined;
  }
}

function notListed(
  answer: RegionKeys,
  fingerprint: string,
  signed: Span,
  otherRegion: string | undefined,
): InvalidVerdict | UnreadableVerdict {
  const { region } = answer;
  if (answer.state === 'unreadable') {
    const message = `the public keys of ${region} could not be read: ${answer.message}`;
    return { verdict: 'unreadable', reason: 'no-key', message };
  }
  if (otherRegion !== undefined) {
    return invalid(
      'key',
      `is signed with the key ${fingerprint}, which belongs to Region ${otherRegion}, not to ${region}`,
    );
  }
  // Where something was asked about another time, the key may be one that was not asked for.
  if (signed.from < answer.from || signed.to > answer.to + hour) {
    const asked = `${formatTime(answer.from)} to ${formatTime(answer.to)}`;
    const message = `the public keys of ${region} are known from ${asked} only`;
    return { verdict: 'unreadable', reason: 'no-key', message };
  }
  if (!answer.keys.some((it) => it.validFrom <= signed.from && it.validTo >= signed.from)) {
    const message = `AWS lists no public key of ${region} that was in use at ${formatTime(signed.from)}`;
    return { verdict: 'unreadable', reason: 'no-key', message };
  }
  return invalid('key', `is signed with the key ${fingerprint}, which AWS does not list for ${region}`);
}
