import { thousands } from '../text/plural.js';
import type { Node } from './ast.js';
import { childrenOf } from './children.js';
import { ViewList, type Value } from './values.js';

/** So many steps one evaluation of an expression may take: some seconds at most. */
export const mostSteps = 1_000_000;

/** A text that an expression makes may have so many characters: messages and names have some hundred. */
export const longestText = 1_000_000;

/** A step is a loop's body of so many parts, or so many characters of a text, run once. */
const partsPerStep = 16;
const charactersPerStep = 1_000;

/** What to do instead, where loops take too many steps. */
export const multiplying = 'loops within loops multiply: ask each list by itself, or filter it before';

/** What to do instead, where a text grows without end. */
export const growing = 'a text that is put together with itself doubles each time: ask its parts instead';

/** Counts the steps: runs of the bodies of loops, and the long texts and lists that are gone through. */
export interface Budget {
  steps: number;
}

/** An expression was stopped: it took too many steps, or its texts grew without end. */
export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';

  constructor(
    message = `it takes more than ${thousands(mostSteps)} steps`,
    readonly help = sentence(multiplying),
  ) {
    super(message);
  }
}

/** @throws TooManySteps where they are used up */
export function spend(budget: Budget, steps = 1): void {
  budget.steps += steps;
  if (budget.steps > mostSteps) throw new TooManySteps();
}

/** The steps of going through a value once: none but for long texts and lists. */
export function spendOn(budget: Budget, value: Value): void {
  let steps = 0;
  if (typeof value === 'string') steps = stepsOver(value.length, 0);
  else if (value instanceof ViewList) steps = stepsOver(0, value.members.length);
  if (steps > 0) spend(budget, steps);
}

/** The steps of looking for a value in a list: a long text is compared with each member. */
export function spendOnLookup(budget: Budget, value: Value, list: Value): void {
  spendOn(budget, list);
  if (typeof value !== 'string' || !(list instanceof ViewList)) return;
  const steps = stepsOver(value.length, 0) * list.members.length;
  if (steps > 0) spend(budget, steps);
}

/** The steps of so many characters of a text, and so many members of a list. */
export function stepsOver(characters: number, members: number): number {
  return Math.floor(characters / charactersPerStep) + Math.floor(members / partsPerStep);
}

/** @throws TooManySteps where a text came to more characters than anybody reads */
export function checkLength(characters: number): void {
  if (characters <= longestText) return;
  throw new TooManySteps(`it makes a text of more than ${thousands(longestText)} characters`, sentence(growing));
}

/** The steps of running the body of a loop once, without those of the loops in it. */
export function weightOf(body: Node): number {
  return 1 + Math.floor(partsOf(body) / partsPerStep);
}

function partsOf(node: Node): number {
  if (node.kind === 'macro') return 1 + partsOf(node.list);
  return 1 + sum(childrenOf(node).map(partsOf));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
