import {
  ABSENT,
  Unknown,
  ViewList,
  type DoubtfulMember,
  type Value,
  type Field,
  type TypeTable,
} from '../../expression/index.js';

/** A part of a fixture, checked against the View's types. */
export type FixtureNode =
  | { readonly kind: 'scalar'; readonly value: Value }
  /** `{ $unread: call }`: it could not be read. */
  | { readonly kind: 'unread'; readonly call: string }
  /** `{ $unread: call, value: … }`: a list's member of which it is not known whether it belongs there. */
  | { readonly kind: 'doubtful'; readonly call: string; readonly value: FixtureNode }
  | { readonly kind: 'object'; readonly type: string; readonly fields: ReadonlyMap<string, FixtureNode> }
  | { readonly kind: 'list'; readonly items: readonly FixtureNode[] }
  | { readonly kind: 'map'; readonly isTotal: boolean; readonly entries: ReadonlyMap<string, FixtureNode> };

/** A test reads what its fixture does not write. */
export class UnwrittenError extends Error {
  override readonly name = 'UnwrittenError';

  constructor(readonly path: string) {
    super(`'${path}' is read, and the fixture does not write it`);
  }
}

/** The fixture's part as expressions see it. An object tells what is missing when it is asked for it. */
export function toValue(node: FixtureNode, path: string, types: TypeTable): Value {
  switch (node.kind) {
    case 'scalar': {
      return node.value;
    }
    case 'unread': {
      return new Unknown([node.call]);
    }
    case 'doubtful': {
      // Doubtful members are taken out by their list.
      return toValue(node.value, path, types);
    }
    case 'list': {
      return toList(node.items, path, types);
    }
    case 'map': {
      return toMap(node, path, types);
    }
    case 'object': {
      return toObject(node.type, node.fields, path, types);
    }
  }
}

function toList(items: readonly FixtureNode[], path: string, types: TypeTable): Value {
  const members: Value[] = [];
  const doubtful: DoubtfulMember[] = [];
  let rest: Unknown | undefined;
  for (const [index, item] of items.entries()) {
    if (item.kind === 'unread') {
      const unknown = new Unknown([item.call]);
      rest = rest === undefined ? unknown : rest.and(unknown);
      continue;
    }
    const value = toValue(item, `${path}[${index}]`, types);
    if (item.kind === 'doubtful') doubtful.push({ value, because: new Unknown([item.call]) });
    else members.push(value);
  }
  return rest === undefined ? new ViewList(members, doubtful) : new ViewList(members, doubtful, rest);
}

function toMap(node: Extract<FixtureNode, { kind: 'map' }>, path: string, types: TypeTable): Value {
  const step = (key: string): string => `${path}["${key}"]`;
  const values = new Map<string, Value>(
    [...node.entries].map(([key, entry]) => [key, toValue(entry, step(key), types)]),
  );
  return {
    isMap: true,
    keys: [...values.keys()],
    get(key): Value {
      const value = values.get(key);
      if (value !== undefined) return value;
      if (node.isTotal) throw new UnwrittenError(step(key));
      return ABSENT;
    },
  };
}

function toObject(type: string, fields: ReadonlyMap<string, FixtureNode>, path: string, types: TypeTable): Value {
  const values = new Map<string, Value>(
    [...fields].map(([name, field]) => [name, toValue(field, `${path}.${name}`, types)]),
  );
  const label = ['arn', 'id', 'name'].map((name) => values.get(name)).find((it) => typeof it === 'string');
  return {
    type,
    label,
    get(name): Value {
      const value = values.get(name);
      if (value !== undefined) return value;
      const field: Field | undefined = types.object(type)?.get(name);
      if (field?.isOptional === true) return ABSENT;
      throw new UnwrittenError(`${path}.${name}`);
    },
    evidence: () => [],
  };
}
