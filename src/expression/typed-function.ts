import type { Timestamp, Value } from './values.js';

/** `bool`, `int`, `string`, `arn`, `timestamp`, `duration`, a type of the View, or `list<…>` of one of these. */
export type TypeName = string;

/** Why a text is none that a parameter takes, and what to write. */
export interface WrongLiteral {
  readonly message: string;
  readonly help?: string;
}

/** A typed function of the policy language that knows about CloudTrail. All are pure and total over their types. */
export interface ViewFunction {
  readonly name: string;
  readonly params: readonly TypeName[];
  /** For documentation: the names of the parameters. */
  readonly names?: readonly string[];
  readonly returns: TypeName;
  /** For documentation: what it means, in one sentence. */
  readonly meaning: string;
  /** For documentation: an expression of a policy on this target, or on events where it says `event`. */
  readonly example?: { readonly target: string; readonly expr: string };
  /**
   * The fields of the View that it may read, as `Delivery.quietSince`: which calls it needs follows from them. One that
   * reads none may be asked of events, too.
   */
  readonly reads: readonly string[];
  /** What is wrong with an argument that is written out, such as an event source that no service has. */
  readonly literal?: (index: number, text: string) => WrongLiteral | undefined;
  /** Arguments are never absent; an unknown argument makes the result unknown before this is called. Events know no `now`. */
  apply(args: readonly Value[], now: () => Timestamp): Value;
}
