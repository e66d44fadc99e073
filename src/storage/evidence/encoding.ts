import type { KeptAnswer } from '../../model/kept-answers.js';
import { byText } from '../../text/order.js';
import { visibleJson } from '../../text/printable.js';
import { knownInput, redactedOutput } from './redact.js';

/** An answer as a line of JSON, without its line break: its times and bytes are marked as such, since JSON has neither. */
export function encodeAnswer(kept: KeptAnswer): string {
  const { answer, call } = kept;
  const line = {
    id: kept.id,
    call,
    account: kept.about,
    region: kept.region,
    resource: kept.resource,
    at: kept.at,
    requestId: kept.requestId,
    askedAs: kept.askedAs,
    input: marked(knownInput(call, kept.input)),
    is: answer.is,
    ...(answer.is === 'answered' ? { output: marked(redactedOutput(call, withoutMetadata(answer.output))) } : {}),
    ...(answer.is === 'failed' ? { failure: answer.failure } : {}),
  };
  return visibleJson(JSON.stringify(line));
}

/** The answer of a line; undefined where it is none. */
export function decodeAnswer(line: string): KeptAnswer | undefined {
  const it = JSON.parse(line) as Readonly<Record<string, unknown>> | null; // checked below
  const texts = ['id', 'call', 'account', 'region', 'at', 'askedAs'];
  if (typeof it !== 'object' || it === null || !texts.every((key) => typeof it[key] === 'string')) return undefined;
  const answer = answerOf(it);
  if (answer === undefined || Number.isNaN(Date.parse(String(it['at'])))) return undefined;
  return {
    id: String(it['id']),
    call: String(it['call']),
    about: String(it['account']),
    region: String(it['region']),
    at: String(it['at']),
    askedAs: String(it['askedAs']),
    ...(typeof it['resource'] === 'string' ? { resource: it['resource'] } : {}),
    ...(typeof it['requestId'] === 'string' ? { requestId: it['requestId'] } : {}),
    input: unmarked(it['input']),
    answer,
  };
}

function answerOf(it: Readonly<Record<string, unknown>>): KeptAnswer['answer'] | undefined {
  switch (it['is']) {
    case 'absent':
      return { is: 'absent' };
    case 'answered':
      return { is: 'answered', output: unmarked(it['output']) };
    case 'failed': {
      const failure = it['failure'];
      if (typeof failure !== 'object' || failure === null || !('reason' in failure && 'message' in failure))
        return undefined;
      // Written by encodeAnswer; that the file is as it was written is checked before.
      return { is: 'failed', failure: failure as Extract<KeptAnswer['answer'], { is: 'failed' }>['failure'] };
    }
    default:
      return undefined;
  }
}

/** The SDK's own member: of what it says, the request id is kept beside the answer. */
function withoutMetadata(output: unknown): unknown {
  if (typeof output !== 'object' || output === null) return output;
  const { $metadata: _metadata, ...rest } = output as Readonly<Record<string, unknown>>; // an object
  return rest;
}

function marked(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member)]));
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [[key, member] = ['', undefined]] = members;
  if (members.length === 1 && typeof member === 'string') {
    if (key === '$date') return new Date(member);
    if (key === '$bytes') return new Uint8Array(Buffer.from(member, 'base64'));
  }
  return Object.fromEntries(members.map(([name, it]) => [name, unmarked(it)]));
}

/** A text that two values share only if they are equal, whatever the order of their members. */
export function canonical(value: unknown): string {
  return JSON.stringify(marked(value), (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => byText(a, b)))
      : member,
  );
}
