import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { prepareMoto } from './moto-environment.js';

/** A running moto: a server that plays AWS from memory. */
export interface Moto {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Says what the next query of AWS Config's that has no answer yet is answered with, from some moment soon. */
  readonly answerQuery: (answer: QueryAnswer) => void;
  readonly stop: () => Promise<void>;
}

export interface QueryAnswer {
  readonly account: string;
  readonly region: string;
  /** Texts of JSON, as AWS Config gives them. */
  readonly rows: readonly string[];
}

/** The access key of AWS's own documentation: to moto, a key that it does not know is the management account's. */
export const documentationCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
} as const;

/**
 * Ends with the test process, however that ends: its standard input is closed then. moto runs no query of AWS Config:
 * it does not even look at one, and answers in turn with what was set from within. Each line sets one answer more. In
 * items it writes times as texts, which no SDK takes: the protocol has seconds there.
 */
const program = `
import json, os, sys, threading
from datetime import datetime
from moto.config.models import ConfigBackend, config_backends
def until_closed():
    try:
        for line in sys.stdin:
            it = json.loads(line)
            backend = config_backends[it['account']][it['region']]
            backend.query_results_queue.append(it['rows'])
    finally:
        os._exit(0)
batch_get = ConfigBackend.batch_get_resource_config
def with_seconds(*args, **kwargs):
    answer = batch_get(*args, **kwargs)
    for item in answer['baseConfigurationItems']:
        for name in ['configurationItemCaptureTime', 'resourceCreationTime']:
            if name in item:
                item[name] = datetime.fromisoformat(item[name]).timestamp()
    return answer
ConfigBackend.batch_get_resource_config = with_seconds
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
    const answerQuery = (answer: QueryAnswer): void => {
      child.stdin.write(`${JSON.stringify(answer)}\n`);
    };
    return { endpoint, answerQuery, stop };
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
