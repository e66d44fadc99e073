import { suggestion, type Type, type TypeTable } from '../../expression/index.js';
import type { Range, Remark } from '../yaml/source.js';
import { parsePath, type Step } from './fixture-path.js';

/** Where a path leads: to a part of the View of this type. */
export interface Place {
  readonly text: string;
  readonly steps: readonly Step[];
  readonly type: Type;
  /** It may be taken away: an optional field, or an entry of a map that is not total. */
  readonly isRemovable: boolean;
}

export type Resolved = Place | { readonly range: Range; readonly remark: Remark };

/** Follows a path through the types of the View. */
export function resolvePath(text: string, roots: ReadonlyMap<string, string>, types: TypeTable): Resolved {
  const parsed = parsePath(text);
  if ('badAt' in parsed) {
    const help = 'write it like account.trails[0].isLogging, or account.coverage.data["AWS::S3::Object"].read';
    const message = `'${text}' is not a path`;
    return { range: { start: parsed.badAt, end: text.length }, remark: { code: 'path', message, help } };
  }
  const [root, ...rest] = parsed.steps;
  const rootType = root?.kind === 'field' ? roots.get(root.name) : undefined;
  if (root === undefined || rootType === undefined) {
    const name = root?.kind === 'field' ? root.name : text;
    const help = suggestion(name, [...roots.keys()], 'names in scope');
    const message = `there is no '${name}' in the scope of this policy`;
    return { range: root ?? { start: 0, end: text.length }, remark: { code: 'unknown-name', message, help } };
  }
  let here: Next = { type: { kind: 'object', name: rootType }, isRemovable: false };
  for (const step of rest) {
    const next = follow(here.type, step, types);
    if ('code' in next) return { range: step, remark: next };
    here = next;
  }
  return { text, steps: parsed.steps, ...here };
}

interface Next {
  readonly type: Type;
  readonly isRemovable: boolean;
}

function follow(type: Type, step: Step, types: TypeTable): Next | Remark {
  switch (step.kind) {
    case 'index': {
      if (type.kind !== 'list') return { code: 'path', message: `an index, but this is ${article(type)}, not a list` };
      // Indexes would shift: the list is set as a whole instead.
      return { type: type.of, isRemovable: false };
    }
    case 'key': {
      if (type.kind !== 'map') return { code: 'path', message: `a key, but this is ${article(type)}, not a map` };
      return { type: type.of, isRemovable: !type.isTotal };
    }
    case 'field': {
      if (type.kind === 'map') {
        return { code: 'path', message: 'a map is read by key', help: `write ["${step.name}"]` };
      }
      if (type.kind === 'list') {
        return { code: 'path', message: 'a list has no fields', help: `name a member: [0].${step.name}` };
      }
      if (type.kind !== 'object') return { code: 'path', message: `${article(type)} has no fields` };
      const fields = types.object(type.name);
      const field = fields?.get(step.name);
      if (field !== undefined) return { type: field.type, isRemovable: field.isOptional };
      const help = suggestion(step.name, [...(fields?.keys() ?? [])], 'fields');
      return { code: 'unknown-field', message: `${type.name} has no field '${step.name}'`, help };
    }
  }
}

function article(type: Type): string {
  const name = type.kind === 'object' ? type.name : type.kind;
  return /^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`;
}
