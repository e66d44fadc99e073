import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { firstHour, plantedFiles, plantedName, type PlantedFile } from '../../bench/planted-logs.js';
import { realEvents } from '../../test/support/invictus-events/index.js';
import { MemoryStore } from '../../test/support/signed-bucket/memory-store.js';
import { limiter } from '../collect/run/context.js';
import type { WantedValues } from '../model/log-events.js';
import { eventsFromBucket, UniqueEvents, type FoundEvent } from './index.js';

const plan = {
  real: realEvents,
  accounts: 2,
  regions: ['us-east-1', 'eu-west-1'],
  hours: 5,
  filesPerHour: 3,
  eventsPerFile: 12,
  plantEvery: 7,
};
const files = [...plantedFiles(plan)];
const planted = files.flatMap((it) => it.planted).toSorted((a, b) => (a < b ? -1 : 1));
const bucket = 'organization-logs';
const hour = 3_600_000;

type Stored = readonly (readonly [key: string, body: Buffer])[];

function stored({ key, records }: PlantedFile, level = 6): Stored {
  return [[key, gzipSync(JSON.stringify({ Records: records }), { level })]];
}

async function read(objects: Stored, wanted: WantedValues = new Set([plantedName])) {
  const store = new MemoryStore();
  for (const [key, body] of objects) store.bucket(bucket).set(key, { body, metadata: {} });
  const source = eventsFromBucket(
    { store, bucket, prefix: '', limit: limiter(4) },
    {
      from: new Date(firstHour).toISOString(),
      to: new Date(firstHour + plan.hours * hour).toISOString(),
      at: new Date(firstHour + 48 * hour).toISOString(),
    },
  );
  const found = new UniqueEvents<FoundEvent>();
  let given = 0;
  for await (const { origin, records } of source.read(wanted)) {
    given += records.length;
    for (const record of records) if (record['eventName'] === plantedName) found.add({ record, origin });
  }
  const ids = found.all().map((it) => String(it.record['eventID']));
  return { ids: ids.toSorted((a, b) => (a < b ? -1 : 1)), given, coverage: source.coverage() };
}

const whole = files.flatMap((it) => stored(it));

test('each planted event is found, with and without looking for its name alone', async () => {
  const all = await read(whole, 'all');
  const named = await read(whole);
  expect(planted).toHaveLength(Math.ceil(files.length / plan.plantEvery));
  expect([all.ids, named.ids]).toEqual([planted, planted]);
  expect(all.given).toBe(files.length * plan.eventsPerFile);
  expect(named.given).toBeLessThan(all.given);
  expect(named.coverage).toEqual(all.coverage);
  expect(new Set(all.coverage.cells.map((it) => it.state))).toEqual(new Set(['present']));
  expect(all.coverage.cells).toHaveLength(plan.accounts * plan.regions.length * plan.hours);
});

/** The second half of the records in an object of its own. */
function split(file: PlantedFile): Stored {
  const half = file.records.length >> 1;
  const other = file.key.replace(/_0(.{15})\.json\.gz$/, '_Z$1.json.gz');
  return [
    ...stored({ ...file, records: file.records.slice(0, half) }),
    ...stored({ ...file, key: other, records: file.records.slice(half) }),
  ];
}

/** The same object under the trail of the account itself. */
function doubled(file: PlantedFile): Stored {
  return [...stored(file), ...stored({ ...file, key: file.key.replace('o-exampleorgid/', '') })];
}

test('shuffled records, copies, split and repacked objects give the same events and hours', async () => {
  const expected = await read(whole);
  const ways = [
    (it: PlantedFile): Stored => stored(it, 9),
    (it: PlantedFile): Stored => stored({ ...it, records: it.records.toReversed() }, 1),
    split,
    doubled,
  ];
  const choices = fc.array(fc.constantFrom(...ways), { minLength: files.length, maxLength: files.length });
  await fc.assert(
    fc.asyncProperty(choices, async (chosen) => {
      const { ids, coverage } = await read(files.flatMap((it, index) => chosen[index]?.(it) ?? []));
      expect(ids).toEqual(planted);
      expect(coverage).toEqual(expected.coverage);
    }),
    { numRuns: 8 },
  );
});

test('any one missing hour of an account in a Region is silent, and nothing else changes', async () => {
  const { coverage: expected } = await read(whole);
  for (const cell of expected.cells) {
    const [date = '', its = ''] = cell.hour.split('T');
    const name = `${cell.account}_CloudTrail_${cell.region}_${date.replaceAll('-', '')}T${its}`;
    const { coverage } = await read(whole.filter(([key]) => !key.includes(name)));
    const changed = coverage.cells.filter((it, index) => it.state !== expected.cells[index]?.state);
    expect(changed.map(({ account, region, hour: start, state }) => ({ account, region, hour: start, state }))).toEqual(
      [{ account: cell.account, region: cell.region, hour: cell.hour, state: 'silent' }],
    );
  }
});
