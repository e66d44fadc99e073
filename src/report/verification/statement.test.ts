import { expect, test } from 'vitest';
import { logBucket, SignedWorld, verifyWorld } from '../../../test/support/signed-bucket/world.js';
import { verificationStatement } from './statement.js';

test('a statement is about the newest digest files, and the same for the same objects', async () => {
  const world = new SignedWorld();
  const { digests } = world.sixHours();
  const state = async () =>
    verificationStatement({
      schemaVersion: '1',
      tool: { name: 'Trailproof', version: '1.0.0' },
      run: {
        startedAt: new Date().toISOString(),
        finishedAt: new Date().toISOString(),
        source: 'live',
        interrupted: false,
        requests: { total: 0, byOperation: {} },
      },
      record: await verifyWorld(world),
    });
  const first = await state();
  expect(first).toEqual(await state());
  expect(first).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    predicate: { record: { outcome: 'verified' } },
  });
  expect(first.subject).toEqual([
    { name: `s3://${logBucket}/${digests[8]}`, digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  ]);
});
