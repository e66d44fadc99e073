/** The links of a chain, from the event to the one who is told. */
export const links = [
  'trail',
  'log-group',
  'role',
  'metric-filter',
  'metric',
  'alarm',
  'action',
  'subscriber',
] as const;

export type LinkName = (typeof links)[number];

/** The link that a trail and its metric filters share. */
export const logGroupLink: LinkName = 'log-group';

/** A chain, or its rest from some link on. */
export type Chain = Whole | Broken | Unknown;

export interface Whole {
  readonly state: 'whole';
  /** So many events in one period raise the alarm. */
  readonly firesAt: number;
  /** What it goes through, with ARNs and names. */
  readonly why: string;
  readonly topics: readonly string[];
  readonly filterPatterns: readonly string[];
}

export interface Broken {
  readonly state: 'broken';
  readonly brokenAt: LinkName;
  readonly why: string;
}

export interface Unknown {
  readonly state: 'unknown';
  /** The first link that is not known. */
  readonly at: LinkName;
  readonly why: string;
  readonly gaps: readonly string[];
  /** A whole chain that fires at this many events is there in any case. */
  readonly firesAtMost?: Whole;
}

export function broken(brokenAt: LinkName, why: string): Broken {
  return { state: 'broken', brokenAt, why };
}

export function unknownAt(at: LinkName, why: string, gaps: readonly string[]): Unknown {
  return { state: 'unknown', at, why, gaps: [...new Set(gaps)].toSorted() };
}

/**
 * Of several chains for the same events the best: whole with the fewest events; where an unknown one might be better
 * it is open; else the one that reaches farthest.
 */
export function best(chains: readonly Chain[]): Chain {
  const [only] = chains;
  if (only !== undefined && chains.length === 1) return only;
  const whole = chains.filter((it) => it.state === 'whole').toSorted((a, b) => a.firesAt - b.firesAt)[0];
  const open = chains.filter((it) => it.state === 'unknown');
  const [first] = open;
  if (first !== undefined && whole?.firesAt !== 1) {
    const inAnyCase = best([...(whole === undefined ? [] : [whole]), ...open.flatMap((it) => it.firesAtMost ?? [])]);
    const joined = unknownAt(
      first.at,
      first.why,
      open.flatMap((it) => it.gaps),
    );
    return inAnyCase.state === 'whole' ? { ...joined, firesAtMost: inAnyCase } : joined;
  }
  if (whole !== undefined) return withPatternsOf(whole, chains);
  const rank = (it: Chain): number => (it.state === 'broken' ? links.indexOf(it.brokenAt) : -1);
  return chains.toSorted((a, b) => rank(b) - rank(a))[0] ?? broken('trail', 'There is no trail.');
}

/** Whoever asks for the text of a pattern asks all whole chains. */
function withPatternsOf(whole: Whole, chains: readonly Chain[]): Whole {
  const others = chains.flatMap((it) => (it.state === 'whole' && it !== whole ? it.filterPatterns : []));
  const added = others.filter((it) => !whole.filterPatterns.includes(it));
  return added.length === 0 ? whole : { ...whole, filterPatterns: [...whole.filterPatterns, ...new Set(added)] };
}
