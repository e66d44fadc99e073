import { Unknown, ViewList, type DoubtfulMember, type Value } from '../../view/values.js';
import type { Macro } from './ast.js';
import { and, not, opennessOf, or, truthOf, type Truth } from './logic.js';

type Body = (member: Value) => Value;

/** What a macro gives over a list that may be open (view.md: known members, doubtful members, the rest). */
export function quantify(macro: Macro, list: Value, body: Body): Value {
  if (!(list instanceof ViewList)) return list instanceof Unknown ? list : new Unknown([]);
  switch (macro) {
    case 'exists': {
      return exists(list, (member) => truthOf(body(member)));
    }
    case 'all': {
      return not(exists(list, (member) => not(truthOf(body(member)))));
    }
    case 'exists_one': {
      return existsOne(list, body);
    }
    case 'filter': {
      return filter(list, body);
    }
    case 'map': {
      return new ViewList(
        list.members.map(body),
        list.doubtful.map(({ value, because }) => ({ value: body(value), because })),
        list.rest,
        list.cause,
      );
    }
  }
}

function exists(list: ViewList, holds: (member: Value) => Truth): Truth {
  let result: Truth = false;
  for (const member of list.members) {
    result = or(result, holds(member));
    if (result === true) return true;
  }
  for (const { value, because } of list.doubtful) result = or(result, and(because, holds(value)));
  return list.rest === undefined ? result : or(result, list.rest);
}

/** Two known ones are too many, whatever else there is; else the whole list must be known. */
function existsOne(list: ViewList, body: Body): Truth {
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

function filter(list: ViewList, body: Body): ViewList {
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
