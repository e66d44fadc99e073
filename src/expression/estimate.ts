import type { Binary, Call, MacroCall, Node } from './ast.js';
import { longestText, mostSteps, stepsOver, weightOf } from './budget.js';
import { childrenOf } from './children.js';
import type { ResolvedCall } from './resolved.js';

/** What an expression takes, as far as it can be told without a state; lists and texts of the state are supposed. */
export type Cost =
  | { readonly kind: 'steps'; readonly loop: MacroCall; readonly steps: number }
  | { readonly kind: 'text'; readonly loop: MacroCall | undefined; readonly characters: number; readonly text: Node };

/** Of a text its characters, of a list its members and their sizes. */
interface Size {
  readonly characters: number;
  readonly members: number;
  readonly of?: Size;
}

/** Nobody knows the lists and texts of the state beforehand; this is what most are below. */
const supposed: Size = { characters: 50, members: 10 };

/**
 * The innermost loop from which on an expression takes too many steps, or makes a text that nobody reads.
 *
 * @param calls - what its calls turned out to be
 * @param joined - where it puts two texts together with `+`
 */
export function costOf(
  root: Node,
  calls: ReadonlyMap<Call, ResolvedCall>,
  joined: ReadonlySet<Binary>,
): Cost | undefined {
  const estimate = new Estimate(calls, joined);
  estimate.visit(root, { variables: new Map(), loop: undefined });
  return estimate.found;
}

interface Place {
  readonly variables: ReadonlyMap<string, Size>;
  readonly loop: MacroCall | undefined;
}

interface Visited {
  readonly size: Size;
  readonly steps: number;
}

class Estimate {
  found: Cost | undefined;

  constructor(
    private readonly calls: ReadonlyMap<Call, ResolvedCall>,
    private readonly joined: ReadonlySet<Binary>,
  ) {}

  visit(node: Node, place: Place): Visited {
    if (node.kind === 'macro') return this.loop(node, place);
    const parts = childrenOf(node).map((it) => this.visit(it, place));
    const sizes = parts.map((it) => it.size);
    const steps = parts.reduce((total, it) => total + it.steps, 0);
    switch (node.kind) {
      case 'literal': {
        return { size: { ...supposed, characters: String(node.value).length }, steps };
      }
      case 'name': {
        return { size: place.variables.get(node.name) ?? supposed, steps };
      }
      case 'list': {
        return { size: { characters: 0, members: sizes.length, of: sizes.reduce(larger, none) }, steps };
      }
      case 'conditional': {
        return { size: larger(sizes[1], sizes[2]), steps };
      }
      case 'binary': {
        const [left = supposed, right = supposed] = sizes;
        if (this.joined.has(node)) {
          return { size: this.text(node, left.characters + right.characters, place), steps };
        }
        return { size: supposed, steps: steps + (node.operator === 'in' ? stepsOver(0, right.members) : 0) };
      }
      case 'call': {
        return this.call(node, sizes, steps, place);
      }
      default: {
        return { size: supposed, steps };
      }
    }
  }

  private loop(node: MacroCall, place: Place): Visited {
    const list = this.visit(node.list, place);
    const variables = new Map(place.variables).set(node.variable, list.size.of ?? supposed);
    const body = this.visit(node.body, { variables, loop: node });
    const { members } = list.size;
    const steps = list.steps + members * (weightOf(node.body) + body.steps);
    if (steps > mostSteps) this.found ??= { kind: 'steps', loop: node, steps };
    if (node.macro === 'map') return { size: { characters: 0, members, of: body.size }, steps };
    return { size: node.macro === 'filter' ? list.size : supposed, steps };
  }

  private call(node: Call, sizes: readonly Size[], before: number, place: Place): Visited {
    const resolved = this.calls.get(node);
    const [first = supposed, second] = sizes;
    if (resolved?.kind === 'or-value') return { size: larger(first, second), steps: before };
    if (resolved?.kind === 'matches') return { size: supposed, steps: before + stepsOver(first.characters, 0) };
    if (resolved?.kind !== 'built-in') return { size: supposed, steps: before };
    const steps = sizes.reduce((total, it) => total + stepsOver(it.characters, it.members), before);
    switch (resolved.builtIn.name) {
      case 'join': {
        const separator = second?.characters ?? 0;
        const characters = first.members * ((first.of ?? supposed).characters + separator);
        return { size: this.text(node, characters, place), steps };
      }
      case 'split': {
        return { size: pieces(first.characters, second?.characters ?? 1), steps };
      }
      case 'lowerAscii':
      case 'string': {
        return { size: first, steps };
      }
      default: {
        return { size: supposed, steps };
      }
    }
  }

  private text(text: Node, characters: number, { loop }: Place): Size {
    if (characters > longestText) this.found ??= { kind: 'text', loop, characters, text };
    return { characters: Math.min(characters, longestText), members: supposed.members };
  }
}

const none: Size = { characters: 0, members: 0 };

function larger(a: Size = none, b: Size = none): Size {
  const of = a.of === undefined || b.of === undefined ? (a.of ?? b.of) : larger(a.of, b.of);
  const size = { characters: Math.max(a.characters, b.characters), members: Math.max(a.members, b.members) };
  return of === undefined ? size : { ...size, of };
}

/** By nothing, a text falls into its characters; by a separator, a short one into few, a long one into many. */
function pieces(characters: number, separator: number): Size {
  const many = Math.max(Math.min(characters + 1, supposed.members), Math.ceil(characters / supposed.members));
  const members = separator === 0 ? characters : many;
  return { characters: 0, members, of: { ...supposed, characters: Math.ceil(characters / Math.max(members, 1)) } };
}
