import type { ExampleRequest } from './answer.js';
import { isPossible } from './possible.js';
import type { DecidedStatement, Dimension, Part, Space } from './space.js';
import type { Tally } from './tally.js';
import type { Truth } from './truth.js';

/** Beyond it a question is undecided rather than slow. */
const maxRequests = 50_000;

/**
 * Tries each request of the space.
 *
 * @returns false when there are too many
 */
export function enumerate(space: Space, allowed: Tally, denied: Tally): boolean {
  const choices = space.dimensions.map((dimension, index) => distinct(dimension, partsOf(space, index)));
  if (choices.reduce((product, it) => product * it.length, 1) > maxRequests) return false;
  const statements = space.statements.map((it) => ranked(it));
  const chosen = choices.map(() => 0);
  do {
    const request = chosen.map((choice, index) => choices[index]?.[choice] ?? 0);
    if (isPossible(space.dimensions, request)) decide(space, statements, request, allowed, denied);
  } while (advance(chosen, choices));
  for (const { label, effect, parts } of space.statements) {
    const depends = parts.filter((it) => differs(it, choices[it.dimension] ?? []));
    if (depends.length === 0) continue;
    const text = depends.map((it) => it.text).join(' and ');
    denied.condition(label, text);
    allowed.condition(label, effect === 'Deny' ? `not (${text})` : text);
  }
  return true;
}

/** One value for each way in which the parts can turn out. */
function distinct(dimension: Dimension, parts: readonly Part[]): readonly number[] {
  const found = new Map<string, number>();
  for (const index of dimension.values.keys()) {
    const truths = parts.map(({ truths: all }) => all[index] ?? false);
    const key = truths.map((it) => (typeof it === 'boolean' ? String(it) : it.because.join('\n'))).join('\t');
    const presence = dimension.presence?.[index] ?? '';
    if (!found.has(`${presence}\t${key}`)) found.set(`${presence}\t${key}`, index);
  }
  return [...found.values()];
}

function partsOf({ statements }: Space, dimension: number): readonly Part[] {
  return statements.flatMap((it) => it.parts).filter((it) => it.dimension === dimension);
}

function differs({ truths }: Part, choices: readonly number[]): boolean {
  return choices.some((it) => truths[it] !== truths[choices[0] ?? 0]);
}

/** The next request, like the wheels of a counter; false after the last. */
function advance(chosen: number[], choices: readonly (readonly number[])[]): boolean {
  for (const [index, all] of choices.entries()) {
    const next = (chosen[index] ?? 0) + 1;
    chosen[index] = next < all.length ? next : 0;
    if (next < all.length) return true;
  }
  return false;
}

/** 0 false, 1 undecided, 2 true: "and" is the least of them, "or" the greatest. */
type Rank = 0 | 1 | 2;

interface Ranked {
  readonly statement: DecidedStatement;
  readonly parts: readonly { readonly dimension: number; readonly ranks: readonly Rank[] }[];
}

function ranked(statement: DecidedStatement): Ranked {
  const rank = (it: Truth): Rank => (it === true ? 2 : it === false ? 0 : 1);
  return { statement, parts: statement.parts.map(({ dimension, truths }) => ({ dimension, ranks: truths.map(rank) })) };
}

function rankOf({ parts }: Ranked, request: readonly number[]): Rank {
  let least: Rank = 2;
  for (const { dimension, ranks } of parts) {
    const rank = ranks[request[dimension] ?? 0] ?? 0;
    if (rank === 0) return 0;
    if (rank < least) least = rank;
  }
  return least;
}

function decide(
  { dimensions }: Space,
  statements: readonly Ranked[],
  request: readonly number[],
  allowed: Tally,
  denied: Tally,
): void {
  const allows: Match[] = [];
  const denies: Match[] = [];
  for (const it of statements) {
    const rank = rankOf(it, request);
    if (rank === 0) continue;
    const match = { statement: it.statement, rank };
    // An Effect that cannot be read may be either.
    if (it.statement.effect !== 'Deny') allows.push(match);
    if (it.statement.effect !== 'Allow') denies.push(match);
  }
  const allow = greatest(allows);
  const deny = greatest(denies);
  const example = (): ExampleRequest => exampleOf(dimensions, request);
  if (deny === 2) denied.yes(surely(denies), example);
  else if (deny === 1) denied.open(undecidedOf(denies, request));
  else denied.no([], example);
  if (allow === 0) allowed.no([], example);
  else if (deny === 2) allowed.no(surely(denies), example);
  else if (allow === 2 && deny === 0) allowed.yes(surely(allows), example);
  else allowed.open(undecidedOf([...(allow === 2 ? [] : allows), ...denies], request));
}

interface Match {
  readonly statement: DecidedStatement;
  readonly rank: Rank;
}

function greatest(all: readonly Match[]): Rank {
  return all.reduce<Rank>((most, it) => (it.rank > most ? it.rank : most), 0);
}

function surely(all: readonly Match[]): readonly string[] {
  return all.filter((it) => it.rank === 2).map((it) => it.statement.label);
}

function undecidedOf(
  all: readonly Match[],
  request: readonly number[],
): readonly { readonly label: string; readonly because: readonly string[] }[] {
  return all
    .filter((it) => it.rank === 1)
    .map(({ statement: { label, parts } }) => ({
      label,
      because: parts.flatMap(({ dimension, truths }) => {
        const truth = truths[request[dimension] ?? 0] ?? false;
        return typeof truth === 'boolean' ? [] : truth.because;
      }),
    }));
}

function exampleOf(dimensions: readonly Dimension[], request: readonly number[]): ExampleRequest {
  const values = dimensions.map(({ values: all }, index) => all[request[index] ?? 0]);
  const [principal = '', action = '', resource = ''] = values;
  const keys = dimensions.slice(3).map(({ name }, index) => [name, values[index + 3]] as const);
  return { principal, action, resource, context: Object.fromEntries(keys) };
}
