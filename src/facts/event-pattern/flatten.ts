import { isEventObject, isOpen, type EventObject, type EventValue } from '../partial-event/index.js';

/** A value of a field, and in which members of which lists it stands. */
export interface Leaf {
  readonly value: EventValue;
  readonly members: Members;
}

/** For each list on the way, by its number, the index of the member. */
export type Members = ReadonlyMap<number, number>;

export interface FlatEvent {
  /** The values of each field, by its path with dots. A list stands for its members, an empty one for none. */
  readonly leaves: ReadonlyMap<string, readonly Leaf[]>;
  /** Paths below which anything may be. */
  readonly open: readonly string[];
}

/** Deeper events than this are not gone into. */
const maxDepth = 500;

/** The event as EventBridge compares it, as far as these names occur in it; undefined where it is too deep. */
export function flatten(event: EventObject, steps: ReadonlySet<string>): FlatEvent | undefined {
  const leaves = new Map<string, Leaf[]>();
  const open: string[] = [];
  let lists = 0;
  let isTooDeep = false;

  const visit = (value: EventValue, path: string, members: Members, depth: number): void => {
    if (depth > maxDepth) isTooDeep = true;
    else if (isOpen(value) && value.of === 'anything') open.push(path);
    else if (isList(value)) {
      const list = lists;
      lists += 1;
      for (const [index, member] of value.entries()) {
        const isHolder = isList(member) || isEventObject(member);
        visit(member, path, isHolder ? new Map([...members, [list, index]]) : members, depth + 1);
      }
    } else if (isEventObject(value)) {
      for (const key of Object.keys(value)) {
        const field = value[key];
        if (field === undefined || !isUsed(key, steps)) continue;
        visit(field, path === '' ? key : `${path}.${key}`, members, depth + 1);
      }
    } else {
      const before = leaves.get(path);
      if (before === undefined) leaves.set(path, [{ value, members }]);
      else before.push({ value, members });
    }
  };
  visit(event, '', new Map(), 0);
  return isTooDeep ? undefined : { leaves, open };
}

/** Dots in names and dots between names are the same to EventBridge. */
function isUsed(key: string, steps: ReadonlySet<string>): boolean {
  return steps.has(key) || (key.includes('.') && key.split('.').some((it) => steps.has(it)));
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}
