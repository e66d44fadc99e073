import { ServiceError } from './answer.js';

export type Input = Readonly<Record<string, unknown>>;

/** Members of a request's input; a wrong type is refused as AWS's deserializers do. */
export function textIn(input: Input, name: string): string | undefined {
  return typed(input, name, 'string', (value): value is string => typeof value === 'string');
}

export function booleanIn(input: Input, name: string): boolean | undefined {
  return typed(input, name, 'boolean', (value): value is boolean => typeof value === 'boolean');
}

export function numberIn(input: Input, name: string): number | undefined {
  return typed(input, name, 'number', (value): value is number => typeof value === 'number');
}

export function textsIn(input: Input, name: string): readonly string[] | undefined {
  return typed(
    input,
    name,
    'list of strings',
    (value): value is readonly string[] => Array.isArray(value) && value.every((it) => typeof it === 'string'),
  );
}

/** A member that the service demands. */
export function requiredText(input: Input, name: string): string {
  const text = textIn(input, name);
  if (text === undefined || text === '') {
    throw new ServiceError(400, 'ValidationException', `Value at '${name}' failed to satisfy constraint: not null`);
  }
  return text;
}

function typed<T>(input: Input, name: string, type: string, is: (value: unknown) => value is T): T | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (is(value)) return value;
  throw new ServiceError(400, 'SerializationException', `${name} is no ${type}.`);
}
