import type { AdvancedEventSelector, EventSelectors, InsightSelector } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import type { Failure } from '../silence/index.js';

/** What a trail or event data store records for one account, in one of the cases that are possible. */
export interface Recording {
  /** `*` for all Regions, else the one. */
  readonly region: string;
  /** Only told apart where it records in one Region. */
  readonly includesGlobalServices: boolean;
  readonly selectors: Selectors;
  /** It selects events, but they do not arrive. */
  readonly failure?: Failure;
}

export type Selectors =
  | { readonly of: 'everything' }
  | { readonly of: 'trail'; readonly it: EventSelectors }
  | { readonly of: 'event-data-store'; readonly it: readonly AdvancedEventSelector[] };

/** Why a sink certainly records nothing, and what it would record otherwise. */
export type Idle =
  | { readonly reason: 'not-logging' | 'credit-refuted'; readonly would?: Recording }
  | {
      readonly reason: 'key-unusable';
      readonly would: Recording;
      /** As the event data store names it, which may be by an alias; its ARN, and its state. */
      readonly key: { readonly name: string; readonly arn: string; readonly trouble: string };
    };

/** A trail or event data store that is taken into account, or one that may exist unseen. */
export interface EventSink {
  readonly kind: 'trail' | 'event-data-store' | 'unseen';
  /** Empty for an unseen one. */
  readonly arn: string;
  /** What it records for certain; undefined: maybe nothing. */
  readonly worst?: Recording;
  /** What it records at the very most; undefined: nothing. */
  readonly best?: Recording;
  /** Gaps for which worst and best differ; empty where they do not. */
  readonly gaps: readonly string[];
  readonly idle?: Idle;
  /** A trail's; an unseen sink may have any. */
  readonly insightSelectors?: Known<readonly InsightSelector[]>;
  /** Equal keys: equal sinks of one inventory. */
  readonly key: string;
}
