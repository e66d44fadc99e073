import { ServiceError } from '../protocol/answer.js';
import { matchesWildcard } from '../protocol/wildcard.js';

/** A session policy as far as the fake judges by it: its actions. */
export interface SessionPolicy {
  readonly text: string;
  readonly allows: readonly string[];
  readonly denies: readonly string[];
}

/** Policies of a run are one and the same text for thousands of sessions. */
let latest: SessionPolicy | undefined;

/**
 * Reads a session policy. Resources and conditions are not judged; a policy that needs them is no policy for reading.
 *
 * @throws ServiceError as STS does, when it is too long or no policy.
 */
export function parseSessionPolicy(text: string): SessionPolicy {
  if (latest?.text === text) return latest;
  if (text.length > 2048) {
    throw new ServiceError(
      400,
      'ValidationError',
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
    );
  }
  const statements = statementsOf(text);
  const actionsOf = (effect: string): string[] =>
    statements.filter((it) => it['Effect'] === effect).flatMap((it) => actions(it['Action']));
  latest = { text, allows: actionsOf('Allow'), denies: actionsOf('Deny') };
  return latest;
}

/** Whether a session with the policy may do the action. */
export function sessionAllows(policy: SessionPolicy, action: string): boolean {
  const names = (pattern: string): boolean => matchesWildcard(pattern, action);
  return policy.allows.some(names) && !policy.denies.some(names);
}

type JsonObject = Readonly<Record<string, unknown>>;

function statementsOf(text: string): readonly JsonObject[] {
  const document = parseJson(text);
  const statement = isObject(document) ? document['Statement'] : undefined;
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0 || !statements.every(isStatement)) {
    throw new ServiceError(400, 'MalformedPolicyDocument', 'Syntax errors in policy.');
  }
  return statements;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError(400, 'MalformedPolicyDocument', 'This policy contains invalid Json');
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStatement(value: unknown): value is JsonObject {
  return isObject(value) && ['Allow', 'Deny'].includes(String(value['Effect'])) && actions(value['Action']).length > 0;
}

function actions(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((it) => typeof it === 'string');
}
