import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = 'v1.8.0';
const folder = fileURLToPath(new URL(`../../node_modules/.cache/trailproof/versitygw-${version}`, import.meta.url));

/** A running versitygw: an S3 server over a folder, that knows nothing of AWS. */
export interface Versitygw {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Builds versitygw with Go, once, and starts it over an empty folder, for whoever has these credentials.
 *
 * @returns why not, where there is no Go, where nobody asked for the build, or in CI
 */
export async function startVersitygw(credentials: Credentials): Promise<Versitygw | { readonly missing: string }> {
  const built = await prepare();
  if (typeof built !== 'string') return built;
  const data = await mkdtemp(join(tmpdir(), 'trailproof-versitygw-'));
  for (const name of ['objects', 'metadata']) await mkdir(join(data, name));
  const port = await freePort();
  const keys = ['--access', credentials.accessKeyId, '--secret', credentials.secretAccessKey];
  const place = ['posix', '--sidecar', join(data, 'metadata'), join(data, 'objects')];
  const args = [...keys, '--region', 'us-east-1', '--port', `127.0.0.1:${port}`, '--quiet', ...place];
  const child = spawn(built, args, { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
    await rm(data, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answers(endpoint, () => child.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

async function prepare(): Promise<string | { readonly missing: string }> {
  const program = join(folder, 'versitygw');
  if (existsSync(program)) return program;
  if (process.env['CI'] !== undefined || process.env['TRAILPROOF_VERSITYGW'] === undefined) {
    return { missing: 'Set TRAILPROOF_VERSITYGW=1 to build versitygw with Go, which takes minutes; CI does not.' };
  }
  try {
    await run('go', ['version']);
  } catch {
    return { missing: 'Go was not found.' };
  }
  await mkdir(folder, { recursive: true });
  await run('go', ['install', `github.com/versity/versitygw/cmd/versitygw@${version}`], {
    env: { ...process.env, GOBIN: folder },
  });
  return program;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until the server answers anything. */
async function answers(endpoint: string, hasEnded: () => boolean): Promise<void> {
  for (;;) {
    if (hasEnded()) throw new Error('versitygw ended at once.');
    try {
      await fetch(endpoint);
      return;
    } catch {
      // It has not begun to listen.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
