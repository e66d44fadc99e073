import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { loadedKeys } from '../../src/verify/index.js';
import type { Verification } from '../../src/model/verification.js';
import type { ChainWriter } from '../support/signed-bucket/chain-writer.js';
import { copyOnDisk } from '../support/signed-bucket/copy-on-disk.js';
import { edit, nth } from '../support/signed-bucket/tamper.js';
import { accountId, at, homeRegion, logBucket, SignedWorld } from '../support/signed-bucket/world.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

const trailArn = `arn:aws:cloudtrail:${homeRegion}:${accountId}:trail/management`;
const window = ['--from', '2026-11-01', '--to', '2026-11-01T15:00:00+09:00'];
const scope = ['--trail', trailArn, '--account', accountId, '--region', homeRegion];

interface Copied {
  readonly folder: string;
  readonly verify: (...args: string[]) => Promise<Ran>;
}

/** Writes a world to disk as `aws s3 sync` would, and keys that were saved in the evening. */
function copied(world: SignedWorld, chain: ChainWriter): Copied {
  const folder = aFolder();
  const keys = copyOnDisk(world, folder);
  expect(loadedKeys(keys).savedAt).toBe(at(11));
  expect(chain.digests.length).toBeGreaterThan(0);
  const verify = async (...args: string[]): Promise<Ran> =>
    await runCli(['verify-logs', '--source', 'copy', '--keys', 'keys.json', ...args], { cwd: folder });
  return { folder, verify };
}

test('a copy on disk is verified, and says so in each format', async () => {
  const world = new SignedWorld();
  const { folder, verify } = copied(world, world.sixHours());
  const text = await verify(...window, ...scope);
  expect(text.stderr).toBe('');
  expect(text.stdout).toContain('VERIFIED: Every digest file and log file of this time is there');
  expect(text.status).toBe(0);
  const json = await verify(...window, ...scope, '--format', 'json', '--output', 'verification.json', '--quiet');
  expect(json).toEqual({ status: 0, stdout: '', stderr: '' });
  const verification = JSON.parse(readFileSync(join(folder, 'verification.json'), 'utf8')) as Verification;
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync('schema/verification.v1.json', 'utf8')) as object);
  validate(verification);
  expect(validate.errors).toBeNull();
  expect(verification.record.counts.logFiles.valid).toBe(21);
  const markdown = await verify(...window, ...scope, '--format', 'markdown');
  expect(markdown.stdout).toContain('**VERIFIED**');
});

test('a log file that was edited ends with 1, and is named', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours();
  const key = nth(chain.logFiles, 10);
  edit(world, key, (it) => it.replace('us-east-1', 'us-east-2'));
  const { verify } = copied(world, chain);
  const { status, stdout, stderr } = await verify(...window, ...scope, '--verbose');
  expect(status).toBe(1);
  expect(stdout).toContain(`s3://${logBucket}/${key}`);
  expect(stderr).toContain(`invalid  log file  s3://${logBucket}/${key}`);
  expect(stderr).toContain(`valid  digest file  s3://${logBucket}/`);
});

test('what only the layout tells is incomplete, unless that is allowed', async () => {
  const world = new SignedWorld();
  const { verify } = copied(world, world.sixHours());
  const { status, stdout } = await verify(...window);
  expect(status).toBe(3);
  expect(stdout).toContain('Only the layout of the bucket shows');
  expect((await verify(...window, '--allow-incomplete')).status).toBe(0);
});

test('a plan says at least what is then read, and less with a sample', async () => {
  const world = new SignedWorld();
  const { verify } = copied(world, world.sixHours());
  const planned = async (...args: string[]): Promise<number[]> => {
    const { stdout } = await verify(...window, ...scope, '--plan', ...args);
    return ['Digest', 'Log'].map((it) => Number(new RegExp(String.raw`${it} files\s+(\d+)`).exec(stdout)?.[1]));
  };
  const [digests = 0, logFiles = 0] = await planned();
  const json = await verify(...window, ...scope, '--format', 'json');
  const { counts } = (JSON.parse(json.stdout) as Verification).record;
  expect(digests).toBeGreaterThanOrEqual(counts.digests.valid);
  expect(logFiles).toBeGreaterThanOrEqual(counts.logFiles.valid);
  expect(await planned('--sample', '1')).toEqual([digests, digests]);
});

test('where a prefix is named, nothing else is looked into', async () => {
  const world = new SignedWorld();
  const { verify } = copied(world, world.sixHours());
  const { status, stdout } = await verify(...window, ...scope, '--prefix', 'elsewhere');
  expect(status).toBe(1);
  expect(stdout).toContain('missing-chain');
});

test('a copy of a part of the bucket is recognized', async () => {
  const world = new SignedWorld();
  const { folder } = copied(world, world.sixHours());
  const source = join(folder, 'copy', 'AWSLogs', accountId);
  const args = ['verify-logs', '--source', source, '--keys', 'keys.json', ...window, ...scope];
  expect((await runCli(args, { cwd: folder })).status).toBe(0);
});

test('what is saved of one verification is enough for the next', async () => {
  const world = new SignedWorld();
  const { folder, verify } = copied(world, world.sixHours());
  expect((await verify(...window, ...scope, '--save-keys', 'again.json', '--quiet')).status).toBe(0);
  const args = ['verify-logs', '--source', 'copy', '--keys', 'again.json', ...window];
  expect((await runCli(args, { cwd: folder })).status).toBe(0);
});

test.each([
  [['--from', '2026-11-01T12:00:00'], "--from '2026-11-01T12:00:00' has no time zone"],
  [['--trail', 'management'], "--trail 'management' is not the ARN of a trail"],
  [['--region', 'nowhere'], "--region 'nowhere' is not an AWS Region"],
  [['--account', '1111'], "--account '1111' is not an account id"],
  [['--format', 'sarif'], "There is no format 'sarif' for verify-logs"],
  [['--sample', '0'], "--sample '0' is not a whole number"],
  [['--seed', '7'], '--seed chooses what --sample reads'],
  [['--full'], '--full is of a live bucket'],
  [['--external-id', 'x'], '--external-id is of a live bucket'],
  [['--keys', 'nothing.json'], 'There is no file nothing.json'],
])('%j is refused', async (args, message) => {
  const world = new SignedWorld();
  const { verify } = copied(world, world.chain().start(at(1)));
  const { status, stderr } = await verify(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('a copy is verified with saved keys only', async () => {
  const { status, stderr } = await runCli(['verify-logs', '--source', '.'], { cwd: aFolder() });
  expect(status).toBe(2);
  expect(stderr).toContain('--save-keys');
});
