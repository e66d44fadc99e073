import { outOfRangePart, Timestamp, type Expression, type Scope } from '../expression/index.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { paramsObject, type ParameterValues } from './parameters.js';

/** Any time serves: what is far enough from one is far enough from all. */
const someTime = new Timestamp(Date.UTC(2026, 0, 1));

export const rangeHelp = 'times lie in the years 1 to 9999, durations are at most 292 years (106,751 days)';

/** The part of an expression that these values of the parameters take out of range, on every target. */
export function outOfRangeWith(expression: Expression, params: ParameterValues): string | undefined {
  const values = paramsObject(params);
  const scope: Scope = {
    get(name) {
      if (name === 'params') return values;
      if (name === 'now') return someTime;
      throw new Error(`a part that depends on '${name}' is not computed before there is a target`);
    },
  };
  return outOfRangePart(expression, scope);
}

/** The part of a policy's expressions that one value of a parameter takes out of range. */
export function outOfRangeBy(
  { when, assertions, params }: Pick<CompiledPolicy, 'when' | 'assertions' | 'params'>,
  changed: ParameterValues,
): string | undefined {
  const values = new Map([...params, ...changed]);
  for (const expression of [...(when === undefined ? [] : [when]), ...assertions.map((it) => it.expression)]) {
    const part = outOfRangeWith(expression, values);
    if (part !== undefined) return part;
  }
  return undefined;
}
