import {
  objectOf,
  readViewSchema,
  withParams,
  type Environment,
  type Field,
  type TypeTable,
  type ViewFunction,
} from '../expression/index.js';
import { readPackageJson } from '../package-file.js';
import { parameterField } from './parameters.js';
import type { Parameter } from './schema/policy.js';

let types: TypeTable | undefined;

/** The types of events, as `schema/event.v1.json` says. */
export function eventTypes(): TypeTable {
  types ??= readViewSchema(readPackageJson('schema/event.v1.json')).types;
  return types;
}

/** Names that an expression of an activity policy may speak of, beside `params`. */
export type ActivityName = 'event' | 'incident';

const described: Readonly<Record<ActivityName, Field>> = {
  event: { type: objectOf('Event'), isOptional: false, description: 'a CloudTrail event' },
  incident: { type: objectOf('Incident'), isOptional: false, description: 'events that are one finding' },
};

/**
 * What the expressions of an activity policy with these parameters may speak of.
 * @param functions of these the ones that read no field of the View, of which events have none
 */
export function activityEnvironment(
  params: Readonly<Record<string, Parameter>>,
  names: readonly ActivityName[],
  functions: readonly ViewFunction[],
): Environment {
  const fields = new Map(Object.entries(params).map(([name, declaration]) => [name, parameterField(declaration)]));
  const paramsField: Field = { type: objectOf('params'), isOptional: false, description: "the policy's parameters" };
  return {
    types: withParams(eventTypes(), fields),
    names: new Map([...names.map((name) => [name, described[name]] as const), ['params', paramsField]]),
    functions: functions.filter((it) => it.reads.length === 0),
  };
}
