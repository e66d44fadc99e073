import { all, any, not } from './build.js';
import type { Condition, Origin, Path, Term } from './condition.js';

/** What `src/activity/event-facts.ts` says of a record, as conditions and terms. A test compares the two. */

const textAt = (...names: readonly string[]): Path => ({ names, typed: names.length, kind: 'text' });
const read = (...names: readonly string[]): Term => ({ kind: 'path', path: textAt(...names), as: 'text' });
const literal = (value: string): Term => ({ kind: 'literal', value });
/** The text, or an empty one. */
const orEmpty = (...names: readonly string[]): Term => ({
  kind: 'or',
  path: textAt(...names),
  as: 'text',
  otherwise: literal(''),
});
const first = (...of: readonly Term[]): Term => ({ kind: 'first', of });

const type = ['userIdentity', 'type'];
const invokedBy = ['userIdentity', 'invokedBy'];

function is(origin: Origin, value: Term, ...values: readonly string[]): Condition {
  const [only] = values;
  if (only !== undefined && values.length === 1) {
    return { kind: 'compare', operator: '==', left: value, right: literal(only), origin };
  }
  return { kind: 'one-of', value, values, origin };
}

function ends(origin: Origin, value: Term, part: string): Condition {
  return { kind: 'text', test: 'ends', value, part: literal(part), origin };
}

/** A condition on the record alone. */
export type ConditionFact = (origin: Origin, names: readonly string[] | undefined) => Condition;

export const conditionFacts: Readonly<Record<string, ConditionFact>> = {
  isRoot: (origin) => is(origin, orEmpty(...type), 'Root'),
  isByService: (origin) =>
    any(
      not(is(origin, orEmptyOrConsole, 'signin.amazonaws.com')),
      is(origin, orEmpty(...type), 'AWSService'),
      is(origin, orEmpty('eventType'), 'AwsServiceEvent'),
      is(origin, orEmpty('sourceIPAddress'), 'AWS Internal'),
      ends(origin, orEmpty('sourceIPAddress'), '.amazonaws.com'),
      ends(origin, orEmpty('sourceIPAddress'), '.amazonaws.com.cn'),
    ),
  isDenied: (origin) =>
    any(
      { kind: 'text', test: 'contains', value: orEmpty('errorCode'), part: literal('AccessDenied'), origin },
      ends(origin, orEmpty('errorCode'), 'UnauthorizedOperation'),
    ),
  succeeded: (origin, names) =>
    all(
      is(origin, orEmpty('errorCode'), ''),
      is(origin, orEmpty('errorMessage'), ''),
      not({ kind: 'answered-failure', names, origin }),
    ),
};

/** Nobody and the console mean the same: the call was not made by a service. */
const orEmptyOrConsole: Term = {
  kind: 'or',
  path: textAt(...invokedBy),
  as: 'text',
  otherwise: literal('signin.amazonaws.com'),
};

const address = String.raw`(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})`;
/** An IPv4 or IPv6 address. */
export const addressPattern = String.raw`^(?:${address}(?:\.${address}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$`;

export function isAddress(origin: Origin): Condition {
  return { kind: 'matches', value: orEmpty('sourceIPAddress'), pattern: addressPattern, origin };
}

function principal(origin: Origin): Term {
  const unknown = literal('unknown');
  const roleOfSession: Term = {
    kind: 'replaced',
    of: read('userIdentity', 'arn'),
    pattern: String.raw`(?s)^arn:([^:]+):sts::([0-9]{12}):assumed-role/([^/]+)/.*$`,
    by: 'arn:$1:iam::$2:role/$3',
  };
  const principalId = read('userIdentity', 'principalId');
  return {
    kind: 'choice',
    branches: [
      { when: is(origin, orEmpty(...type), 'Root'), value: literal('root') },
      {
        when: is(origin, orEmpty(...type), 'AssumedRole', 'Role'),
        value: first(
          read('userIdentity', 'sessionContext', 'sessionIssuer', 'arn'),
          roleOfSession,
          principalId,
          unknown,
        ),
      },
      { when: is(origin, orEmpty(...type), 'AWSService'), value: first(read(...invokedBy), principalId, unknown) },
      {
        when: is(origin, orEmpty(...type), 'IdentityCenterUser'),
        value: first(read('userIdentity', 'onBehalfOf', 'userId'), principalId, unknown),
      },
    ],
    otherwise: first(
      read('userIdentity', 'arn'),
      principalId,
      read('userIdentity', 'userName'),
      read(...invokedBy),
      read('userIdentity', 'accountId'),
      unknown,
    ),
  };
}

/** Texts that follow from the record; `sourceIp` is there only where `isAddress` holds. */
export const textFacts: Readonly<Record<string, (origin: Origin) => Term>> = {
  principal,
  actor: (origin) =>
    first(
      read('userIdentity', 'sessionContext', 'sourceIdentity'),
      read('userIdentity', 'onBehalfOf', 'userId'),
      { kind: 'group', of: read('userIdentity', 'principalId'), pattern: '(?s)^[^:]+:(.+)$' },
      { kind: 'group', of: read('userIdentity', 'arn'), pattern: '(?s):assumed-role/[^/]+/(.+)$' },
      read('userIdentity', 'userName'),
      principal(origin),
    ),
  recipientAccountId: () => first(read('recipientAccountId'), read('userIdentity', 'accountId')),
  sourceIp: () => read('sourceIPAddress'),
};
