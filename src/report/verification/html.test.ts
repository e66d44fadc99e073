import { expect, test } from 'vitest';
import { aVerification } from '../../../test/support/results-builders.js';
import { edit, nth, remove } from '../../../test/support/signed-bucket/tamper.js';
import { SignedWorld, verifyWorld } from '../../../test/support/signed-bucket/world.js';
import type { VerificationRecord } from '../../model/verification.js';
import { verificationHtml } from './html.js';

const pageOf = (record: VerificationRecord): string => [...verificationHtml(aVerification(record))].join('');

test('the page of a verification names what was changed and what is missing', async () => {
  const world = new SignedWorld();
  const { digests, logFiles } = world.sixHours();
  edit(world, nth(logFiles, 10), (it) => `${it} `);
  remove(world, nth(digests, 5));
  const page = pageOf(await verifyWorld(world));
  expect(page).toContain('TAMPERED: Something was changed, added or removed.');
  expect(page).toContain(`<code>s3://organization-logs/${logFiles[10]}</code>`);
  expect(page).toContain('missing-digest');
  expect(page).not.toContain('<script');
});

test('what lies in the bucket becomes no markup', async () => {
  const record = await verifyWorld(new SignedWorld());
  const page = pageOf({ ...record, notes: ['<img src=x onerror=alert(1)>'] });
  expect(page).toContain('&lt;img src=x');
  expect(page).not.toContain('<img');
});

test('a sound verification has no empty tables', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const page = pageOf(await verifyWorld(world));
  expect(page).toContain('VERIFIED');
  expect(page.match(/<section id="[a-z]+"/g)).toEqual(['<section id="summary"', '<section id="keys"']);
});
