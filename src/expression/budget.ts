import { thousands } from '../text/plural.js';
import type { MacroCall, Node } from './ast.js';
import { childrenOf } from './children.js';
import { ViewList, type Value } from './values.js';

/** So many steps one evaluation of an expression may take: some seconds at most. */
export const mostSteps = 1_000_000;

/** A text that an expression makes may have so many characters: messages and names have some hundred. */
const longestText = 1_000_000;

/** A step is a loop's body of so many parts, or so many characters of a text, run once. */
const partsPerStep = 16;
const charactersPerStep = 1_000;

/** Counts the steps: runs of the bodies of loops, and the long texts and lists that are gone through. */
export interface Budget {
  steps: number;
}

/** An expression was stopped: it took too many steps, or its texts grew without end. */
export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';

  constructor(
    message = `it takes more than ${thousands(mostSteps)} steps`,
    readonly help = 'Its loops within loops multiply: ask each list by itself, or filter it before.',
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
  const steps = sizeIn(value, charactersPerStep, partsPerStep);
  if (steps > 0) spend(budget, steps);
}

function sizeIn(value: Value, characters: number, members: number): number {
  if (typeof value === 'string') return Math.floor(value.length / characters);
  return value instanceof ViewList ? Math.floor(value.members.length / members) : 0;
}

/** @throws TooManySteps where a text came to more characters than anybody reads */
export function checkLength(characters: number): void {
  if (characters <= longestText) return;
  throw new TooManySteps(
    `it makes a text of more than ${thousands(longestText)} characters`,
    'A text that is put together with itself doubles each time: ask its parts instead.',
  );
}

/** The steps of running the body of a loop once, without those of the loops in it. */
export function weightOf(body: Node): number {
  return 1 + Math.floor(partsOf(body) / partsPerStep);
}

function partsOf(node: Node): number {
  if (node.kind === 'macro') return 1 + partsOf(node.list);
  return 1 + sum(childrenOf(node).map(partsOf));
}

/** Nobody knows the length of a list of the state beforehand; this is what most are below. */
const supposedMembers = 10;

/**
 * The innermost loop from which on an expression takes too many steps, with how many; lists of the state are supposed to
 * have ten members.
 */
export function costlyLoop(root: Node): { readonly loop: MacroCall; readonly steps: number } | undefined {
  for (const child of childrenOf(root)) {
    const found = costlyLoop(child);
    if (found !== undefined) return found;
  }
  const steps = root.kind === 'macro' ? stepsOf(root) : 0;
  return root.kind === 'macro' && steps > mostSteps ? { loop: root, steps } : undefined;
}

function stepsOf(node: Node): number {
  if (node.kind !== 'macro') return sum(childrenOf(node).map(stepsOf));
  return stepsOf(node.list) + membersOf(node.list) * (weightOf(node.body) + stepsOf(node.body));
}

function membersOf(list: Node): number {
  if (list.kind === 'list') return list.items.length;
  return list.kind === 'macro' ? membersOf(list.list) : supposedMembers;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
