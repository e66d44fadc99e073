import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAccount, aRecord, aRegion, eventId, logFile, logKey, writeFiles } from '../../test/support/event-logs.js';
import { eventsFromFolder, type LogFilesOptions } from './index.js';
import type { WantedValues } from '../model/log-events.js';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailproof-events-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const hourOfTen: LogFilesOptions = {
  from: '2026-11-20T10:00:00.000Z',
  to: '2026-11-20T11:00:00.000Z',
  at: '2026-11-27T12:00:00.000Z',
};

async function read(options: Partial<LogFilesOptions> = {}, wanted: WantedValues = 'all') {
  const source = eventsFromFolder(folder, { ...hourOfTen, ...options });
  const events: (readonly [unknown, string])[] = [];
  for await (const { origin, records } of source.read(wanted)) {
    events.push(...records.map((it) => [it['eventID'], origin.object] as const));
  }
  const coverage = source.coverage();
  const cells = coverage.cells.map(({ account, region, hour, state }) => `${account} ${region} ${hour} ${state}`);
  return { events, cells, coverage };
}

test('gives the events of the window with the file that each stands in, and the hours that were there', async () => {
  const key = logKey({ delivered: '2026-11-20T10:20' });
  const late = logKey({ delivered: '2026-11-21T09:59' });
  const beyond = logKey({ delivered: '2026-11-21T11:00' });
  await writeFiles(folder, {
    [key]: logFile([
      aRecord(1),
      aRecord(2, { eventTime: '2026-11-20T09:59:59Z' }),
      aRecord(3, { eventTime: '2026-11-20T11:00:00Z' }),
    ]),
    [late]: logFile([aRecord(4, { eventTime: '2026-11-20T10:59:59Z' })]),
    [beyond]: logFile([aRecord(5)]),
  });
  const { events, cells, coverage } = await read();
  expect(events).toEqual([
    [eventId(1), key],
    [eventId(4), late],
  ]);
  expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 present']);
  expect(coverage.gaps).toEqual([]);
});

test('wanted values leave out records that hold none of them, and no others', async () => {
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([
      aRecord(1),
      aRecord(2, { eventName: 'StopLogging' }),
      aRecord(3, { addendum: { reason: 'UPDATED_DATA', originalEventID: eventId(1) } }),
    ]),
  });
  const { events } = await read({}, new Set(['StopLogging']));
  expect(events.map(([id]) => id)).toEqual([eventId(2), eventId(3)]);
});

test('reads JSON Lines, several documents, lists and plain files, whatever they are called', async () => {
  await writeFiles(folder, {
    'lines.jsonl': `${JSON.stringify(aRecord(1))}\n${JSON.stringify(aRecord(2))}\n`,
    'list.json': JSON.stringify([aRecord(3)]),
    'marked.json': `\u{feff}${JSON.stringify({ Records: [aRecord(4)] })}`,
    'members.json.gz': Buffer.concat([logFile([aRecord(5)]), logFile([aRecord(6)])]),
    [logKey({ delivered: '2026-11-20T10:20' }).replace(/\.gz$/, '')]: JSON.stringify({ Records: [aRecord(7)] }),
  });
  const { events, cells } = await read();
  expect(new Set(events.map(([id]) => id))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7].map(eventId)));
  expect(events).toHaveLength(7);
  expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 present']);
});

test.each([
  ['half a file', logFile([aRecord(1)]).subarray(0, 100), 'is cut off: its gzip does not end'],
  ['a damaged file', flipped(logFile([aRecord(1)])), 'is damaged: its gzip cannot be unpacked'],
  ['half a text', gzipSync('{"Records":[{"eventTime":'), 'is cut off: its JSON does not end'],
  ['an encrypted file', Buffer.from([1, 2, 3, 250, 9]), 'is not JSON'],
  ['a record without a time', logFile([aRecord(1, { eventTime: 'yesterday' })]), 'has 1 record without a time'],
  ['another document', gzipSync('{"hello":1}'), 'holds something else than events'],
])('%s leaves the hours open in which it may hold events', async (_, bytes, message) => {
  const key = logKey({ delivered: '2026-11-20T11:05' });
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(7)]),
    [key]: bytes,
  });
  const { events, cells, coverage } = await read({ to: '2026-11-20T13:00:00.000Z' });
  expect(events.map(([id]) => id)).toContain(eventId(7));
  expect(cells).toEqual([
    '111122223333 eu-west-1 2026-11-20T10 unreadable',
    '111122223333 eu-west-1 2026-11-20T11 unreadable',
    '111122223333 eu-west-1 2026-11-20T12 silent',
  ]);
  expect(coverage.cells[0]?.gap).toMatchObject({ resource: key, message: `${key} ${message}.`, reason: 'error' });
});

test('a file that is cut off long after the window leaves it open all the same: late events may have lain in it', async () => {
  const cut = logFile([aRecord(1)]).subarray(0, 100);
  const states = async (delivered: string): Promise<unknown> => {
    await writeFiles(folder, {
      [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(7)]),
      [logKey({ delivered })]: cut,
    });
    return (await read({ to: '2026-11-20T11:00:00.000Z' })).cells;
  };
  expect(await states('2026-11-21T12:00')).toEqual(['111122223333 eu-west-1 2026-11-20T10 present']);
  expect(await states('2026-11-21T10:30')).toEqual(['111122223333 eu-west-1 2026-11-20T10 unreadable']);
});

test('records in which a name occurs twice are not taken for one of the two, and are told', async () => {
  const key = logKey({ delivered: '2026-11-20T10:20' });
  const twice = JSON.stringify(aRecord(1, { eventName: 'StopLogging' })).replace(
    '"eventName":"StopLogging"',
    '"eventName":"StopLogging","eventName":"ListUsers"',
  );
  await writeFiles(folder, { [key]: gzipSync(`{"Records":[${twice},${JSON.stringify(aRecord(2))}]}`) });
  for (const wanted of ['all', new Set(['StopLogging']), new Set(['ListUsers'])] as const) {
    const { events, cells, coverage } = await read({ to: '2026-11-20T11:00:00.000Z' }, wanted);
    expect(events.map(([id]) => id)).not.toContain(eventId(1));
    expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 unreadable']);
    expect(coverage.cells[0]?.gap?.message).toContain('has 1 record in which a name occurs twice');
  }
});

test('an account and Region of which data events alone are there is told', async () => {
  const data = { managementEvent: false, eventCategory: 'Data' };
  const key = logKey({ delivered: '2026-11-20T10:20' });
  await writeFiles(folder, { [key]: logFile([aRecord(1, data), aRecord(2, data)]) });
  const alone = await read({ to: '2026-11-20T11:00:00.000Z' }, new Set(['StopLogging']));
  expect(alone.cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 present']);
  expect(alone.coverage.withoutManagement).toMatchObject([{ accountId: anAccount, region: aRegion }]);
  await writeFiles(folder, { [key]: logFile([aRecord(1, data), aRecord(2)]) });
  expect((await read({})).coverage.withoutManagement).toBeUndefined();
});

test('where one trail delivers data events and another one management events, an hour of the former alone is told', async () => {
  const data = { managementEvent: false, eventCategory: 'Data' };
  const at = (number: number, time: string, members = {}) =>
    aRecord(number, { eventTime: `2026-11-20T${time}:00Z`, ...members });
  const objects = {
    [logKey({ delivered: '2026-11-20T10:20', unique: 'D' })]: logFile([at(1, '10:15', data)]),
    [logKey({ delivered: '2026-11-20T10:25', unique: 'M' })]: logFile([at(2, '10:20')]),
    [logKey({ delivered: '2026-11-20T11:20', unique: 'D' })]: logFile([at(3, '11:15', data)]),
  };
  await writeFiles(folder, objects);
  const given = { to: '2026-11-20T12:00:00.000Z' };
  const message = expect.stringContaining('data events alone in 1 hour, the first 2026-11-20T11:00Z');
  expect((await read(given)).coverage.withoutManagement).toMatchObject([{ message }]);
  const both = { [logKey({ delivered: '2026-11-20T10:30' })]: logFile([at(4, '10:25', data), at(5, '10:26')]) };
  await writeFiles(folder, both);
  expect((await read(given)).coverage.withoutManagement).toBeUndefined();
});

test('an hour without a file is silent, though an event of its end came later', async () => {
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
    [logKey({ delivered: '2026-11-20T12:03' })]: logFile([
      aRecord(2, { eventTime: '2026-11-20T11:58:00Z' }),
      aRecord(3, { eventTime: '2026-11-20T12:01:00Z' }),
    ]),
  });
  const { cells, coverage } = await read({ to: '2026-11-20T13:00:00.000Z' });
  expect(cells).toEqual([
    '111122223333 eu-west-1 2026-11-20T10 present',
    '111122223333 eu-west-1 2026-11-20T11 silent',
    '111122223333 eu-west-1 2026-11-20T12 present',
  ]);
  expect(coverage.cells[1]?.gap?.message).toBe(
    'No log file with an event of account 111122223333 in eu-west-1 was delivered within 1 hour, the first 2026-11-20T11:00Z. Nothing says that nothing happened: with --verify, digest files would. Events of 1 hour came later.',
  );
});

test('accounts and Regions that must be there are silent where nothing is, since they begin', async () => {
  await writeFiles(folder, { [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]) });
  const { cells } = await read({
    to: '2026-11-20T13:00:00.000Z',
    expected: {
      places: [
        { account: '111122223333', region: 'us-east-1', since: Date.parse('2026-11-20T11:30:00Z') },
        { account: '444455556666', region: 'eu-west-1', since: Date.parse('2026-11-20T12:00:00Z') },
      ],
      openAccounts: [],
    },
  });
  expect(cells).toEqual([
    '111122223333 eu-west-1 2026-11-20T10 present',
    '111122223333 eu-west-1 2026-11-20T11 silent',
    '111122223333 eu-west-1 2026-11-20T12 silent',
    '111122223333 us-east-1 2026-11-20T11 silent',
    '111122223333 us-east-1 2026-11-20T12 silent',
    '444455556666 eu-west-1 2026-11-20T12 silent',
  ]);
});

test('of an account that had logs before it joined, hours between are not passed over', async () => {
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
    [logKey({ delivered: '2026-11-20T12:20' })]: logFile([aRecord(2, { eventTime: '2026-11-20T12:15:00Z' })]),
  });
  const { cells } = await read({
    from: '2026-11-20T09:00:00.000Z',
    to: '2026-11-20T13:00:00.000Z',
    expected: {
      places: [{ account: anAccount, region: aRegion, since: Date.parse('2026-11-20T12:00:00Z') }],
      openAccounts: [],
    },
  });
  expect(cells.map((it) => it.slice(-10))).toEqual(['10 present', 'T11 silent', '12 present']);
});

test('files of others, of Insights and digest files lie beside, and are told or left alone', async () => {
  const insight = logKey({ delivered: '2026-11-20T10:20', folder: 'CloudTrail-Insight' });
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
    [insight]: logFile([aRecord(2)]),
    'README.txt': 'about these files',
    'package.json': '{"name":"other"}',
    'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/20/111122223333_CloudTrail-Digest_eu-west-1_management_eu-west-1_20261120T103317Z.json.gz':
      gzipSync('{}'),
  });
  const { events, coverage } = await read();
  expect(events.map(([id]) => id)).toEqual([eventId(1)]);
  expect(coverage.gaps.map((it) => `${it.reason}: ${it.message}`)).toEqual([
    'unsupported: 1 file has another name than a log file, such as README.txt, and is left alone.',
    'unsupported: package.json holds something else than events of CloudTrail.',
  ]);
});

test('an empty list of records makes no hour present', async () => {
  await writeFiles(folder, { [logKey({ delivered: '2026-11-20T10:20' })]: logFile([]) });
  const { cells, coverage } = await read();
  expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 silent']);
  expect(coverage.cells[0]?.gap?.message).toContain('1 log file there is empty.');
});

test('a large file gives its records in parts, each with the hash of the whole', async () => {
  const padding = 'x'.repeat(6000);
  const records = Array.from({ length: 5000 }, (_, index) => aRecord(index, { requestParameters: { padding } }));
  await writeFiles(folder, { [logKey({ delivered: '2026-11-20T10:20' })]: logFile(records) });
  const source = eventsFromFolder(folder, hourOfTen);
  const batches = [];
  for await (const it of source.read('all')) batches.push(it);
  expect(batches.length).toBeGreaterThan(1);
  expect(batches.flatMap((it) => it.records.map((one) => one['eventID']))).toEqual(records.map((it) => it['eventID']));
  expect(new Set(batches.map((it) => it.origin.sha256)).size).toBe(1);
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = copy.length >> 1;
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}

test('a folder that cannot be listed is no source', async () => {
  await writeFiles(folder, { ['a\\b.json']: '{}' });
  await expect(read()).rejects.toThrow('The log files of the folder cannot be listed');
});

test('a file is read that was delivered in the minute in which the window starts', async () => {
  await writeFiles(folder, { [logKey({ delivered: '2026-11-20T10:15' })]: logFile([aRecord(1)]) });
  const { events } = await read({ from: '2026-11-20T10:15:30.000Z' });
  expect(events.map(([id]) => id)).toEqual([eventId(1)]);
});

test('a log file that is there under another name alone leaves its hour open', async () => {
  const key = logKey({ delivered: '2026-11-20T10:20' });
  const lost = logKey({ delivered: '2026-11-20T10:30' });
  await writeFiles(folder, {
    [key]: logFile([aRecord(1)]),
    [`${key}.sha256`]: Buffer.from('0'),
    [`${lost}.6A2b9Cd4`]: logFile([aRecord(2)]).subarray(0, 20),
  });
  const { cells, coverage } = await read();
  expect(cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 unreadable']);
  expect(coverage.cells.map((it) => it.gap?.resource)).toEqual([`${lost}.6A2b9Cd4`]);
  await rm(join(folder, `${lost}.6A2b9Cd4`));
  expect((await read()).cells).toEqual(['111122223333 eu-west-1 2026-11-20T10 present']);
});

test('where there are digest files alone, hours are silent', async () => {
  const name = '444455556666_CloudTrail-Digest_eu-central-1_main_us-east-1_20261120T101010Z.json.gz';
  await writeFiles(folder, {
    [logKey({ delivered: '2026-11-20T10:20' })]: logFile([aRecord(1)]),
    [name]: Buffer.from(''),
  });
  const { cells } = await read();
  expect(cells).toContain('444455556666 eu-central-1 2026-11-20T10 silent');
});

test('a file that holds records of other accounts or Regions alone makes no hour present', async () => {
  const key = logKey({ delivered: '2026-11-20T10:20' });
  const others = { recipientAccountId: '444455556666' };
  const states = async (...records: readonly object[]) => {
    await writeFiles(folder, { [key]: logFile(records.map((it, index) => aRecord(index, { ...it }))) });
    const { cells, events, coverage } = await read({}, new Set(['OfNobody']));
    const own = coverage.cells.find((it) => it.account === anAccount);
    return { cells, events: events.length, message: own?.gap?.message ?? '' };
  };
  const foreign = await states(others, { awsRegion: 'us-east-1' });
  expect(foreign.cells).toEqual([`${anAccount} ${aRegion} 2026-11-20T10 silent`]);
  expect(foreign.message).toContain('Of 1 hour files are there by their names');
  // What it holds may have happened all the same.
  await writeFiles(folder, { [key]: logFile([aRecord(1, others)]) });
  expect((await read()).events).toHaveLength(1);
  for (const own of [{}, { recipientAccountId: null }, { recipientAccountId: undefined }]) {
    expect((await states(others, own)).cells).toEqual([`${anAccount} ${aRegion} 2026-11-20T10 present`]);
  }
});

test.skipIf(process.platform === 'win32').each(['a link that leads nowhere', 'a link to itself', 'a pipe'])(
  'what is named as a log file and is %s is told, and waited for by nobody',
  async (what) => {
    const other = logKey({ delivered: '2026-11-20T10:10', unique: 'LINKLINKLINKLINK' });
    await writeFiles(folder, { [logKey({ delivered: '2026-11-20T10:05' })]: logFile([aRecord(1)]) });
    const path = join(folder, other);
    if (what === 'a pipe') execFileSync('mkfifo', [path]);
    else symlinkSync(what === 'a link to itself' ? path : join(folder, 'gone'), path);
    const { coverage } = await read();
    expect(coverage.cells).toMatchObject([{ state: 'unreadable', gap: { resource: other } }]);
  },
);
