import type { ExampleRequest } from './answer.js';
import type { Dimension } from './dimension.js';
import { isPossible, routedOf } from './possible.js';
import type { DecidedStatement, Goal, Space } from './space.js';
import type { Tally } from './tally.js';
import type { Truth } from './truth.js';

/** Beyond it a question is undecided rather than slow. */
const maxSteps = 20_000;

/**
 * Goes through all requests of the space: it fixes one dimension after the other, each value in turn, and goes no
 * further where what is fixed decides already.
 *
 * @param levels how many levels there are for `blocked`
 * @returns false when it takes too long
 */
export function search(space: Space, goal: Goal, levels: number, tally: Tally): boolean {
  const choices = space.dimensions.map((dimension, index) => distinct(dimension, index, space.statements));
  // No principal, action or resource is like that: there is no such request.
  if (choices.some((it) => it.length === 0)) return true;
  const request: Request = choices.map((all) => (all.length === 1 ? all[0] : undefined));
  const statements = space.statements.map((it) => ranked(it, choices));
  const routed = routedOf(space.dimensions);
  let steps = 0;
  /** @param left statements that may say something, by what was fixed before */
  const visit = (left: readonly Ranked[]): boolean => {
    steps += 1;
    if (steps > maxSteps) return false;
    if (!isPossible(routed, request)) return true;
    const standings = standingsOf(left, request);
    const outcome = decide(standings, goal, levels);
    if (outcome.state !== 'depends') {
      const example = (): ExampleRequest => exampleOf(space.dimensions, request);
      if (outcome.state === 'open') tally.open(reasons(outcome.by, request));
      else if (outcome.state === 'yes') tally.yes(outcome.by, example);
      else tally.no(outcome.by, example);
      return true;
    }
    const still = standings.length === left.length ? left : standings.map((it) => it.ranked);
    for (const choice of choices[outcome.on] ?? []) {
      request[outcome.on] = choice;
      if (!visit(still)) return false;
    }
    request[outcome.on] = undefined;
    return true;
  };
  if (!visit(statements)) return false;
  tellConditions(space, choices, goal, tally);
  return true;
}

/** The chosen value of each dimension, as far as they are fixed. */
type Request = (number | undefined)[];

/** One value for each way in which the parts can turn out. */
function distinct(
  { values, presence }: Dimension,
  dimension: number,
  statements: readonly DecidedStatement[],
): readonly number[] {
  const parts = statements.flatMap((it) => it.parts).filter((it) => it.dimension === dimension);
  const found = new Map<string, number>();
  for (const index of values.keys()) {
    let key: string = presence?.[index] ?? '';
    for (const { truths } of parts) {
      const truth = truths[index] ?? false;
      key += typeof truth === 'boolean' ? (truth ? '\t1' : '\t0') : `\t${truth.because.join('\n')}`;
    }
    if (!found.has(key)) found.set(key, index);
  }
  return [...found.values()];
}

/** 0 false, 1 undecided, 2 true: "and" is the least of them. */
type Rank = 0 | 1 | 2;

interface Ranked {
  readonly statement: DecidedStatement;
  readonly parts: readonly RankedPart[];
}

interface RankedPart {
  readonly dimension: number;
  readonly ranks: readonly Rank[];
  /** of a part that turns out alike for each choice */
  readonly always: Rank | undefined;
}

function ranked(statement: DecidedStatement, choices: readonly (readonly number[])[]): Ranked {
  const parts = statement.parts.map(({ dimension, truths }): RankedPart => {
    const ranks = truths.map(rankOf);
    const [first, ...others] = (choices[dimension] ?? []).map((it) => ranks[it] ?? 0);
    return { dimension, ranks, always: others.every((it) => it === first) ? first : undefined };
  });
  return { statement, parts };
}

function rankOf(truth: Truth): Rank {
  if (typeof truth === 'boolean') return truth ? 2 : 0;
  return 1;
}

/** What a statement makes of the requests: nothing, or what is fixed so far and the next dimension that matters. */
interface Standing {
  readonly ranked: Ranked;
  readonly statement: DecidedStatement;
  readonly rank: 1 | 2;
  readonly on: number | undefined;
}

function standingsOf(all: readonly Ranked[], request: Request): readonly Standing[] {
  const found: Standing[] = [];
  for (const it of all) {
    const one = standing(it, request);
    if (one !== undefined) found.push(one);
  }
  return found;
}

function standing(of: Ranked, request: Request): Standing | undefined {
  const { statement, parts } = of;
  let rank: 1 | 2 = 2;
  let on: number | undefined;
  for (const { dimension, ranks, always } of parts) {
    const choice = request[dimension];
    const its = choice === undefined ? always : (ranks[choice] ?? 0);
    if (its === 0) return undefined;
    if (its === undefined) on ??= dimension;
    else if (its === 1) rank = 1;
  }
  return { ranked: of, statement, rank, on };
}

type Outcome =
  | { readonly state: 'yes'; readonly by: readonly string[] }
  | { readonly state: 'no'; readonly by: readonly string[] }
  | { readonly state: 'open'; readonly by: readonly Standing[] }
  | { readonly state: 'depends'; readonly on: number };

function decide(all: readonly Standing[], goal: Goal, levels: number): Outcome {
  // An Effect that cannot be read may be either.
  const allows = all.filter((it) => it.statement.effect !== 'Deny');
  const denies = all.filter((it) => it.statement.effect !== 'Allow');
  switch (goal) {
    case 'allowed':
      return decideAllowed(allows, denies);
    case 'denied':
      return settle(denies, (by) => ({ state: 'yes', by }), nobody);
    case 'blocked':
      return decideBlocked(allows, denies, levels);
  }
}

function nobody(): Outcome {
  return { state: 'no', by: [] };
}

function decideAllowed(allows: readonly Standing[], denies: readonly Standing[]): Outcome {
  if (allows.length === 0) return nobody();
  const surelyDenied = sureOnes(denies);
  if (surelyDenied.length > 0) return { state: 'no', by: surelyDenied };
  const allowed = settle(allows, (by) => ({ state: 'yes', by }), nobody);
  if (allowed.state === 'depends') return allowed;
  const denied = settle(
    denies,
    (by) => ({ state: 'no', by }),
    () => allowed,
  );
  return denied.state === 'open' && allowed.state === 'open'
    ? { state: 'open', by: [...allowed.by, ...denied.by] }
    : denied;
}

/** A Deny at any level, or a level at which nothing allows the request. */
function decideBlocked(allows: readonly Standing[], denies: readonly Standing[], levels: number): Outcome {
  const outcomes = [
    settle(denies, (by) => ({ state: 'yes', by }), nobody),
    ...Array.from({ length: levels }, (_, level) =>
      settle(
        allows.filter((it) => it.statement.level === level),
        nobody,
        (): Outcome => ({ state: 'yes', by: [`nothing at level ${level + 1} allows it`] }),
      ),
    ),
  ];
  const open = outcomes.flatMap((it) => (it.state === 'open' ? it.by : []));
  return (
    outcomes.find((it) => it.state === 'yes') ??
    outcomes.find((it) => it.state === 'depends') ??
    (open.length > 0 ? { state: 'open', by: open } : nobody())
  );
}

/** Whether one of the statements holds. */
function settle(
  all: readonly Standing[],
  whenOne: (by: readonly string[]) => Outcome,
  whenNone: () => Outcome,
): Outcome {
  const settled = all.filter((it) => it.on === undefined);
  const sure = sureOnes(all);
  if (sure.length > 0) return whenOne(sure);
  const on = all.find((it) => it.on !== undefined)?.on;
  if (on !== undefined) return { state: 'depends', on };
  return settled.length === 0 ? whenNone() : { state: 'open', by: settled };
}

function sureOnes(all: readonly Standing[]): readonly string[] {
  return all.flatMap((it) => (it.on === undefined && it.rank === 2 ? [it.statement.label] : []));
}

function reasons(
  by: readonly Standing[],
  request: Request,
): readonly { readonly label: string; readonly because: readonly string[] }[] {
  return by.map(({ statement: { label, parts } }) => ({
    label,
    because: parts.flatMap(({ dimension, truths }) => {
      const choice = request[dimension];
      // What is not fixed turns out alike for each choice.
      const truth = (choice === undefined ? truths.find((it) => it !== true) : truths[choice]) ?? false;
      return typeof truth === 'boolean' ? [] : truth.because;
    }),
  }));
}

function exampleOf(dimensions: readonly Dimension[], request: Request): ExampleRequest {
  const [principal = '', action = '', resource = ''] = dimensions
    .slice(0, 3)
    .map(({ values }, index) => values[request[index] ?? 0]);
  const fixed = dimensions.flatMap(({ name, values }, index) => {
    const choice = request[index];
    return index < 3 || choice === undefined ? [] : [[name, values[choice]] as const];
  });
  return { principal, action, resource, context: Object.fromEntries(fixed) };
}

function tellConditions(
  { statements }: Space,
  choices: readonly (readonly number[])[],
  goal: Goal,
  tally: Tally,
): void {
  for (const { label, effect, parts } of statements) {
    const depends = parts.filter(({ dimension, truths }) => {
      const [first = 0, ...others] = choices[dimension] ?? [];
      return others.some((it) => truths[it] !== truths[first]);
    });
    if (depends.length === 0) continue;
    const text = depends.map((it) => it.text).join(' and ');
    const isAgainst = effect === (goal === 'allowed' ? 'Deny' : 'Allow');
    tally.condition(label, isAgainst ? `not (${text})` : text);
  }
}
