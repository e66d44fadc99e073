import type { Expression } from '../expression/index.js';
import { wantedMembers } from '../model/log-events.js';

type Node = Expression['root'];

/**
 * Names of members of which a record has one wherever the condition holds or is not known: of an event that is refused
 * the `errorCode`. Undefined: nothing is demanded. Sound: what it does not understand demands nothing, and JSON neither,
 * as CloudTrail leaves out what is too large.
 */
export function demandedNames(node: Node): ReadonlySet<string> | undefined {
  switch (node.kind) {
    case 'select': {
      return isOfEvent(node) && node.field === 'isDenied' ? new Set(['errorCode']) : undefined;
    }
    case 'has': {
      return isOfEvent(node.select) ? nameOf(node.select) : undefined;
    }
    case 'call': {
      return namesOfCall(node);
    }
    case 'binary': {
      if (node.operator === '&&') return demandedNames(node.left) ?? demandedNames(node.right);
      if (node.operator === '||') return both(demandedNames(node.left), demandedNames(node.right));
      if (node.operator !== '==') return undefined;
      return namesOfEqual(node.left, node.right) ?? namesOfEqual(node.right, node.left);
    }
    default: {
      return undefined;
    }
  }
}

type Call = Extract<Node, { kind: 'call' }>;
type Select = Extract<Node, { kind: 'select' }>;

function namesOfCall(node: Call): ReadonlySet<string> | undefined {
  // `event.?readOnly.orValue(false)`
  const guarded = guardedField(node);
  if (guarded !== undefined) return guarded.otherwise === false ? guarded.name : undefined;
  // `event.?errorCode.orValue('').startsWith('Access')`
  if (node.receiver === undefined || !['startsWith', 'endsWith', 'contains'].includes(node.name)) return undefined;
  const field = guardedField(node.receiver);
  const [part] = node.args;
  return field?.otherwise === '' && part?.kind === 'literal' && part.value !== '' ? field.name : undefined;
}

/** `event.?errorCode.orValue('') == 'AccessDenied'` */
function namesOfEqual(field: Node, value: Node): ReadonlySet<string> | undefined {
  const guarded = guardedField(field);
  return guarded !== undefined && value.kind === 'literal' && value.value !== guarded.otherwise
    ? guarded.name
    : undefined;
}

/** The field and the value of `event.?field.orValue(value)`. */
function guardedField(node: Node) {
  if (node.kind !== 'call' || node.name !== 'orValue' || node.receiver?.kind !== 'select') return undefined;
  const [value] = node.args;
  const name = isOfEvent(node.receiver) ? nameOf(node.receiver) : undefined;
  return name === undefined || value?.kind !== 'literal' ? undefined : { name, otherwise: value.value };
}

function isOfEvent({ object }: Select): boolean {
  return object.kind === 'name' && object.name === 'event';
}

function nameOf({ field }: Select): ReadonlySet<string> | undefined {
  return wantedMembers.has(field) ? new Set([field]) : undefined;
}

function both(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) {
  return a === undefined || b === undefined ? undefined : new Set([...a, ...b]);
}

/** A fact of an event that is always known, and what it must be. */
export interface DemandedFact {
  readonly field: string;
  readonly is: boolean;
}

/** Facts without which the condition certainly does not hold. */
export function demandedFacts(node: Node, is = true): readonly DemandedFact[] {
  if (node.kind === 'binary' && node.operator === '&&' && is) {
    return [...demandedFacts(node.left), ...demandedFacts(node.right)];
  }
  if (node.kind === 'unary' && node.operator === '!') return demandedFacts(node.operand, !is);
  if (node.kind === 'select' && isOfEvent(node) && knownFacts.has(node.field)) return [{ field: node.field, is }];
  const guarded = guardedField(node);
  // Where the field is missing, `orValue(false)` is false.
  return guarded?.name.has('readOnly') === true && guarded.otherwise === false ? [{ field: 'readOnly', is }] : [];
}

const knownFacts: ReadonlySet<string> = new Set(['isByService', 'isDenied', 'isRoot', 'succeeded']);
