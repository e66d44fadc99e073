/** The links from an event to the one whom a rule tells of it. */
export const reactionLinks = ['trail', 'rule', 'target', 'subscriber'] as const;

export type ReactionLink = (typeof reactionLinks)[number];

/** Whether a rule tells someone of every event of a kind. */
export type Reaction = Told | Untold | Undecided;

interface Told {
  readonly state: 'told';
  readonly why: string;
}

export interface Untold {
  readonly state: 'untold';
  readonly brokenAt: ReactionLink;
  readonly why: string;
}

interface Undecided {
  readonly state: 'unknown';
  readonly why: string;
  readonly gaps: readonly string[];
  /** Targets that get every such event, and of which it is not known whether they tell anyone. */
  readonly targets: readonly string[];
}

export function told(why: string): Told {
  return { state: 'told', why };
}

export function untold(brokenAt: ReactionLink, why: string): Untold {
  return { state: 'untold', brokenAt, why };
}

export function undecided(why: string, gaps: readonly string[], targets: readonly string[] = []): Undecided {
  return { state: 'unknown', why, gaps: [...new Set(gaps)].toSorted(), targets: [...new Set(targets)].toSorted() };
}

/** Of several ways to be told the best: one is enough, one that is open leaves it open, else the one that gets farthest. */
export function bestReaction(all: readonly Reaction[], none: Untold): Reaction {
  const certain = all.find((it) => it.state === 'told');
  if (certain !== undefined) return certain;
  const open = all.filter((it) => it.state === 'unknown');
  const [first] = open;
  if (first !== undefined) {
    return undecided(
      first.why,
      open.flatMap((it) => it.gaps),
      open.flatMap((it) => it.targets),
    );
  }
  const rank = (it: Reaction): number => (it.state === 'untold' ? reactionLinks.indexOf(it.brokenAt) : -1);
  return all.toSorted((a, b) => rank(b) - rank(a))[0] ?? none;
}

/**
 * A chain is as strong as its weakest link: what is broken before breaks it, what is open before leaves it open, whomever
 * its targets tell.
 */
export function after(before: Reaction, rest: Reaction): Reaction {
  if (before.state === 'untold' || rest.state === 'told') return before.state === 'told' ? rest : before;
  if (before.state === 'told' || rest.state === 'untold') return rest;
  return undecided(before.why, [...before.gaps, ...rest.gaps], before.targets);
}
