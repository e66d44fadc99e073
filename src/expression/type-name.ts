import type { TypeName } from './typed-function.js';
import { listOf, objectOf, type Type } from './types.js';

/** Reads how a function of the View names a type: `int`, `list<string>`, `any | protected`, `Account`. */
export function readTypeName(name: TypeName): Type {
  const list = /^list<(.+)>$/.exec(name);
  if (list !== null) return listOf(readTypeName(list[1] ?? ''));
  if (name.includes(' | ')) return { kind: 'enum', values: name.split(' | '), isOpen: false };
  switch (name) {
    case 'bool':
    case 'int':
    case 'string':
    case 'arn':
    case 'timestamp':
    case 'duration': {
      return { kind: name };
    }
    default: {
      return objectOf(name);
    }
  }
}
