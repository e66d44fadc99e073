import { paramsObject } from '../../../src/policy/index.js';
import { activityQuery, type ActivityQuery, type QueryEngine, type TemplateFormat } from '../../../src/query/index.js';
import { activityPolicies } from '../activity-pack/index.js';
import type { Asked } from './compare.js';
import { constructs, policiesOf } from './constructs.js';

/** The shipped policies on events. */
export const packAsked: readonly Asked[] = [...activityPolicies.values()].map(({ id, activity, params }) => ({
  name: id,
  activity,
  params: paramsObject(params),
}));

/** Those, and each construct of the language. */
export const allAsked: readonly Asked[] = [...packAsked, ...policiesOf(constructs)];

export function queryOf(
  { name, activity, params }: Asked,
  engine: QueryEngine,
  format: TemplateFormat | 'text' = 'text',
): ActivityQuery {
  return activityQuery({ id: name, title: name, activity, params, place: () => 'policy.yaml:1' }, engine, format);
}
