import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { callName, type Behavior, type Call, type Operation } from '../services/call.js';
import { denialMessage } from '../services/denial.js';
import { findOperation } from '../services/index.js';
import type { WorldIndex } from '../world/index-world.js';
import { refusal } from './authorize.js';
import { failure, type FailureKind } from './failures.js';
import type { Fault, FaultKind, Faults } from './faults.js';
import type { Quotas } from './quotas.js';
import type { Sessions } from './sessions.js';
import type { RawRequest, SignedRequest } from './read-request.js';
import { commonHeaders, errorAnswer } from './write-error.js';

/** What is sent back: an answer, perhaps harmed, or none. */
export interface Reply {
  readonly answer: HttpAnswer;
  readonly delivery: 'whole' | 'cut-in-body' | 'connection-cut' | 'timeout';
  readonly delay: number;
  readonly outcome: string;
  readonly accountId: string;
  readonly resource: string | undefined;
}

/** All that answers need and that lives as long as the server. */
export interface FakeState {
  readonly index: WorldIndex;
  readonly behavior: Behavior;
  readonly now: () => number;
  /** The clocks differ: requests that were signed at another time are refused, and answers tell the time. */
  readonly checksTimes: boolean;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly quotas: Quotas;
}

/** Answers a request as AWS would: whose is it, does a fault meet it, is it one too many, is it allowed, and then what. */
export function answerCall(state: FakeState, raw: RawRequest, request: SignedRequest, requestId: string): Reply {
  const { service, operation } = request;
  const asked = { service, method: raw.method, requestId };
  const known = findOperation(service, operation);
  const recognized = state.sessions.recognize(request.accessKeyId, request.sessionToken);
  const accountId = recognized.state === 'unknown' ? 'unknown' : recognized.caller.accountId;
  if (known === undefined || recognized.state !== 'known') {
    const isExpired = recognized.state === 'expired';
    const error =
      known === undefined ? unknownOperation(request) : failure(service, isExpired ? 'expired-token' : 'unknown-token');
    return reply(errorAnswer(asked, error), { outcome: error.code, accountId, requestId, request });
  }
  const { region, input, hostLabel } = request;
  const { caller } = recognized;
  const { index, behavior } = state;
  const issueSession: Call['issueSession'] = (session) => state.sessions.issue(session);
  const { headers } = raw;
  const base = {
    service,
    operation,
    region,
    caller,
    input,
    headers,
    hostLabel,
    requestId,
    index,
    behavior,
    now: state.now(),
  };
  if (state.checksTimes && isOfAnotherTime(String(headers['x-amz-date']), base.now)) {
    const refused = errorAnswer(asked, failure(service, 'wrong-time'));
    return reply(withDate(refused, base.now), { outcome: 'wrong-time', accountId, requestId, request });
  }
  const fault = state.faults.meet({ ...base, issueSession });
  const call: Call = { ...base, issueSession, pages: pagesOf(fault) };
  const { answer: made, outcome } = answerOrError(() => operate(state, call, known, fault), asked);
  const answer = state.checksTimes ? withDate(made, base.now) : made;
  const resource = known.resource?.(call);
  const said = reply(answer, { outcome, accountId, requestId, request, resource });
  return fault === undefined ? said : harmed(said, fault);
}

function isOfAnotherTime(signedAt: string, now: number): boolean {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(signedAt) ?? [];
  if (date === undefined || time === undefined) return true;
  const at = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
  return Math.abs(Date.parse(at) - now) > 300_000;
}

function withDate(answer: HttpAnswer, now: number): HttpAnswer {
  return { ...answer, headers: { ...answer.headers, date: new Date(now).toUTCString() } };
}

/** A fault that is an answer comes before everything; quotas count what is refused, too. */
function operate(state: FakeState, call: Call, operation: Operation, fault: Fault | undefined): HttpAnswer {
  const error = faultError(call, operation, fault);
  if (error !== undefined) throw error;
  if (!state.quotas.take(call)) throw failure(call.service, 'throttled');
  const refused = refusal(call, operation);
  if (refused !== undefined) throw refused;
  return operation.answer(call);
}

function faultError(call: Call, operation: Operation, fault: Fault | undefined): ServiceError | undefined {
  if (fault === undefined) return undefined;
  const { kind } = fault;
  if (kind === 'denied' || kind === 'scp-denied') {
    const action = operation.action ?? callName(call);
    const by = kind === 'denied' ? 'no-identity-policy' : 'service-control-policy';
    const message = denialMessage(call.service, call.caller.arn, action, operation.resource?.(call), by);
    return failure(call.service, 'denied', message);
  }
  return isFailure(kind) ? failure(call.service, kind) : undefined;
}

function isFailure(kind: FaultKind): kind is FaultKind & FailureKind {
  return ['throttled', 'internal-error', 'service-unavailable', 'expired-token'].includes(kind);
}

function pagesOf(fault: Fault | undefined): Call['pages'] {
  if (fault?.kind === 'endless-pages') return 'never-end';
  if (fault?.kind === 'repeating-page-token') return 'repeat';
  return fault?.kind === 'empty-page' ? 'empty-first' : 'end';
}

/** What a fault does to an answer that is ready. */
function harmed(said: Reply, fault: Fault): Reply {
  const { kind } = fault;
  const { body } = said.answer;
  if (kind === 'timeout' || kind === 'connection-cut' || kind === 'cut-in-body') {
    return { ...said, delivery: kind, outcome: kind };
  }
  if (kind === 'slow') return { ...said, delay: fault.milliseconds ?? 1000 };
  const harm = harmsOfBody[kind];
  if (harm === undefined) return said;
  // To HEAD, which has nothing else, the headers are the answer.
  const headers = body === '' ? {} : said.answer.headers;
  return {
    ...said,
    outcome: kind,
    answer: { ...said.answer, headers, body: body === '' ? '' : harm(String(body), fault) },
  };
}

/** What becomes of a body, under the headers of the answer. */
const harmsOfBody: Readonly<Partial<Record<FaultKind, (body: string, fault: Fault) => string>>> = {
  'empty-body': () => '',
  'malformed-body': malformed,
  hollow,
  lacking: (body, { members = [] }) =>
    JSON.stringify(JSON.parse(body), (name, value: unknown) => (members.includes(name) ? undefined : value)),
};

/** A head without its end: neither JSON nor XML, whatever the answer was. */
function malformed(body: string): string {
  return `${body.slice(0, Math.ceil(body.length / 2))}\u0000<{`;
}

/** The document that is expected, with nothing in it. */
function hollow(body: string): string {
  const root = /^(?:<\?xml[^>]*\?>)?\s*<(\w+)/.exec(body)?.[1];
  return root === undefined ? '{}' : `<${root}/>`;
}

function answerOrError(
  attempt: () => HttpAnswer,
  asked: Parameters<typeof errorAnswer>[0],
): { readonly answer: HttpAnswer; readonly outcome: string } {
  try {
    return { answer: attempt(), outcome: 'ok' };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { answer: errorAnswer(asked, error), outcome: error.code };
  }
}

function unknownOperation({ service, operation, isWrite }: SignedRequest): ServiceError {
  const message = isWrite
    ? `The fake AWS refuses ${service}:${operation}: it is no read, and nothing may ever be written.`
    : `The fake AWS does not know ${service}:${operation}. Add it to test/support/fake-aws/services.`;
  return new ServiceError(501, isWrite ? 'WriteRefused' : 'UnknownOperation', message);
}

interface ReplyParts {
  readonly outcome: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly request: SignedRequest;
  readonly resource?: string | undefined;
}

function reply(answer: HttpAnswer, parts: ReplyParts): Reply {
  const headers = { ...commonHeaders(parts.request.service, parts.requestId), ...answer.headers };
  const { outcome, accountId, resource } = parts;
  return { answer: { ...answer, headers }, delivery: 'whole', delay: 0, outcome, accountId, resource };
}
