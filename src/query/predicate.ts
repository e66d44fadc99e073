import type { CompiledActivity } from '../activity/index.js';
import { eventNamesOf } from '../activity/index.js';
import type { Expression, Scope, ViewObject } from '../expression/index.js';
import { all, any, not } from './build.js';
import type { Condition, QueryPart } from './condition.js';
import { Lowering } from './lower.js';

/**
 * The events that an activity policy speaks of, with its parameters: `where` without what `except` allows; of a
 * sequence, its second event, too. Of what is familiar `where` alone, as what is allowed makes familiar. It holds of an
 * event, does not, or is not known.
 */
export function predicateOf(activity: CompiledActivity, params: ViewObject): Condition {
  const { form, except } = activity;
  const scope = scopeOf(params);
  const names = eventNamesOf(activity);
  const lowered = (expression: Expression, part: QueryPart): Condition =>
    new Lowering(expression, scope, part, names === undefined ? undefined : [...names]).root();
  const where = lowered(form.where, 'where');
  if (form.kind === 'familiar') return where;
  const allowed = except === undefined ? where : all(where, not(lowered(except, 'except')));
  return form.kind === 'followed-by' ? any(allowed, lowered(form.next, 'then')) : allowed;
}

function scopeOf(params: ViewObject): Scope {
  return {
    get(name) {
      // What depends on the event is never evaluated here.
      if (name !== 'params') throw new Error(`${name} is not known before there is an event`);
      return params;
    },
  };
}
