import type { CompiledActivity } from '../activity/index.js';
import type { ViewObject } from '../expression/index.js';
import { predicateOf } from './predicate.js';
import { sqlPredicate, type SqlPredicate } from './sql/predicate.js';
import { duckdb } from './sql/duckdb.js';
import { lakeColumns } from './sql/lake.js';
import { athena } from './sql/trino.js';

export { activityQuery, type ActivityQuery, type QueriedPolicy } from './activity-query.js';
export { engineNames, queryEngines, type QueryEngine } from './engines.js';
export { templateFormats, type TemplateFormat } from './templates.js';
export { queriedPolicy } from './queried-policy.js';
export type { Origin, QueryPart } from './condition.js';
export type { LeftOut } from './weaken.js';
export type { SqlPredicate } from './sql/predicate.js';

/**
 * The events that an activity policy speaks of, as a condition on AWS's published table for Athena: true for each event
 * that matches, or of which that is not known.
 *
 * @param params - in force in the accounts that are asked
 */
export function trinoPredicate(activity: CompiledActivity, params: ViewObject): SqlPredicate {
  return sqlPredicate(predicateOf(activity, params), athena);
}

/** The same as a condition on log files that DuckDB reads as the query of `activityQuery` does. */
export function duckdbPredicate(activity: CompiledActivity, params: ViewObject): SqlPredicate {
  return sqlPredicate(predicateOf(activity, params), duckdb);
}

/**
 * The same as a condition on the columns of an event data store, for those whose values AWS documents: of the rest of what
 * a policy asks, more events come.
 */
export function lakePredicate(activity: CompiledActivity, params: ViewObject): SqlPredicate {
  return sqlPredicate(predicateOf(activity, params), lakeColumns);
}
