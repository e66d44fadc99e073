import { both, either, isOpen, readJson, isEventObject, type EventObject, type Match } from '../partial-event/index.js';
import { flatten, type FlatEvent, type Leaf, type Members } from './flatten.js';
import type { Alternative, EventPattern, FieldTests, Test } from './pattern.js';
import { passes } from './test-value.js';

/** Bounds the combinations of list members that are tried. */
const maxAttempts = 100_000;

/** Whether an event matches, as far as it is known. The event is EventBridge's own: source, detail-type, detail. */
export function matchesEventPattern(pattern: EventPattern, event: EventObject): Match {
  const flat = flatten(event, pattern.steps);
  if (flat === undefined) return 'unknown';
  const search = { event: flat, attempts: 0 };
  return either(lazily(pattern.alternatives, (it) => matchAlternative(it, 0, new Map(), search)));
}

/**
 * Whether an event, as JSON text, matches; undefined where it depends on more than can be tried.
 *
 * @throws SyntaxError where the text is not JSON.
 */
export function matchesEventText(pattern: EventPattern, text: string): boolean | undefined {
  const event = readJson(text);
  if (!isEventObject(event)) return false;
  const match = matchesEventPattern(pattern, event);
  return match === 'unknown' ? undefined : match === 'yes';
}

interface Search {
  readonly event: FlatEvent;
  attempts: number;
}

/**
 * Field after field, by name. Values of two fields count together only if they do not stand in different members of
 * one list; and a field is absent if it has no value that could stand beside those found so far.
 */
function matchAlternative(fields: Alternative, from: number, members: Members, search: Search): Match {
  const field = fields[from];
  if (field === undefined) return 'yes';
  search.attempts += 1;
  if (search.attempts > maxAttempts) return 'unknown';
  const beside = (search.event.leaves.get(field.name) ?? []).flatMap((leaf) => {
    const joined = joinedMembers(members, leaf.members);
    return joined === undefined ? [] : [{ leaf, joined }];
  });
  const next = (joined: Members): Match => matchAlternative(fields, from + 1, joined, search);
  const found = either(
    lazily(beside, ({ leaf, joined }) =>
      both(lazily([0, 1], (step) => (step === 0 ? passesSome(field.tests, leaf) : next(joined)))),
    ),
  );
  if (found === 'yes') return found;
  const isAbsent = absence(
    field,
    beside.map((it) => it.leaf),
    search.event,
  );
  const whenAbsent = isAbsent === 'no' || !field.tests.some(isForAbsent) ? 'no' : both([isAbsent, next(members)]);
  const inOpen = isBelowOpen(field.name, search.event) ? both(['unknown', next(members)]) : 'no';
  return either([found, whenAbsent, inOpen]);
}

function passesSome(tests: readonly Test[], { value }: Leaf): Match {
  const match = either(lazily(tests, (it) => passes(it, value)));
  if (!isOpen(value) || !value.mayBeAbsent || match === 'no') return match;
  return match === 'yes' && tests.some(isForAbsent) ? 'yes' : 'unknown';
}

function isForAbsent(test: Test): boolean {
  return test.kind === 'exists' && !test.is;
}

function absence({ name }: FieldTests, leaves: readonly Leaf[], event: FlatEvent): Match {
  if (leaves.some(({ value }) => !isOpen(value) || !value.mayBeAbsent)) return 'no';
  return leaves.length > 0 || isBelowOpen(name, event) ? 'unknown' : 'yes';
}

function isBelowOpen(name: string, { open }: FlatEvent): boolean {
  return open.some((path) => name === path || name.startsWith(`${path}.`));
}

function joinedMembers(so: Members, more: Members): Members | undefined {
  if (more.size === 0) return so;
  for (const [list, index] of more) {
    const before = so.get(list);
    if (before !== undefined && before !== index) return undefined;
  }
  return new Map([...so, ...more]);
}

function* lazily<T>(all: readonly T[], ask: (it: T) => Match): Generator<Match> {
  for (const it of all) yield ask(it);
}
