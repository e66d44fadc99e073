/** An event pattern of EventBridge, parsed: it matches what any of its alternatives matches. */
export interface EventPattern {
  /** One without `$or`; each combination of its branches otherwise. */
  readonly alternatives: readonly Alternative[];
  /** Names of fields that occur in it anywhere, each part between dots: others need not be looked at. */
  readonly steps: ReadonlySet<string>;
}

/** Fields, each of which must pass one of its tests; sorted by name. */
export type Alternative = readonly FieldTests[];

export interface FieldTests {
  /** The path of the field, with dots between its steps, as EventBridge has it: it cannot tell dots in names. */
  readonly name: string;
  readonly tests: readonly Test[];
}

export type Test =
  /** A text, or the address that it is. */
  | { readonly kind: 'text'; readonly text: string; readonly address?: string }
  | { readonly kind: 'number'; readonly written: string; readonly comparable?: number }
  /** true, false, null */
  | { readonly kind: 'literal'; readonly value: boolean | null }
  | { readonly kind: 'prefix' | 'suffix' | 'equals'; readonly text: string; readonly ignoresCase: boolean }
  | { readonly kind: 'wildcard'; readonly parts: readonly string[] }
  | { readonly kind: 'range'; readonly low: Bound; readonly high: Bound }
  | { readonly kind: 'cidr'; readonly low: string; readonly high: string }
  | { readonly kind: 'exists'; readonly is: boolean }
  /** None of these; also what is not a text, or no number. */
  | { readonly kind: 'not'; readonly tests: readonly Test[] };

export interface Bound {
  readonly value: number;
  readonly isOpen: boolean;
}

/** What keeps a text from being an event pattern. */
export interface EventPatternProblem {
  /** Where in the pattern, with dots; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export type ParsedEventPattern =
  | { readonly state: 'parsed'; readonly pattern: EventPattern }
  | { readonly state: 'invalid'; readonly problem: EventPatternProblem };
