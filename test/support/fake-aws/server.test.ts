import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fake-aws-'));
  bundle = join(folder, 'server.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'server.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Nothing but Node itself may be needed.
    packages: 'bundle',
  });
});
afterAll(async () => await rm(folder, { recursive: true }));

async function started(...args: readonly string[]): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [output] = await once(child.stdout, 'data');
  const port = Number(/^listening (\d+)\n$/.exec(String(output))?.[1]);
  expect(port).toBeGreaterThan(0);
  return { port, child };
}

test('runs as a process of its own, tells its port and its calls, and ends when told to', async () => {
  const { port, child } = await started('--accounts', '48', '--latency', '1', '--organizations-quota', '--port', '0');
  const endpoint = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${endpoint}/__environment`);
  const environment: unknown = await answer.json();
  expect(environment).toMatchObject({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'AKIAFAKE111122223333' });
  const client = new OrganizationsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAFAKE111122223333', secretAccessKey: 'any' },
  });
  const ids = [];
  for await (const page of paginateListAccounts({ client }, {})) ids.push(...(page.Accounts ?? []).map((it) => it.Id));
  expect(ids).toHaveLength(50);
  const counts = await fetch(`${endpoint}/__calls`);
  expect(await counts.json()).toEqual({ 'organizations:ListAccounts': 3 });
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

test('refuses arguments that make no sense', async () => {
  const child = spawn(process.execPath, [bundle, '--accounts', 'many'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(errors.join('')).toContain("--accounts must be a whole number, not 'many'.");
});
