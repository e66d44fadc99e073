import { thousands } from '../text/plural.js';
import type { MacroCall, Node } from './ast.js';
import { childrenOf } from './children.js';

/** So many times the bodies of loops may run for one evaluation of an expression: some seconds at most. */
export const mostSteps = 1_000_000;

/** Counts how often the bodies of loops run. */
export interface Budget {
  steps: number;
}

/** An expression was stopped: its loops within loops came to too many steps. */
export class TooManySteps extends Error {
  override readonly name = 'TooManySteps';

  constructor() {
    super(`it takes more than ${thousands(mostSteps)} steps`);
  }
}

/** @throws TooManySteps where they are used up */
export function spend(budget: Budget): void {
  budget.steps += 1;
  if (budget.steps > mostSteps) throw new TooManySteps();
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
  return stepsOf(node.list) + membersOf(node.list) * (1 + stepsOf(node.body));
}

function membersOf(list: Node): number {
  if (list.kind === 'list') return list.items.length;
  return list.kind === 'macro' ? membersOf(list.list) : supposedMembers;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
