import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { change, edit, nth, put, remove } from '../../test/support/signed-bucket/tamper.js';
import {
  accountId,
  at,
  expecting,
  homeRegion,
  logBucket,
  offset,
  SignedWorld,
  trailFacts,
} from '../../test/support/signed-bucket/world.js';
import { anHour } from '../../test/support/signed-bucket/chain-writer.js';
import { limiter } from '../collect/run/context.js';
import type { Expectation } from '../verify/index.js';
import { eventsFromBucket } from './index.js';

interface Given {
  readonly expectation?: Expectation;
  readonly now?: number;
}

/** The six hours from midnight, each with the first letters of its state; and whether each object is verified. */
async function prove(world: SignedWorld, { expectation = expecting([trailFacts()]), now = at(11) }: Given = {}) {
  const limit = limiter(4);
  const source = eventsFromBucket(
    { store: world.store, bucket: logBucket, prefix: '', limit },
    {
      from: new Date(at(0)).toISOString(),
      to: new Date(at(6)).toISOString(),
      at: new Date(now).toISOString(),
      proof: {
        keys: world.keySource(),
        expectation,
        now,
        grace: 2.5 * anHour,
        limit,
      },
    },
  );
  const verified = new Map<string, boolean | undefined>();
  for await (const { origin } of source.read('all')) verified.set(origin.object, origin.verified);
  const { cells, gaps } = source.coverage();
  const states = (region = homeRegion): string =>
    cells
      .filter((it) => it.region === region)
      .map((it) => it.state.slice(0, 3))
      .join(' ');
  const messages = [...new Set(cells.flatMap((it) => (it.gap === undefined ? [] : [it.gap.message])))];
  return { states: states(), statesOf: states, verified, messages, gaps };
}

const key = (of: string): string => `s3://${logBucket}/${of}`;

test('hours that a valid chain of digest files spans are proven, and their files verified', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  const { states, verified, messages } = await prove(world);
  expect(states).toBe('pro pro pro pro pro pro');
  expect(verified.size).toBeGreaterThan(15);
  expect(new Set(verified.values())).toEqual(new Set([true]));
  expect(verified.get(key(nth(chain.logFiles, 5)))).toBe(true);
  expect(messages).toEqual([]);
});

test('quiet hours are proven, too', async () => {
  const world = new SignedWorld();
  world.sixHours({}, 0);
  expect((await prove(world)).states).toBe('pro pro pro pro pro pro');
});

/** Of the third hour. */
const third = 3 * 3 + 4;

test('a file that was changed is told, and so is one that is gone', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  edit(world, nth(chain.logFiles, third), (text) => text.replace('Z', 'Z '));
  const changed = await prove(world);
  expect(changed.states).toMatch(/^unr unr .*unr.* pro$/);
  expect(changed.messages[0]).toBe(
    `${key(nth(chain.logFiles, third))} is not what its digest file says of its content: it was changed.`,
  );
  expect([...changed.verified.values()].filter((it) => it === false).length).toBeLessThanOrEqual(1);

  remove(world, nth(chain.logFiles, third));
  const gone = await prove(world);
  expect(gone.states).toMatch(/^unr unr .*unr.* pro$/);
  expect(gone.messages).toEqual([`${key(nth(chain.logFiles, third))} is not there as a valid digest file lists it.`]);
});

test('a flipped byte in the stored file is told', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  const name = nth(chain.logFiles, third);
  const body = Buffer.from(world.store.bucket(logBucket).get(name)?.body ?? []);
  body[30] = (body[30] ?? 0) ^ 1;
  change(world, name, { body });
  expect((await prove(world)).states).toMatch(/unr/);
});

test('a digest file that is gone takes the proof from its hours, and says so', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  remove(world, nth(chain.digests, 4));
  const { states, messages } = await prove(world);
  expect(states).toBe('pro unr unr pro pro pro');
  expect(messages[0]).toContain('is gone');
});

test('all digest files gone: a chain that must be there is missed, one that nobody expects is not proven', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  remove(world, ...chain.digests);
  expect((await prove(world)).states).toBe('unr unr unr unr unr unr');
  const unexpected = await prove(world, { expectation: expecting([]) });
  expect(unexpected.states).toBe('pre pre pre pre pre pre');
});

test('without any digest files hours are present, never proven', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  remove(world, ...chain.digests);
  const { messages, verified } = await prove(world, { expectation: expecting([]) });
  expect(messages).toEqual([
    `There are no digest files of account ${accountId} in ${homeRegion}: nothing proves that its log files are all there.`,
  ]);
  expect(new Set(verified.values())).toEqual(new Set([false]));
});

test('a log file that no digest file lists takes the proof from its place: another trail may write there', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.strayLog(at(2) + 60_000);
  const { states, messages } = await prove(world);
  expect(states).toBe('pre pre pre pre pre pre');
  expect(messages[0]).toContain('another trail writes there that has none, or somebody put it there');
});

test('the newest hours are proven once what is delivered behind them is covered', async () => {
  const world = new SignedWorld();
  world
    .chain()
    .start(at(-2) + offset)
    .hours(8, 3);
  const { states } = await prove(world, { now: at(7) });
  expect(states).toBe('pro pro pro pro pro pro');
});

test('with two trails, both must span an hour', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const other = world.sixHours({ trail: 'data-only' });
  expect((await prove(world, { expectation: expecting([]) })).messages).toEqual([]);
  remove(world, nth(other.digests, 4));
  expect((await prove(world, { expectation: expecting([]) })).states).toBe('pro unr unr pro pro pro');
});

test('a broken file that nobody listed leaves its hour open, however good the chain is', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  put(world, nth(chain.logFiles, third).replace(/_[^_]+$/, '_ZZZZZZZZZZZZZZZZ.json.gz'), {
    body: gzipSync('{"Records":['),
    metadata: {},
  });
  expect((await prove(world)).states).toMatch(/unr/);
});

test('digest files that cannot be listed are not said to be missing', async () => {
  const world = new SignedWorld();
  world.sixHours();
  world.store.refusals.set(`${logBucket}/AWSLogs/${accountId}/CloudTrail-Digest/${homeRegion}/`, 'access-denied');
  const { states, messages } = await prove(world, { expectation: expecting([]) });
  expect(states).toBe('pre pre pre pre pre pre');
  expect(messages[0]).toContain('could not be listed: access-denied by the test');
});

test('a trail that must have digest files elsewhere takes no proof from here', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const trails = [
    trailFacts(),
    trailFacts({ name: 'other', prefix: 'elsewhere' }),
    trailFacts({ name: 'far', bucket: 'b' }),
  ];
  expect((await prove(world, { expectation: expecting(trails) })).states).toBe('pro pro pro pro pro pro');
});

test('keys that cannot be had prove nothing', async () => {
  const world = new SignedWorld();
  world.sixHours();
  world.keysRefused = 'not allowed';
  expect((await prove(world)).states).toBe('pre pre pre pre pre pre');
});

test('a whole Region whose files and digest files are gone is missed where it must be there', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const trail = trailFacts({ isMultiRegion: true });
  const chains = [homeRegion, 'eu-west-1'].map((region) => ({ trail, account: accountId, region }));
  const { statesOf } = await prove(world, { expectation: expecting([trail], { chains }) });
  expect(statesOf()).toBe('pro pro pro pro pro pro');
  expect(statesOf('eu-west-1')).toBe('unr unr unr unr unr unr');
});
