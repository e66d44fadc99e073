import type { LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { InterruptedError } from '../../model/errors.js';
import type { EventLookup, HistoryEvent, HistoryPage, HistoryPlace } from '../../model/event-history.js';
import { Unreadable, type UnreadableReason } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import type { Aws } from '../aws/aws-call.js';
import type { Failure } from '../aws/classify-error.js';
import type { Session } from '../aws/session.js';

interface Found extends HistoryEvent {
  readonly id: string;
}

interface Page {
  readonly events: readonly Found[];
  readonly token: string | undefined;
}

/** A list of so many pages holds half a million events, and takes more than an hour. */
const mostPages = 10_000;

/**
 * Looks events up, newest first, 50 a page. A token that has expired is no end: the lookup goes on from the last event
 * that was read.
 *
 * @throws Unreadable when a page cannot be read
 */
export async function* lookUp(
  aws: Aws,
  session: Session,
  place: HistoryPlace,
  { from, to, attribute }: EventLookup,
): AsyncGenerator<HistoryPage, void, undefined> {
  const base: LookupEventsCommandInput = {
    StartTime: new Date(from),
    MaxResults: 50,
    ...(attribute === undefined
      ? {}
      : { LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }] }),
  };
  let end = to;
  let token: string | undefined;
  let hasProgress = false;
  /** Of the last second that was read: it is read again after a token has expired. */
  let known: { readonly at: number; readonly ids: Set<string> } = { at: Number.POSITIVE_INFINITY, ids: new Set() };
  const tokens = new Set<string>();
  for (let pages = 0; pages < mostPages; pages += 1) {
    const input = { ...base, EndTime: new Date(end), ...(token === undefined ? {} : { NextToken: token }) };
    const read = await readPage(aws, session, place, input);
    if ('failure' in read) {
      if (!isBadToken(read.failure) || token === undefined || !hasProgress) throw unreadable(read.failure);
      end = Number.isFinite(known.at) ? known.at : end;
      token = undefined;
      hasProgress = false;
      continue;
    }
    const fresh = read.events.filter((it) => it.at !== known.at || !known.ids.has(it.id));
    for (const { at, id } of fresh) {
      if (at !== known.at) known = { at, ids: new Set() };
      known.ids.add(id);
    }
    hasProgress ||= fresh.length > 0;
    ({ token } = read);
    yield { events: fresh, isLast: token === undefined };
    if (token === undefined) return;
    if (tokens.has(token)) throw new Unreadable('error', 'the same page token came twice');
    tokens.add(token);
  }
  throw new Unreadable('error', `there are more than ${mostPages} pages`);
}

async function readPage(
  aws: Aws,
  session: Session,
  { account, region }: HistoryPlace,
  input: LookupEventsCommandInput,
): Promise<Page | { readonly failure: Failure }> {
  const place = { region, accountId: account };
  const answer = await aws.read(session, 'cloudtrail:LookupEvents', input, place, (output): Page => {
    const { NextToken: token } = output;
    return {
      events: required(output.Events, 'Events').map((it) => ({
        id: required(it.EventId, 'EventId'),
        text: required(it.CloudTrailEvent, 'CloudTrailEvent'),
        at: required(it.EventTime, 'EventTime').getTime(),
      })),
      token: token === '' ? undefined : token,
    };
  });
  if ('failure' in answer) return answer;
  if (answer.it.state === 'absent') throw new Error('cloudtrail:LookupEvents has no answer that means "absent".');
  return answer.it.value;
}

function isBadToken({ code }: Failure): boolean {
  return code.startsWith('InvalidNextToken');
}

function unreadable({ code, reason, message }: Failure): Error {
  if (code === 'Interrupted') return new InterruptedError('Interrupted before all events were looked up.');
  const why: UnreadableReason = reason === 'access-denied' || reason === 'throttled' ? reason : 'error';
  return new Unreadable(why, message);
}
