import { Unknown, ViewList, type DoubtfulMember, type Value } from './values.js';
import type { Macro } from './ast.js';
import type { Closure, Frame } from './frame.js';
import { and, not, opennessOf, or, truthOf, type Truth } from './logic.js';

/**
 * What a macro gives over a list that may be open (view.md: known members, doubtful members, the rest).
 *
 * @param slot - where the body finds the member
 * @param body - spends the steps of each run of it
 */
export function quantify(macro: Macro, list: Value, frame: Frame, slot: number, body: Closure): Value {
  if (!(list instanceof ViewList)) return list instanceof Unknown ? list : new Unknown([]);
  const of = (member: Value): Value => bodyOf(member, frame, slot, body);
  switch (macro) {
    case 'exists': {
      return someGives(true, list, frame, slot, body);
    }
    case 'all': {
      return not(someGives(false, list, frame, slot, body));
    }
    case 'exists_one': {
      return existsOne(list, of);
    }
    case 'filter': {
      return filter(list, of);
    }
    case 'map': {
      return new ViewList(
        list.members.map(of),
        list.doubtful.map(({ value, because }) => ({ value: of(value), because })),
        list.rest,
        list.cause,
      );
    }
  }
}

function bodyOf(member: Value, frame: Frame, slot: number, body: Closure): Value {
  frame.variables[slot] = member;
  return body(frame);
}

/** Whether the body is `wanted` for a member. The innermost loop of most evaluations: it makes no objects. */
function someGives(wanted: boolean, list: ViewList, frame: Frame, slot: number, body: Closure): Truth {
  let result: Truth = false;
  for (const member of list.members) {
    const value = bodyOf(member, frame, slot, body);
    if (value === wanted) return true;
    if (typeof value !== 'boolean') result = or(result, truthOf(value));
  }
  for (const { value: member, because } of list.doubtful) {
    const truth = truthOf(bodyOf(member, frame, slot, body));
    result = or(result, and(because, typeof truth === 'boolean' ? truth === wanted : truth));
  }
  return list.rest === undefined ? result : or(result, list.rest);
}

/** Two known ones are too many, whatever else there is; else the whole list must be known. */
function existsOne(list: ViewList, body: (member: Value) => Value): Truth {
  let count = 0;
  let open = opennessOf(list);
  for (const member of list.members) {
    const truth = truthOf(body(member));
    if (truth === true) count += 1;
    else if (truth !== false) open = open?.and(truth) ?? truth;
  }
  if (count > 1) return false;
  return open ?? count === 1;
}

function filter(list: ViewList, body: (member: Value) => Value): ViewList {
  const members: Value[] = [];
  const doubtful: DoubtfulMember[] = [];
  for (const member of list.members) {
    const truth = truthOf(body(member));
    if (truth === true) members.push(member);
    else if (truth !== false) doubtful.push({ value: member, because: truth });
  }
  for (const { value, because } of list.doubtful) {
    const truth = and(because, truthOf(body(value)));
    if (typeof truth !== 'boolean') doubtful.push({ value, because: truth });
  }
  return new ViewList(members, doubtful, list.rest, list.cause);
}
