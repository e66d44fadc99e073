import type { Expression, Template } from '../expression/index.js';

/** A number that is written out, or what an expression over the parameters gives: milliseconds where it is a time. */
export type Quantity = number | Expression;

/** What an activity policy asks of the events of an account. */
export type ActivityForm =
  | { readonly kind: 'never'; readonly where: Expression }
  | {
      readonly kind: 'at-most';
      readonly where: Expression;
      /** Events are counted together that give the same here. */
      readonly by: readonly Expression[];
      readonly count: Quantity;
      readonly within: Quantity;
      /** Counts different values instead of events. */
      readonly distinct?: Expression;
      /** Adds up numbers instead of counting events. */
      readonly sum?: Expression;
    }
  | {
      readonly kind: 'followed-by';
      readonly where: Expression;
      readonly next: Expression;
      /** Both events give the same here. */
      readonly same: readonly Expression[];
      readonly within: Quantity;
    }
  | { readonly kind: 'happens'; readonly where: Expression; readonly atLeast: Quantity; readonly every: Quantity }
  | FamiliarForm;

/** Nothing happens that did not happen before. */
export interface FamiliarForm {
  readonly kind: 'familiar';
  readonly where: Expression;
  /** What must have been seen together before. */
  readonly what: readonly Expression[];
  /** Within so many milliseconds before the event: a day at least. */
  readonly baseline: Quantity;
}

/** The part of a policy that judges events, checked. */
export interface CompiledActivity {
  readonly form: ActivityForm;
  /** Events that are allowed. */
  readonly except?: Expression;
  /** What makes events one incident; none: each event is one. */
  readonly incidentBy: readonly Expression[];
  /** Events of one such span, counted from midnight UTC of the first of January 1970, are one incident: milliseconds. */
  readonly incidentPer: number;
  readonly message: Template;
}

/** An activity policy as it is asked: which parameters are in force depends on the account. */
export interface AskedPolicy {
  readonly id: string;
  readonly activity: CompiledActivity;
}
