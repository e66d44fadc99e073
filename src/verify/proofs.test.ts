import { expect, test } from 'vitest';
import { signingKey } from '../../test/support/signed-bucket/signing-key.js';
import { change, edit, nth, objectAt, remove } from '../../test/support/signed-bucket/tamper.js';
import { told } from '../../test/support/signed-bucket/told.js';
import { at, homeRegion, offset, SignedWorld, verifyWorld } from '../../test/support/signed-bucket/world.js';

test('keys rotate within the window', async () => {
  const world = new SignedWorld();
  const first = world.addKey(homeRegion, signingKey({ name: 'first', validTo: at(4) }));
  const second = world.addKey(homeRegion, signingKey({ name: 'second', validFrom: at(2) }));
  world.sixHours({ keyAt: (time) => (time < at(3) ? first : second) });
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(['verified']);
  expect(record.keys.map(({ fingerprint, digests }) => [fingerprint, digests])).toEqual(
    [
      [first.listed.fingerprint, 3],
      [second.listed.fingerprint, 4],
    ].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
});

test('a key may be listed as an SPKI', async () => {
  const world = new SignedWorld();
  world.addKey(homeRegion, signingKey({ form: 'spki' }));
  world.sixHours();
  expect(told(await verifyWorld(world))).toEqual(['verified']);
});

test('a key whose fingerprint is not its own proves nothing', async () => {
  const world = new SignedWorld();
  const key = world.keyOf(homeRegion);
  world.sixHours();
  const other = signingKey({ name: 'other' });
  world.keys.set(homeRegion, [{ ...key, listed: { ...key.listed, value: other.listed.value } }]);
  const record = await verifyWorld(world);
  expect(record.findings.find((it) => it.reason === 'key')?.count).toBe(7);
  expect(record.outcome).toBe('tampered');
});

test('a digest file signed by a key that AWS does not list is invalid', async () => {
  const world = new SignedWorld();
  world.keyOf(homeRegion);
  world.sixHours({ keyAt: () => signingKey({ name: 'forged' }) });
  const record = await verifyWorld(world);
  expect(record.outcome).toBe('tampered');
  expect(record.findings.find((it) => it.subject === 'digest')).toMatchObject({ reason: 'key', count: 7 });
});

test('a key that was in use at another time only is invalid', async () => {
  const world = new SignedWorld();
  const expired = world.addKey(homeRegion, signingKey({ name: 'expired', validTo: at(-1) }));
  world.addKey(homeRegion, signingKey());
  world.sixHours({ keyAt: () => expired });
  const record = await verifyWorld(world);
  expect(record.outcome).toBe('tampered');
  expect(record.findings.find((it) => it.subject === 'digest')?.message).toContain('was in use from');
});

test('a key of another Region is invalid', async () => {
  const world = new SignedWorld();
  world.keyOf(homeRegion);
  world.sixHours({ region: 'eu-west-1' });
  world.sixHours({ keyAt: () => world.keyOf('eu-west-1') });
  const record = await verifyWorld(world);
  expect(record.outcome).toBe('tampered');
  expect(record.findings.find((it) => it.subject === 'digest')?.reason).toBe('key');
});

test('keys that cannot be read prove nothing and disprove nothing', async () => {
  const world = new SignedWorld();
  world.sixHours();
  world.keysRefused = 'AccessDenied: not allowed to list public keys';
  const record = await verifyWorld(world);
  expect(record.outcome).toBe('incomplete');
  expect(record.counts.digests).toMatchObject({ valid: 0, invalid: 0, unreadable: 7 });
});

test('where AWS lists no old key any more, the hash that the next valid digest file gives is proof', async () => {
  const world = new SignedWorld();
  const old = signingKey({ name: 'old' });
  const current = world.addKey(homeRegion, signingKey({ name: 'current', validFrom: at(3) }));
  const { digests, logFiles } = world.sixHours({ keyAt: (time) => (time < at(3) ? old : current) });
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(['verified']);
  expect(record.anchors).toMatchObject({ ownSignature: 4, nextHash: 3 });
  edit(world, nth(digests, 2), (it) => it.replace(nth(logFiles, 3), 'x'));
  expect((await verifyWorld(world)).findings.find((it) => it.subject === 'digest')).toMatchObject({
    reason: 'hash',
    count: 1,
  });
});

test('a backfill digest covers log files that the first one missed, in a chain of its own', async () => {
  const world = new SignedWorld();
  const first = world.addKey(homeRegion, signingKey({ name: 'first', validTo: at(8) }));
  const second = world.addKey(homeRegion, signingKey({ name: 'second', validFrom: at(9) }));
  const chain = world.sixHours({ keyAt: (time) => (time < at(8.5) ? first : second) });
  const early = chain.strayLog(at(2));
  const late = chain.strayLog(at(4));
  expect(told(await verifyWorld(world))).toEqual(['tampered', 'log-file uncovered extra 2']);
  chain.backfill(at(2) + offset, [early], at(10)).backfill(at(4) + offset, [late], at(10.2));
  const record = await verifyWorld(world);
  expect(told(record)).toEqual(['verified']);
  expect(record.counts.digests.valid).toBe(9);
  expect(record.counts.logFiles.valid).toBe(23);
});

test('a backfill digest does not stand for the digest file of its hour', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.backfill(at(2) + offset, [chain.strayLog(at(2))], at(10));
  remove(world, nth(chain.digests, 4));
  expect(told(await verifyWorld(world))).toContain('gap 01:33 02:33 missing-digest');
});

test('a backfill digest that is gone is missing, as the next one names it', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.backfill(at(2) + offset, [chain.strayLog(at(2))], at(10));
  chain.backfill(at(4) + offset, [chain.strayLog(at(4))], at(10.2));
  remove(world, nth(chain.backfills, 0));
  expect(told(await verifyWorld(world))).toEqual(['tampered', 'log-file uncovered extra 1', 'digest missing gone 1']);
});

test('the last backfill digest of the window is missing, as the next one behind it names it', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  const late = chain.strayLog(at(4));
  chain.backfill(at(4) + offset, [late], at(10));
  chain.hours(60);
  chain.backfill(at(50) + offset, [chain.strayLog(at(50))], at(55));
  expect(told(await verifyWorld(world, { now: at(70) }))).toEqual(['verified']);
  remove(world, nth(chain.backfills, 0), late.key);
  expect(told(await verifyWorld(world, { now: at(70) }))).toEqual(['tampered', 'digest missing gone 1']);
});

test('backfill digests need not name each other in the order of the time that they cover', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.backfill(at(4) + offset, [chain.strayLog(at(4))], at(10));
  chain.backfill(at(2) + offset, [chain.strayLog(at(2))], at(10.2));
  chain.backfill(at(3) + offset, [chain.strayLog(at(3))], at(10.4));
  expect(told(await verifyWorld(world))).toEqual(['verified']);
});

test('a backfill digest without the time of its generation is invalid', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  chain.backfill(at(2) + offset, [chain.strayLog(at(2))], at(10));
  const key = nth(chain.backfills, 0);
  const { signature = '' } = objectAt(world, key).metadata;
  change(world, key, { metadata: { signature, 'signature-algorithm': 'SHA256withRSA' } });
  expect(told(await verifyWorld(world))).toEqual(['tampered', 'log-file uncovered extra 1', 'digest invalid format 1']);
});

test('a log file of the last minutes may be listed by the digest file behind the window', async () => {
  const world = new SignedWorld();
  const chain = world.chain().start(at(-2)).hours(7, 2);
  const late = chain.strayLog(at(6) - 60_000);
  chain.hours(3, 0);
  chain.backfill(at(9), [late], at(10));
  expect(told(await verifyWorld(world))).toEqual(['verified']);
});

test('a log file whose digest file is not due is pending', async () => {
  const world = new SignedWorld();
  const chain = world
    .chain()
    .start(at(-2) + offset)
    .hours(7, 1);
  chain.strayLog(at(5.9));
  const record = await verifyWorld(world, { now: at(8) });
  expect(told(record)).toEqual(['incomplete', 'gap 05:33 06:00 not-yet-delivered']);
  expect(record.counts.logFiles).toMatchObject({ pending: 1, uncovered: 0 });
});

test('two digest files that name the same predecessor are no chain', async () => {
  const world = new SignedWorld();
  const chain = world
    .chain()
    .start(at(-2) + offset)
    .hours(4, 1);
  const before = new Map(world.store.bucket('organization-logs'));
  chain.stop(at(3), 0);
  const fork = nth(chain.digests, -1);
  const forked = objectAt(world, fork);
  world.store.buckets.set('organization-logs', before);
  const again = world
    .chain()
    .start(at(-2) + offset)
    .hours(10, 1);
  expect(again.digests.slice(0, 5)).toEqual(chain.digests.slice(0, 5));
  before.set(fork, forked);
  expect(told(await verifyWorld(world))).toEqual(['tampered', 'digest invalid off-chain 1']);
});

test('in a copy on disk the next digest file gives the signature that is lost', async () => {
  const world = new SignedWorld();
  const { digests } = world.sixHours();
  const store = world.store.copy(false);
  const record = await verifyWorld(world, { store });
  expect(told(record)).toEqual(['verified']);
  expect(record.anchors).toMatchObject({ ownSignature: 0, nextSignature: 7 });
  // The last one of the copy has no next one.
  for (const key of digests.slice(9)) store.bucket('organization-logs').delete(key);
  expect(told(await verifyWorld(world, { store }))).toEqual([
    'incomplete',
    'log-file uncovered in-a-gap 1',
    'digest unreadable no-signature 1',
    'gap 05:33 06:00 unreadable-digest',
  ]);
  const head = nth(digests, 8);
  const saved = new Map([[head, objectAt(world, head).metadata['signature'] ?? '']]);
  expect(told(await verifyWorld(world, { store, saved }))).toEqual(['verified']);
});

test('in a copy on disk each tampered digest file shows, too', async () => {
  const world = new SignedWorld();
  const { digests, logFiles } = world.sixHours();
  edit(world, nth(digests, 4), (it) => it.replace(nth(logFiles, 9), 'x'));
  const record = await verifyWorld(world, { store: world.store.copy(false) });
  expect(record.findings.find((it) => it.subject === 'digest')).toMatchObject({ verdict: 'invalid', reason: 'hash' });
});
