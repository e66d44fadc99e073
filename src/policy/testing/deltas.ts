import type { Type, TypeTable } from '../../expression/index.js';
import type { FixtureNode } from './fixture-node.js';
import type { Step } from './fixture-path.js';
import type { Place } from './resolve-path.js';

/** What a test changes in its fixture: a part that is put at a place, or taken away. */
export type Delta =
  | { readonly kind: 'set'; readonly place: Place; readonly node: FixtureNode }
  | { readonly kind: 'unset'; readonly place: Place };

/** The names of the scope with what the fixture writes for each. */
export type FixtureRoots = ReadonlyMap<string, FixtureNode>;

/** A delta does not fit its fixture; the message says where. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/**
 * The fixture with a delta applied. Objects on the way that the fixture does not write are written, empty.
 *
 * @throws DeltaError where a list has no such member, the way leads through what could not be read, or there is
 *   nothing to take away
 */
export function applyDelta(
  roots: FixtureRoots,
  delta: Delta,
  rootTypes: ReadonlyMap<string, string>,
  types: TypeTable,
): FixtureRoots {
  const [root, ...rest] = delta.place.steps;
  if (root?.kind !== 'field') throw new DeltaError(`'${delta.place.text}' names nothing in scope`);
  const type: Type = { kind: 'object', name: rootTypes.get(root.name) ?? '' };
  const changed = new Applier(delta, types).change(roots.get(root.name), type, rest);
  const all = new Map(roots);
  if (changed === undefined) all.delete(root.name);
  else all.set(root.name, changed);
  return all;
}

class Applier {
  constructor(
    private readonly delta: Delta,
    private readonly types: TypeTable,
  ) {}

  /** What stands at the end of the steps after the change; undefined: nothing. */
  change(node: FixtureNode | undefined, type: Type, steps: readonly Step[]): FixtureNode | undefined {
    const [step, ...rest] = steps;
    if (step === undefined) {
      if (this.delta.kind === 'set') return this.delta.node;
      if (node === undefined) throw this.error('is not written in the fixture, so there is nothing to unset');
      return undefined;
    }
    if (node?.kind === 'unread')
      throw this.error(`leads through what could not be read (${node.call}): set that as a whole`);
    if (node?.kind === 'doubtful') {
      const value = this.change(node.value, type, steps);
      return value && { ...node, value };
    }
    switch (step.kind) {
      case 'field': {
        return this.changeField(node, type, step.name, rest);
      }
      case 'key': {
        return this.changeKey(node, type, step.key, rest);
      }
      case 'index': {
        return this.changeMember(node, type, step.index, rest);
      }
    }
  }

  private changeField(node: FixtureNode | undefined, type: Type, name: string, rest: readonly Step[]): FixtureNode {
    // The path was resolved: where a field is named, there is an object.
    if (type.kind !== 'object') throw this.error('does not fit the fixture');
    const fields = new Map(node?.kind === 'object' ? node.fields : []);
    const inner = this.types.object(type.name)?.get(name)?.type ?? type;
    put(fields, name, this.change(fields.get(name), inner, rest));
    return { kind: 'object', type: type.name, fields };
  }

  private changeKey(node: FixtureNode | undefined, type: Type, key: string, rest: readonly Step[]): FixtureNode {
    if (type.kind !== 'map') throw this.error('does not fit the fixture');
    const entries = new Map(node?.kind === 'map' ? node.entries : []);
    put(entries, key, this.change(entries.get(key), type.of, rest));
    return { kind: 'map', isTotal: type.isTotal, entries };
  }

  private changeMember(node: FixtureNode | undefined, type: Type, index: number, rest: readonly Step[]): FixtureNode {
    if (type.kind !== 'list') throw this.error('does not fit the fixture');
    const items = node?.kind === 'list' ? node.items : [];
    const item = items[index];
    if (item === undefined) throw this.error(`names member ${index} of a list of ${items.length} in the fixture`);
    const changed = this.change(item, type.of, rest);
    return { kind: 'list', items: items.flatMap((it, at) => (at === index ? (changed ?? []) : it)) };
  }

  private error(what: string): DeltaError {
    return new DeltaError(`'${this.delta.place.text}' ${what}`);
  }
}

function put(map: Map<string, FixtureNode>, key: string, value: FixtureNode | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
