import type { PreviousDigest } from './digest.js';
import type { KeyRing } from './key-ring.js';
import { parseDigestName, type DigestName } from './object-names.js';
import type { PublicKey } from './public-keys.js';
import type { FoundDigest, ReadDigest } from './read-digest.js';
import { isSignedBy } from './signature.js';
import type { Span } from './spans.js';
import { hour } from './timestamps.js';
import { invalid, type Anchor, type InvalidVerdict, type MissingVerdict, type UnreadableVerdict } from './verdicts.js';

export interface ValidDigest extends FoundDigest {
  readonly verdict: 'valid';
  readonly anchor: Anchor;
}

export type SettledDigest =
  | ValidDigest
  | ({ readonly name: DigestName } & (InvalidVerdict | MissingVerdict | UnreadableVerdict));

/** A predecessor that a valid digest file names. */
export interface Claim extends PreviousDigest {
  /** The digest file that names it. */
  readonly by: DigestName;
}

/** What an earlier run kept of digest files, by key: signatures that a copy on disk lacks. */
export type SavedSignatures = ReadonlyMap<string, string>;

/** CloudTrail signs a digest file when it writes it, within minutes after its end. */
const signedWithin = 2 * hour;

/**
 * The digest files of one chain, settled one after the other from the newest to the oldest: each is proved by its
 * signature and, where a newer one is valid, by what that one says of its predecessor.
 */
export class ChainSettler {
  /** What valid digest files say of predecessors that have not been met; a signature may be empty. */
  private readonly claims = new Map<string, Claim>();
  /** Signatures that newer digest files repeat, valid or not: the check of the signature itself tells. */
  private readonly repeated = new Map<string, string>();

  constructor(
    private readonly keys: KeyRing,
    private readonly saved: SavedSignatures = new Map(),
    /** False for backfill digests, of which AWS does not document that they follow each other in time. */
    private readonly isInOrder = true,
  ) {}

  /** Takes the next older digest file as an earlier run has proved it, where what newer ones say does not contradict. */
  accept(proved: ValidDigest): SettledDigest {
    const { name, hash, digest } = proved;
    const claim = this.claims.get(name.key);
    this.claims.delete(name.key);
    const skipped = claim === undefined ? this.skipping(name) : undefined;
    if (skipped !== undefined) return { name, ...leftOut(skipped) };
    if (claim !== undefined && claim.hash !== hash) return { name, ...contradicted(claim) };
    if (digest.previous !== undefined) this.claims.set(digest.previous.key, { ...digest.previous, by: name });
    return proved;
  }

  /** Settles the next older digest file. */
  settle(read: ReadDigest): SettledDigest {
    const settled = 'found' in read ? this.prove(read.found) : read;
    const { key } = settled.name;
    this.claims.delete(key);
    this.repeated.delete(key);
    const previous = 'found' in read ? read.found.digest.previous : undefined;
    if (previous !== undefined && !this.repeated.has(previous.key)) {
      this.repeated.set(previous.key, previous.signature);
    }
    if (previous !== undefined && settled.verdict === 'valid') this.expect({ ...previous, by: settled.name });
    return settled;
  }

  /** Predecessors that valid digest files name, and that were not met. */
  unmet(): readonly Claim[] {
    return [...this.claims.values()];
  }

  private expect(claim: Claim): void {
    this.claims.set(claim.key, claim);
    this.repeated.set(claim.key, claim.signature);
  }

  private prove(found: FoundDigest): SettledDigest {
    const { name, digest, hash, signature: own } = found;
    const claim = this.claims.get(name.key);
    const skipped = claim === undefined ? this.skipping(name) : undefined;
    if (skipped !== undefined) return { name, ...leftOut(skipped) };
    if (claim !== undefined) {
      if (claim.hash !== hash) return { name, ...contradicted(claim) };
      // What an earlier run has proved says the hash alone.
      if (own !== undefined && claim.signature !== '' && own.toLowerCase() !== claim.signature.toLowerCase()) {
        return { name, ...invalid('signature', `has another signature than ${claim.by.key} says`) };
      }
    }
    const known = this.signatureOf(found);
    if (known === undefined) {
      const message = 'its signature is not known: no newer digest file repeats it, and none was saved';
      return { name, verdict: 'unreadable', reason: 'no-signature', message };
    }
    const key = this.keys.find(name.region, digest.fingerprint, signedIn(found));
    if (!('key' in key)) {
      // The next one is valid and gives this one's hash: that is AWS's word as well.
      if (key.verdict === 'unreadable' && claim !== undefined)
        return { ...found, verdict: 'valid', anchor: 'next-hash' };
      return { name, ...key };
    }
    return this.checked(found, key.key, known);
  }

  private checked(found: FoundDigest, key: PublicKey, known: KnownSignature): SettledDigest {
    const { name, digest, hash } = found;
    if (!isSignedBy(key, digest, hash, known.signature)) {
      return { name, ...invalid('signature', 'does not fit its signature') };
    }
    this.keys.count(key);
    return { ...found, signature: known.signature, verdict: 'valid', anchor: known.anchor };
  }

  private signatureOf({ name, signature }: FoundDigest): KnownSignature | undefined {
    if (signature !== undefined) return { signature, anchor: 'own-signature' };
    const repeated = this.repeated.get(name.key);
    if (repeated !== undefined) return { signature: repeated, anchor: 'next-signature' };
    const saved = this.saved.get(name.key);
    return saved === undefined ? undefined : { signature: saved, anchor: 'saved-signature' };
  }

  /** A valid digest file that names an older one than this as its predecessor. */
  private skipping({ end }: DigestName): Claim | undefined {
    if (!this.isInOrder) return undefined;
    return [...this.claims.values()].find((it) => (parseDigestName(it.key)?.end ?? Number.POSITIVE_INFINITY) < end);
  }
}

function leftOut({ by }: Claim): InvalidVerdict {
  return invalid('off-chain', `is left out by ${by.key}, which names an older one as its predecessor`);
}

function contradicted({ by }: Claim): InvalidVerdict {
  return invalid('hash', `is not what ${by.key} says of its content`);
}

interface KnownSignature {
  readonly signature: string;
  readonly anchor: Anchor;
}

/** A backfill digest is signed when it is made, which may be days after the time that it covers. */
function signedIn({ name, digest, generated }: FoundDigest): Span {
  if (!name.isBackfill) return { from: digest.end, to: digest.end + signedWithin };
  if (generated !== undefined) return { from: generated - hour, to: generated + hour };
  return { from: digest.end, to: digest.end + 60 * 24 * hour };
}
