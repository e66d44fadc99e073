import { expect, test } from 'vitest';
import { aRecord, eventId, logFile, logKey } from '../../test/support/event-logs.js';
import { MemoryStore } from '../../test/support/signed-bucket/memory-store.js';
import { limiter } from '../collect/run/context.js';
import type { UnreadableReason } from '../model/object-store.js';
import { eventsFromBucket } from './index.js';

const bucket = 'organization-logs';

class ListedStore extends MemoryStore {
  readonly prefixes: string[] = [];

  override async *list(name: string, prefix: string, after?: string) {
    this.prefixes.push(prefix);
    yield* super.list(name, prefix, after);
  }
}

interface Given {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly prefix?: string;
  readonly refused?: Readonly<Record<string, UnreadableReason>>;
  readonly from?: string;
  readonly to?: string;
}

async function read({
  files,
  prefix = '',
  refused = {},
  from = '2026-11-20T10:00:00Z',
  to = '2026-11-20T11:00:00Z',
}: Given) {
  const store = new ListedStore();
  for (const [key, body] of Object.entries(files)) store.bucket(bucket).set(key, { body, metadata: {} });
  for (const [key, reason] of Object.entries(refused)) store.refusals.set(key, reason);
  const source = eventsFromBucket(
    { store, bucket, prefix, limit: limiter(4) },
    { from, to, at: '2026-11-27T12:00:00.000Z' },
  );
  const events: unknown[] = [];
  for await (const { records } of source.read('all')) events.push(...records.map((it) => it['eventID']));
  const coverage = source.coverage();
  const cells = coverage.cells.map((it) => `${it.account} ${it.region} ${it.hour} ${it.state}`);
  return { events, cells, coverage, store };
}

const own = logKey({ delivered: '2026-11-20T10:20' });
const organization = 'o-exampleorgid';
const member = logKey({
  delivered: '2026-11-20T10:21',
  account: '444455556666',
  region: 'us-east-1',
  base: `AWSLogs/${organization}/`,
});
const prefixed = logKey({ delivered: '2026-11-20T10:22', base: 'security/trail/AWSLogs/', region: 'us-east-1' });
const files = {
  [own]: logFile([aRecord(1)]),
  [member]: logFile([aRecord(2, { recipientAccountId: '444455556666', awsRegion: 'us-east-1' })]),
  [prefixed]: logFile([aRecord(3, { awsRegion: 'us-east-1' })]),
  'AWSLogs/111122223333/Config/eu-west-1/2026/11/20/other.json.gz': Buffer.from('other'),
  'AWSLogs/111122223333/CloudTrail/': Buffer.alloc(0),
  'elsewhere/data.json': Buffer.from('{}'),
};

test('says where trails deliver what it reads', async () => {
  const placesOf = async (prefix: string): Promise<unknown> => (await read({ files, prefix })).coverage.places;
  expect(await placesOf('')).toEqual([
    { bucket, prefix: '' },
    { bucket, prefix: 'security/trail' },
  ]);
  expect(await placesOf('security')).toEqual([{ bucket, prefix: 'security/trail' }]);
  expect(await placesOf(`AWSLogs/${organization}/444455556666/CloudTrail/`)).toEqual([{ bucket, prefix: '' }]);
});

test.each([
  ['', [1, 2, 3]],
  ['security', [3]],
  ['security/trail/', [3]],
  ['AWSLogs/', [1, 2]],
  [`AWSLogs/${organization}`, [2]],
  [`AWSLogs/${organization}/444455556666/CloudTrail/us-east-1/`, [2]],
  ['AWSLogs/111122223333/', [1]],
])(
  'finds the log files below %j, of organizations and accounts, with and without a prefix',
  async (prefix, numbers) => {
    const { events, coverage } = await read({ files, prefix });
    expect(events).toEqual(numbers.map(eventId));
    expect(coverage.gaps).toEqual([]);
  },
);

test('lists the days of the window and the one behind it alone', async () => {
  const other = logKey({ delivered: '2026-11-25T10:20' });
  const { store } = await read({ files: { [own]: logFile([aRecord(1)]), [other]: logFile([aRecord(2)]) } });
  expect(store.prefixes).toEqual([
    'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/',
    'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/21/',
  ]);
  expect(store.reads).toEqual([own]);
});

test('events of before midnight lie in the folder of the next day', async () => {
  const late = logKey({ delivered: '2026-11-21T00:02' });
  const { events } = await read({
    files: { [late]: logFile([aRecord(1, { eventTime: '2026-11-20T23:58:00Z' })]) },
    from: '2026-11-20T23:00:00Z',
    to: '2026-11-21T00:00:00Z',
  });
  expect(events).toEqual([eventId(1)]);
});

test.each([
  ['kms', 'access-denied'],
  ['access-denied', 'access-denied'],
  ['archived', 'error'],
  ['throttled', 'throttled'],
  ['budget', 'not-collected'],
] as const)('an object that is %s leaves its hours open', async (reason, told) => {
  const { events, cells, coverage } = await read({
    files,
    prefix: 'AWSLogs',
    refused: { [`${bucket}/${own}`]: reason },
  });
  expect(events).toEqual([eventId(2)]);
  expect(cells).toEqual([
    '111122223333 eu-west-1 2026-11-20T10 unreadable',
    '444455556666 us-east-1 2026-11-20T10 present',
  ]);
  expect(coverage.cells[0]?.gap).toMatchObject({ reason: told, resource: `s3://${bucket}/${own}` });
});

test('a prefix of many levels is found, and folders that are too many to look into are told', async () => {
  const deep = logKey({ delivered: '2026-11-20T10:22', base: 'a/b/c/d/e/f/g/h/AWSLogs/' });
  const found = await read({ files: { [deep]: logFile([aRecord(1)]) } });
  expect(found.events).toEqual([eventId(1)]);
  expect(found.coverage.gaps).toEqual([]);
  const others = Array.from({ length: 600 }, (_, index) => [`exports/${index}/x.json`, Buffer.from('{}')] as const);
  const many = await read({ files: { ...Object.fromEntries(others), [own]: logFile([aRecord(1)]) } });
  expect(many.events).toEqual([eventId(1)]);
  expect(many.coverage.gaps).toMatchObject([
    { message: expect.stringContaining('s3://organization-logs/PREFIX/AWSLogs') },
  ]);
});

test('a day that cannot be listed leaves all of its hours open, and those before, of which late events may lie there', async () => {
  const folder = `${bucket}/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/21/`;
  const { cells } = await read({
    files: { [own]: logFile([aRecord(1)]) },
    refused: { [folder]: 'access-denied' },
    from: '2026-11-20T22:00:00Z',
    to: '2026-11-21T01:00:00Z',
  });
  expect(cells).toEqual([
    '111122223333 eu-west-1 2026-11-20T22 unreadable',
    '111122223333 eu-west-1 2026-11-20T23 unreadable',
    '111122223333 eu-west-1 2026-11-21T00 unreadable',
  ]);
});

test('objects with other names are read where they may be log files, and told where they are not', async () => {
  const folder = own.slice(0, own.lastIndexOf('/') + 1);
  const { events, coverage } = await read({
    files: {
      [own]: logFile([aRecord(1)]),
      [`${folder}renamed.json.gz`]: logFile([aRecord(2)]),
      [`${folder}notes.txt`]: Buffer.from('notes'),
      [member
        .replace('AWSLogs/o-exampleorgid/444455556666', 'AWSLogs/555566667777')
        .replace('/us-east-1/', '/eu-west-1/')]: logFile([aRecord(3)]),
    },
  });
  expect(new Set(events)).toEqual(new Set([eventId(1), eventId(2), eventId(3)]));
  expect(coverage.gaps.map((it) => it.message)).toEqual([
    `1 object among the log files is of another kind, such as s3://${bucket}/${folder}notes.txt, and is left alone.`,
  ]);
});

test('an object that somebody put there makes no hour present', async () => {
  const { events, cells } = await read({
    files: {
      [own.replace('T1020Z', 'T1220Z')]: logFile([aRecord(1, { eventTime: '2026-11-20T12:10:00Z' })]),
      [own.replace(/_[A-Z]{16}/, '_planted')]: logFile([aRecord(2)]),
    },
  });
  expect(events).toEqual([eventId(2)]);
  expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 silent']);
});

test('a bucket without log files of CloudTrail is no source', async () => {
  await expect(read({ files: { 'elsewhere/data.json': Buffer.from('{}') } })).rejects.toThrow(
    `There are no log files of CloudTrail in s3://${bucket}/.`,
  );
});
