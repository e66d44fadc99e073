import { createHash } from 'node:crypto';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, textIn, type Input } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { Call } from './call.js';
import type { WorldEvent } from '../world/world.js';

const day = 86_400_000;
const mostResults = 50;

const keys = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;
type Key = (typeof keys)[number];

/** Management events of 90 days, newest first, by at most one attribute, 50 a page. */
export function lookupEvents(call: Call): HttpAnswer {
  const { input } = call;
  const size = numberIn(input, 'MaxResults') ?? mostResults;
  if (size < 1 || size > mostResults) {
    throw new ServiceError(400, 'InvalidMaxResultsException', 'MaxResults must be between 1 and 50.');
  }
  const from = timeIn(input, 'StartTime') ?? 0;
  const to = timeIn(input, 'EndTime') ?? call.now;
  if (from > to) {
    throw new ServiceError(400, 'InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  const attribute = attributeIn(input);
  const found = (call.index.world.eventHistory?.[call.caller.accountId]?.[call.region] ?? [])
    .filter((it) => it.record['managementEvent'] !== false)
    .map((event) => ({ event, at: Math.floor(Date.parse(String(event.record['eventTime'])) / 1000) * 1000 }))
    .filter(({ at }) => at >= from && at <= to && at >= call.now - 90 * day)
    .filter(({ event }) => attribute === undefined || valuesOf(event, attribute.key).includes(attribute.value))
    .toSorted((a, b) => b.at - a.at);
  const start = offsetIn(call);
  const end = start + Math.min(size, call.behavior.pageSizes['cloudtrail:LookupEvents'] ?? size);
  return jsonAnswer({
    Events: found.slice(start, end).map(({ event, at }) => eventAnswer(event, at)),
    NextToken: end < found.length ? tokenOf(call, end) : undefined,
  });
}

function timeIn(input: Input, name: string): number | undefined {
  const seconds = numberIn(input, name);
  return seconds === undefined ? undefined : seconds * 1000;
}

function attributeIn({ LookupAttributes: given }: Input): { readonly key: Key; readonly value: string } | undefined {
  if (given === undefined) return undefined;
  const invalid = new ServiceError(
    400,
    'InvalidLookupAttributesException',
    'You can specify only one lookup attribute.',
  );
  if (!Array.isArray(given) || given.length !== 1) throw invalid;
  const [attribute] = given as readonly Input[];
  const key = keys.find((it) => it === textIn(attribute ?? {}, 'AttributeKey'));
  const value = textIn(attribute ?? {}, 'AttributeValue');
  if (key === undefined || value === undefined || value === '') throw invalid;
  return { key, value };
}

function valuesOf({ record, resources = [] }: WorldEvent, key: Key): readonly unknown[] {
  const identity = (record['userIdentity'] ?? {}) as Input;
  switch (key) {
    case 'EventId': {
      return [record['eventID']];
    }
    case 'EventName': {
      return [record['eventName']];
    }
    case 'EventSource': {
      return [record['eventSource']];
    }
    case 'ReadOnly': {
      return [String(record['readOnly'])];
    }
    case 'AccessKeyId': {
      return [identity['accessKeyId']];
    }
    case 'Username': {
      return [userOf(identity)];
    }
    case 'ResourceName': {
      return resources.map((it) => it.name);
    }
    case 'ResourceType': {
      return resources.map((it) => it.type);
    }
  }
}

/** The name of a session, where a role acts. */
function userOf(identity: Input): unknown {
  if (identity['type'] === 'Root') return 'root';
  if (identity['type'] !== 'AssumedRole') return identity['userName'];
  return String(identity['principalId']).split(':')[1];
}

function eventAnswer({ record, resources = [] }: WorldEvent, at: number): object {
  return {
    EventId: record['eventID'],
    EventName: record['eventName'],
    EventSource: record['eventSource'],
    EventTime: at / 1000,
    ReadOnly: String(record['readOnly']),
    Username: userOf((record['userIdentity'] ?? {}) as Input),
    Resources: resources.map((it) => ({ ResourceName: it.name, ResourceType: it.type })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** A token goes with the parameters that it was given for, and not with others; after some pages it may have expired. */
function tokenOf(call: Call, offset: number): string {
  return Buffer.from(`${parametersOf(call)} ${offset}`).toString('base64url');
}

function offsetIn(call: Call): number {
  const token = textIn(call.input, 'NextToken');
  if (token === undefined) return 0;
  const [parameters, offset] = Buffer.from(token, 'base64url').toString().split(' ');
  const expiry = call.behavior.lookupTokensExpireAt;
  const start = Number(offset);
  if (parameters === parametersOf(call) && start > 0 && (expiry === undefined || start < expiry)) return start;
  throw new ServiceError(400, 'InvalidNextTokenException', 'The token is invalid or has expired.');
}

function parametersOf({ input, region }: Call): string {
  const { NextToken: _, ...others } = input;
  return createHash('sha256')
    .update(JSON.stringify([region, others]))
    .digest('base64url')
    .slice(0, 16);
}
