import type { Gap } from '../../model/inventory.js';
import { MalformedAnswer } from '../../normalize/index.js';

export type Failure = Pick<Gap, 'reason' | 'message'> & {
  /** AWS's error code, or the name of the error. */
  readonly code: string;
  /** The credentials are no longer good, and new ones may be. */
  readonly expired: boolean;
  /** The Region is closed to the account: switched off, or denied by a service control policy. */
  readonly regionDenied: boolean;
  /** AWS was there, and answered that it cannot do what was asked (HTTP 4xx). */
  readonly isAboutRequest?: true;
  /** When it was learned, in milliseconds; missing: now. */
  readonly at?: number;
};

/** The code of a call that was given up: its deadline passed without an answer. */
export const noAnswerCode = 'Deadline';

/** The SDK's name for it where no credentials are to be had, or no more. */
export const noCredentialsCode = 'CredentialsProviderError';

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'AuthFailure',
  'AuthorizationError',
  'Forbidden',
  // Of Security Hub, where its message does not say that it is off.
  'InvalidAccessException',
  'MethodNotAllowed',
  'NotAuthorized',
  'OptInRequired',
  'UnauthorizedAccess',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);
/** A Region that is switched off in the account does not know its credentials. */
const unknownCredentials = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'InvalidToken',
]);
/** S3 answers HEAD without a body, and so without a code: expired credentials are a bare 400 there. */
const bareBadRequest = 'HTTP 400';
const expired = new Set([
  bareBadRequest,
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'TokenRefreshRequired',
]);
/** True for the codes that say for certain that credentials have expired. */
export function isExpiry(code: string): boolean {
  return expired.has(code) && code !== bareBadRequest && code !== 'RequestExpired';
}

const throttled = /throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded/i;

/** Sorts what an SDK call threw into the reasons of a gap, with AWS's own message. */
export function classifyError(error: unknown): Failure {
  const code = errorCode(error);
  const message = errorMessage(error, code);
  const status = statusOf(error);
  const isAboutRequest = status !== undefined && status >= 400 && status < 500 && status !== 429;
  const failure = {
    code,
    message,
    expired: expired.has(code),
    regionDenied: false,
    ...(isAboutRequest ? { isAboutRequest } : {}),
  };
  if (isExpiry(code)) return { ...failure, reason: 'error' };
  if (unknownCredentials.has(code)) return { ...failure, reason: 'access-denied', regionDenied: true };
  if (denied.has(code) || status === 403 || status === 405) {
    return {
      ...failure,
      reason: 'access-denied',
      regionDenied: /explicit deny in a service control policy/i.test(message),
    };
  }
  if (throttled.test(code) || status === 429) return { ...failure, reason: 'throttled' };
  return { ...failure, reason: 'error' };
}

function errorCode(error: unknown): string {
  if (isMalformed(error)) return 'MalformedAnswer';
  if (!(error instanceof Error)) return 'UnknownError';
  // Node's own code says more than the SDK's name: it calls a connection that was reset a TimeoutError, too.
  const isUnnamed = error.name === 'Error' || error.name === 'TimeoutError';
  if ('code' in error && typeof error.code === 'string' && isUnnamed) return error.code;
  const status = statusOf(error);
  if (status !== undefined && /^Unknown(Error)?$/.test(error.name)) return `HTTP ${status}`;
  return error.name;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** The SDK trips over an answer of an unforeseen shape with a SyntaxError, TypeError or RangeError. */
function isMalformed(error: unknown): boolean {
  return [MalformedAnswer, SyntaxError, TypeError, RangeError].some((type) => error instanceof type);
}

function errorMessage(error: unknown, code: string): string {
  const text = error instanceof Error ? error.message : String(error);
  // The SDK adds a hint for those who debug it.
  const clean = safeText(text.replace(/\s*Deserialization error: to see the raw response.*$/s, ''));
  if (clean === '' || clean === 'UnknownError') return code;
  return clean.startsWith(code) || code === 'Error' ? clean : `${code}: ${clean}`;
}

/**
 * A message fit for a report. AWS repeats the signed request in the message of a wrong signature, session token
 * included: only its first sentence is kept. Names of sessions, ids of access keys and encoded messages are left out.
 */
function safeText(text: string): string {
  const first = /signature we calculated/i.test(text) ? text.slice(0, text.indexOf('.') + 1) : text;
  return (
    first
      // Whose session it is says who asked: a person's address, where people sign in through IAM Identity Center.
      .replaceAll(/(:assumed-role\/[^/\s]+)\/[^\s"',;)]+/g, '$1/(removed)')
      .replaceAll(/\bA[KS]IA[A-Z0-9]{12,}\b/g, '(removed)')
      .replaceAll(/(encoded authorization failure message:)\s*\S+/gi, '$1 (removed)')
      .replaceAll(/(x-amz-security-token|authorization|x-amz-credential)\s*[:=]\s*\S+/gi, '$1: (removed)')
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
      .trim()
      .slice(0, 600)
  );
}
