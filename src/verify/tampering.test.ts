import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ChainWriter } from '../../test/support/signed-bucket/chain-writer.js';
import { append, change, edit, nth, objectAt, put, remove } from '../../test/support/signed-bucket/tamper.js';
import { told } from '../../test/support/signed-bucket/told.js';
import { at, logBucket, offset, SignedWorld, verifyWorld } from '../../test/support/signed-bucket/world.js';

interface Case {
  readonly name: string;
  /** Digest files 2 to 8 (from 0) are of the window; each has three log files. */
  readonly tamper: (world: SignedWorld, chain: ChainWriter) => void;
  readonly told: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'the newest digest files and their log files are deleted',
    tamper: (world, { digests, logFiles }) => remove(world, ...digests.slice(-5), ...logFiles.slice(-15)),
    told: ['tampered', 'gap 03:33 06:00 missing-digest'],
  },
  {
    name: 'all digest files are deleted',
    tamper: (world, { digests }) => remove(world, ...digests),
    told: ['tampered', 'log-file uncovered in-a-gap 18', 'gap 00:00 06:00 missing-chain'],
  },
  {
    name: 'two digest files in a row are deleted',
    tamper: (world, { digests }) => remove(world, digests[4], digests[5]),
    told: ['tampered', 'log-file uncovered in-a-gap 6', 'gap 01:33 03:33 missing-digest'],
  },
  {
    name: 'a digest file is deleted together with its log files',
    tamper: (world, { digests, logFiles }) => remove(world, digests[4], ...logFiles.slice(9, 12)),
    told: ['tampered', 'gap 01:33 02:33 missing-digest'],
  },
  {
    name: 'a gzip member is appended to a digest file',
    tamper: (world, { digests }) => append(world, nth(digests, 4), gzipSync('{}')),
    told: ['tampered', 'digest invalid format 1', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 invalid-digest'],
  },
  {
    name: 'a gzip member is appended to a log file',
    tamper: (world, { logFiles }) => append(world, nth(logFiles, 10), gzipSync('{}')),
    told: ['tampered', 'log-file invalid format 1'],
  },
  {
    name: 'zeros are appended to a log file',
    tamper: (world, { logFiles }) => append(world, nth(logFiles, 10), Buffer.alloc(16)),
    told: ['tampered', 'log-file invalid format 1'],
  },
  {
    name: 'a log file is edited',
    tamper: (world, { logFiles }) => edit(world, nth(logFiles, 10), (it) => it.replace('us-east-1', 'us-east-2')),
    told: ['tampered', 'log-file invalid hash 1'],
  },
  {
    name: 'a log file is compressed anew',
    tamper: (world, { logFiles }) => edit(world, nth(logFiles, 10), (it) => `${it} `),
    told: ['tampered', 'log-file invalid hash 1'],
  },
  {
    name: 'a log file is deleted',
    tamper: (world, { logFiles }) => remove(world, logFiles[10]),
    told: ['tampered', 'log-file missing gone 1'],
  },
  {
    name: 'a log file is moved to another name',
    tamper: (world, { logFiles }) => {
      const key = nth(logFiles, 10);
      put(world, key.replace(/.{4}\.json\.gz$/, 'copy.json.gz'), objectAt(world, key));
      remove(world, key);
    },
    told: ['tampered', 'log-file uncovered extra 1', 'log-file missing gone 1'],
  },
  {
    name: 'a log file is put where another one was',
    tamper: (world, { logFiles }) => put(world, nth(logFiles, 10), objectAt(world, nth(logFiles, 11))),
    told: ['tampered', 'log-file invalid hash 1'],
  },
  {
    name: 'a log file is added',
    tamper: (_, chain) => chain.strayLog(at(3)),
    told: ['tampered', 'log-file uncovered extra 1'],
  },
  {
    name: 'an object of another name is added to the log files',
    tamper: (world, { logFiles }) =>
      put(world, `${nth(logFiles, 10)}.bak`, { body: Buffer.from('anything'), metadata: {} }),
    told: ['tampered', 'log-file uncovered extra 1'],
  },
  {
    name: 'a digest file is edited',
    tamper: (world, { digests, logFiles }) => edit(world, nth(digests, 4), (it) => it.replace(nth(logFiles, 9), 'x')),
    told: ['tampered', 'digest invalid hash 1', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 invalid-digest'],
  },
  {
    name: 'the newest digest file is edited',
    tamper: (world, { digests, logFiles }) => {
      remove(world, ...digests.slice(9));
      edit(world, nth(digests, 8), (it) => it.replace(nth(logFiles, 21), 'x'));
    },
    told: ['tampered', 'digest invalid signature 1', 'log-file uncovered in-a-gap 1', 'gap 05:33 06:00 invalid-digest'],
  },
  {
    name: 'a signature is changed',
    tamper: (world, { digests }) => {
      const { metadata } = objectAt(world, nth(digests, 4));
      const signature = metadata['signature'] ?? '';
      const other = signature.startsWith('00') ? '01' : '00';
      change(world, nth(digests, 4), { metadata: { ...metadata, signature: `${other}${signature.slice(2)}` } });
    },
    told: ['tampered', 'digest invalid signature 1', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 invalid-digest'],
  },
  {
    name: 'a signature is lost',
    tamper: (world, { digests }) => change(world, nth(digests, 4), { metadata: {} }),
    told: [
      'tampered',
      'digest invalid signature-missing 1',
      'log-file uncovered in-a-gap 3',
      'gap 01:33 02:33 invalid-digest',
    ],
  },
  {
    name: 'the algorithm of a signature is changed',
    tamper: (world, { digests }) => {
      const { metadata } = objectAt(world, nth(digests, 4));
      change(world, nth(digests, 4), { metadata: { ...metadata, 'signature-algorithm': 'MD5withRSA' } });
    },
    told: [
      'tampered',
      'digest invalid signature-algorithm 1',
      'log-file uncovered in-a-gap 3',
      'gap 01:33 02:33 invalid-digest',
    ],
  },
  {
    name: 'a digest file is copied to another hour, whose own was deleted',
    tamper: (world, { digests }) => put(world, nth(digests, 4), objectAt(world, nth(digests, 5))),
    told: ['tampered', 'digest invalid place 1', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 invalid-digest'],
  },
  {
    name: 'a digest file is copied to another name beside it',
    tamper: (world, { digests }) =>
      put(world, nth(digests, 4).replace('.json.gz', '_copy.json.gz'), objectAt(world, nth(digests, 4))),
    told: ['tampered', 'digest invalid place 1'],
  },
  {
    name: 'a log file is copied to the digest files',
    tamper: (world, { digests, logFiles }) =>
      put(
        world,
        nth(digests, 4).replace(/[^/]+$/, nth(nth(logFiles, 10).split('/'), -1)),
        objectAt(world, nth(logFiles, 10)),
      ),
    told: ['tampered', 'digest invalid place 1'],
  },
  {
    name: 'a digest file is copied to another Region',
    tamper: (world, { digests }) => {
      const key = nth(digests, 4);
      put(
        world,
        key.replaceAll('/us-east-1/', '/us-west-2/').replace('_us-east-1_', '_us-west-2_'),
        objectAt(world, key),
      );
      world.keyOf('us-west-2');
    },
    told: ['tampered', 'digest invalid place 1', 'gap 111122223333 us-west-2 01:33 02:33 invalid-digest'],
  },
  {
    name: 'a bomb lies where a digest file was',
    tamper: (world, { digests }) => change(world, nth(digests, 4), { body: gzipSync(Buffer.alloc(70_000_000)) }),
    told: ['tampered', 'digest invalid format 1', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 invalid-digest'],
  },
];

test.each(cases)('$name', async ({ tamper, told: expected }) => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  tamper(world, chain);
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(expected);
});

test('a log file that was compressed anew is what it was', async () => {
  const world = new SignedWorld();
  const { logFiles } = world.sixHours();
  const key = nth(logFiles, 10);
  const { body } = objectAt(world, key);
  change(world, key, { body: gzipSync(gunzipSync(body), { level: 1 }) });
  expect(told(await verifyWorld(world))).toEqual(['verified']);
});

test('a trail whose name begins like another one is another trail', async () => {
  const world = new SignedWorld();
  const { digests } = world.sixHours({ trail: 'mgmt' });
  world
    .chain({ trail: 'mgmt_us-east-1_other' })
    .start(at(-2) + offset - 20 * 60_000)
    .hours(12);
  remove(world, digests[4]);
  const trail = { name: 'mgmt', homeRegion: 'us-east-1', bucket: logBucket, prefix: '' };
  const record = await verifyWorld(world, { choice: { trails: [trail], accounts: undefined, regions: undefined } });
  expect(told(record)).toEqual(['tampered', 'log-file uncovered in-a-gap 3', 'gap 01:33 02:33 missing-digest']);
});

test('what is missing is named by its keys', async () => {
  const world = new SignedWorld();
  const { digests } = world.sixHours();
  remove(world, digests[4], digests[5]);
  const record = await verifyWorld(world);
  expect(record.chains[0]?.gaps.flatMap((it) => it.missing)).toEqual([digests[4], digests[5]]);
  expect(record.counts.digests.missing).toBe(2);
});
