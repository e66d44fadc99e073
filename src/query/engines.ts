/** Engines that a policy's question about events can be put to. */
export const queryEngines = ['athena', 'lake', 'duckdb', 'insights', 'eventbridge', 'filter-pattern'] as const;

export type QueryEngine = (typeof queryEngines)[number];

/** The engine as AWS, or whoever makes it, calls it. */
export const engineNames: Readonly<Record<QueryEngine, string>> = {
  athena: 'Athena',
  lake: 'CloudTrail Lake',
  duckdb: 'DuckDB',
  insights: 'Logs Insights',
  eventbridge: 'EventBridge',
  'filter-pattern': 'a metric filter',
};
