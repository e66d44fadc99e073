import { isObject } from '../model/is-object.js';

/** A grant that opens a bucket to anyone. */
export interface PublicGrant {
  /** any-account: any AWS principal; anonymous: no credentials needed */
  readonly class: 'any-account' | 'anonymous';
  /** as the bucket policy or ACL has it */
  readonly principal: string;
  /** Sid, `statement 3`, or the grant of the ACL */
  readonly statement: string;
  readonly actions: readonly string[];
}

/**
 * The statements of a bucket policy through which it is public, given that S3 says it is: those that allow everyone
 * without a condition, or, where each has one, those that allow everyone under a condition that S3 does not accept
 * as a limit. A policy without any, or one that cannot be parsed, is shown as a whole.
 */
export function publicStatements(policy: string): PublicGrant[] {
  const open = statementsOf(policy).flatMap(openStatement);
  const unconditional = open.filter((it) => !it.hasCondition);
  const found = (unconditional.length > 0 ? unconditional : open).map((it) => it.grant);
  return found.length > 0
    ? found
    : [{ class: 'anonymous', principal: '*', statement: 'the bucket policy', actions: [] }];
}

interface OpenStatement {
  readonly grant: PublicGrant;
  readonly hasCondition: boolean;
}

function openStatement(statement: unknown, index: number): OpenStatement[] {
  if (!isObject(statement) || statement['Effect'] !== 'Allow') return [];
  const principal = openPrincipal(statement);
  if (principal === undefined) return [];
  const { Sid: sid, Condition: condition } = statement;
  const grant: PublicGrant = {
    class: 'anonymous',
    principal,
    statement: typeof sid === 'string' && sid !== '' ? sid : `statement ${index + 1}`,
    actions: texts(statement['Action']),
  };
  return [{ grant, hasCondition: isObject(condition) && Object.keys(condition).length > 0 }];
}

/** In a bucket policy `{"AWS": "*"}` is everyone, credentials or not, as `"*"` is. */
function openPrincipal({
  Principal: principal,
  NotPrincipal: notPrincipal,
}: Record<string, unknown>): string | undefined {
  if (notPrincipal !== undefined) return 'everyone but those in NotPrincipal';
  const named = isObject(principal) ? texts(principal['AWS']) : texts(principal);
  return named.includes('*') ? '*' : undefined;
}

/** What a policy states, whatever it is; none where it is not JSON. */
export function statementsOf(policy: string): readonly unknown[] {
  const document = parseJson(policy);
  if (!isObject(document)) return [];
  const { Statement: statement } = document;
  return Array.isArray(statement) ? statement : [statement];
}

/** Undefined for a text that is not JSON, which S3 does not accept: then the policy is shown as a whole. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A text, or the texts of a list. */
export function texts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((it) => typeof it === 'string');
}
