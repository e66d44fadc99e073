import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { prepareMoto } from './moto-environment.js';

/** A running moto: a server that plays AWS from memory. */
export interface Moto {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** The access key of AWS's own documentation: to moto, a key that it does not know is the management account's. */
export const documentationCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/** Ends with the test process, however that ends: its standard input is closed then. */
const program = `
import os, sys, threading
def until_closed():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=until_closed, daemon=True).start()
from moto.server import main
main(['-H', '127.0.0.1', '-p', '0'])
`;

/**
 * Starts moto on a free port, empty.
 *
 * @returns why not, where there is no Python to run it with.
 * @throws Error when it cannot be installed or does not start.
 */
export async function startMoto(): Promise<Moto | { readonly missing: string }> {
  const prepared = await prepareMoto();
  if ('missing' in prepared) return prepared;
  const child = spawn(prepared.python, ['-u', '-c', program], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      // moto writes local time as if it were UTC.
      TZ: 'UTC',
      // Without it, any account reads the buckets of any other.
      MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS: 'false',
      AWS_ACCESS_KEY_ID: documentationCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: documentationCredentials.secretAccessKey,
    },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  try {
    const endpoint = await endpointOf(child);
    const response = await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    if (!response.ok) throw new Error(`moto did not reset: ${response.status}.`);
    return { endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its log names the port that it was given. The log is read on, so that it never blocks. */
async function endpointOf(child: ChildProcess): Promise<string> {
  const { stderr } = child;
  if (stderr === null) throw new Error('moto has no log.');
  const lines: string[] = [];
  return await new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`moto did not start:\n${lines.slice(-20).join('\n')}`));
    const timer = setTimeout(fail, 60_000);
    createInterface(stderr).on('line', (line) => {
      const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (endpoint === undefined) {
        if (lines.length < 1000) lines.push(line);
        return;
      }
      clearTimeout(timer);
      resolve(endpoint);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      fail();
    });
    child.once('error', reject);
  });
}
