import {
  type ViewFunction,
  objectOf,
  timestamp,
  withParams,
  type Environment,
  type Field,
  type Type,
  type ViewSchema,
} from '../expression/index.js';
import { parameterField } from './parameters.js';
import type { Parameter } from './schema/policy.js';

/** What expressions of policies may speak of, beside a policy's own parameters. */
export interface Language {
  readonly view: ViewSchema;
  readonly functions: readonly ViewFunction[];
}

/** What the expressions of a policy on this target, with these parameters, may speak of. */
export function environmentOf(
  target: { readonly name: string; readonly type: string },
  params: Readonly<Record<string, Parameter>>,
  language: Language,
): Environment {
  const fields = new Map(Object.entries(params).map(([name, declaration]) => [name, parameterField(declaration)]));
  const name = (type: Type, description: string): Field => ({ type, isOptional: false, description });
  const names = new Map<string, Field>([[target.name, name(objectOf(target.type), 'the target')]]);
  if (target.name !== 'organization') {
    if (target.name !== 'account') names.set('account', name(objectOf('Account'), 'the account that owns it'));
    names.set('organization', name(objectOf('Organization'), 'the organization of the run'));
  }
  names.set('params', name(objectOf('params'), "the policy's parameters"));
  names.set('now', name(timestamp, 'when the state was read'));
  const elsewhere = new Map(
    [...language.view.targets].map(
      ([id, other]) => [other.name, `it is the target of policies on ${id}: write target: ${id}`] as const,
    ),
  );
  return { types: withParams(language.view.types, fields), names, functions: language.functions, elsewhere };
}
