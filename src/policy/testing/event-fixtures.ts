import { dirname, resolve } from 'node:path';
import { eventTypes } from '../activity-environment.js';
import { suggestion } from '../../expression/index.js';
import { isObject } from '../../model/is-object.js';
import type { EventRecord } from '../../model/log-events.js';
import { duplicateKeyIn } from '../../text/duplicate-key.js';
import { prose } from '../../text/printable.js';
import { readText } from '../read-text.js';
import type { Remark } from '../yaml/source.js';
import type { Path } from '../yaml/yaml-file.js';

/** What an event has that a fixture says nothing of. */
const usual: EventRecord = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:alice',
    arn: 'arn:aws:sts::111122223333:assumed-role/Developer/alice',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: 'arn:aws:iam::111122223333:role/Developer',
        accountId: '111122223333',
        userName: 'Developer',
      },
      attributes: { creationDate: '2026-11-20T07:00:00Z', mfaAuthenticated: 'false' },
    },
  },
  awsRegion: 'us-east-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli/2.31.0',
  requestParameters: null,
  responseElements: null,
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
};

/** Fields that records have and no expression reads. */
const unread = ['addendum', 'edgeDeviceDetails', 'insightDetails', 'eventContext', 'apiVersion'];
const facts = new Set([
  'principal',
  'actor',
  'isRoot',
  'isByService',
  'isDenied',
  'succeeded',
  'sourceIp',
  'resourceIds',
]);

export type Report = (path: Path, remark: Remark, part?: 'key' | 'value') => void;

/** The records of a fixture, in their order; undefined where something is wrong with it, which is told. */
export function fixtureRecords(
  fixture: Readonly<Record<string, unknown>>,
  path: Path,
  file: string,
  report: Report,
): readonly EventRecord[] | undefined {
  if (Object.hasOwn(fixture, '$file')) return recordsOfFile(fixture, path, file, report);
  const wrong = [
    ...misspelt('Event', fixture, path, report),
    ...(isObject(fixture['userIdentity'])
      ? misspelt('UserIdentity', fixture['userIdentity'], [...path, 'userIdentity'], report)
      : []),
  ];
  return wrong.length > 0 ? undefined : [{ ...usual, ...fixture }];
}

function misspelt(
  type: string,
  data: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report,
): readonly string[] {
  const known = [...(eventTypes().object(type)?.keys() ?? []), ...(type === 'Event' ? unread : [])];
  const recorded = known.filter((it) => type !== 'Event' || !facts.has(it));
  const wrong = Object.keys(data).filter((key) => !recorded.includes(key));
  for (const key of wrong) {
    const help = facts.has(key) ? 'it follows from the other fields' : suggestion(key, recorded, 'a record has');
    report([...path, key], { code: 'unknown-field', message: `a record has no '${key}'`, help }, 'key');
  }
  return wrong;
}

function recordsOfFile(
  { $file: name, ...others }: Readonly<Record<string, unknown>>,
  path: Path,
  file: string,
  report: Report,
): readonly EventRecord[] | undefined {
  const [other] = Object.keys(others);
  if (typeof name !== 'string' || other !== undefined) {
    const message = '$file stands alone, with the path of a file beside the tests';
    report([...path, other ?? '$file'], { code: 'wrong-type', message, help: '$file: events.json' });
    return undefined;
  }
  const read = readText(resolve(dirname(file), name));
  const records = 'text' in read ? recordsIn(read.text) : undefined;
  const twice = 'text' in read && records !== undefined ? duplicateKeyIn(read.text) : undefined;
  if (twice !== undefined) {
    const message = `line ${twice.line} of '${name}' says the key '${prose(twice.key.slice(0, 60))}' of an object twice`;
    report([...path, '$file'], { code: 'duplicate-key', message, help: 'leave one: readers differ in which counts' });
    return undefined;
  }
  if (records !== undefined && records.length > 0) return records;
  const message = 'text' in read ? `'${name}' holds no CloudTrail records` : `'${name}' cannot be read`;
  report([...path, '$file'], {
    code: 'unreadable',
    message,
    help: 'a log file, a list of records, or one record a line',
  });
  return undefined;
}

/** The records of a log file, of a list, of one record, or of a record on each line; undefined where there are others. */
export function recordsIn(text: string): readonly EventRecord[] | undefined {
  const parsed = parseJson(text);
  const records: unknown = isObject(parsed) && Array.isArray(parsed['Records']) ? parsed['Records'] : parsed;
  const list: readonly unknown[] = Array.isArray(records)
    ? records
    : isObject(records)
      ? [records]
      : text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseJson(line)]));
  return list.every(isObject) ? list : undefined;
}

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The record with a value at a path such as `requestParameters.items.0.name`; undefined takes it away. */
export function withValue(record: EventRecord, path: string, value: unknown): EventRecord {
  return changed(record, path.split('.'), value) as EventRecord; // an object stays one
}

function changed(data: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data)) {
    const index = Number(step);
    const members: readonly unknown[] = data;
    return members.map((it, at) => (at === index ? changed(it, rest, value) : it));
  }
  const owner = isObject(data) ? data : {};
  const inner = changed(owner[step], rest, value);
  const { [step]: _, ...others } = owner;
  return inner === undefined ? others : { ...others, [step]: inner };
}
