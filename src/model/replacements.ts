/** An update of an event, as its addendum tells. */
export interface Replacement {
  /** The id of the event that it stands for. */
  readonly original: string;
  /** Its own id; undefined: it has none. */
  readonly by: string | undefined;
  /** Of which account both are. */
  readonly account: string | undefined;
  /** A valid digest file lists the object in which it stands. */
  readonly verified: boolean;
}

/** An event that may be replaced. */
export interface Replaceable {
  readonly eventID: string;
  readonly account: string | undefined;
  readonly verified: boolean;
}

/**
 * Which events later records replace. What digest files prove is replaced only by what they prove, and never by a record
 * of another account. Records that replace each other are nothing that CloudTrail writes: of those nobody knows which one
 * holds.
 */
export class Replacements {
  /** By the id of what is replaced, and the id of what replaces it. */
  private readonly known = new Map<string, Map<string, Replacement>>();

  add(it: Replacement): void {
    const its = this.known.get(it.original) ?? new Map<string, Replacement>();
    this.known.set(it.original, its);
    const key = JSON.stringify([it.by ?? '', it.account ?? '']);
    const other = its.get(key);
    if (other === undefined || it.verified) its.set(key, it);
  }

  /** `circle`: only records replace it that are replaced in turn by each other. */
  of(event: Replaceable): 'replaced' | 'circle' | undefined {
    const its = this.effective(event);
    if (its.length === 0) return undefined;
    return its.every((it) => this.isInCircle(it)) ? 'circle' : 'replaced';
  }

  private effective({ eventID, account, verified }: Replaceable): readonly Replacement[] {
    const its = [...(this.known.get(eventID)?.values() ?? [])];
    return its.filter((it) => it.account === account && (it.verified || !verified));
  }

  /** Whether what replaces the update leads back to it. */
  private isInCircle(start: Replacement): boolean {
    const met = new Set<string>();
    const left = [start];
    for (let it = left.pop(); it !== undefined; it = left.pop()) {
      if (it.by === undefined || met.has(it.by)) continue;
      met.add(it.by);
      for (const next of this.effective({ eventID: it.by, account: it.account, verified: it.verified })) {
        if (next.by === start.by) return true;
        left.push(next);
      }
    }
    return false;
  }
}
