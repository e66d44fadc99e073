import { once } from 'node:events';
import { createServer } from 'node:http';
import { CloudTrailClient, ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Aws } from '../../src/collect/aws/aws-call.js';
import { systemClock } from '../../src/collect/aws/clock.js';
import { sharedHttpHandler } from '../../src/collect/aws/http.js';
import { Ledger } from '../../src/collect/aws/ledger.js';
import { LentClients } from '../../src/collect/aws/lent-clients.js';
import { Session } from '../../src/collect/aws/session.js';

/** Answers with the access key that signed, as the name of a trail; the keys in `failing` are answered with a fault. */
let failing: Set<string>;
let attempts: string[];
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const key = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] ?? 'none';
    attempts.push(key);
    const headers = { 'x-amzn-requestid': 'a-request' };
    response.writeHead(failing.has(key) ? 500 : 200, headers);
    response.end(JSON.stringify(failing.has(key) ? { __type: 'InternalFailure' } : { Trails: [{ Name: key }] }));
  });
});
const handler = sharedHttpHandler({ connect: 10_000, answer: 10_000 }, 8);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${address.port}`);
});
beforeEach(() => {
  failing = new Set();
  attempts = [];
});
afterAll(() => {
  vi.unstubAllEnvs();
  handler.destroy();
  server.close();
  server.closeAllConnections();
});

function anAws(): Aws {
  return new Aws({
    version: '0.0.0-test',
    clock: systemClock,
    ledger: new Ledger(),
    handler,
    signal: new AbortController().signal,
    maxAttempts: 3,
    backoff: { transient: 1, throttled: 1 },
    deadline: 60_000,
    maxPages: 2,
    maxEmptyPages: 2,
    onRequest: () => {},
  });
}

function sessionOf(accessKeyId: string): Session {
  return new Session('111122223333', async () => ({ accessKeyId, secretAccessKey: 'example' }), systemClock);
}

async function signerOf(aws: Aws, session: Session): Promise<string | undefined> {
  const answer = await aws.tryCall(
    session,
    'cloudtrail:ListTrails',
    {},
    { region: 'us-east-1' },
    (output) => output.Trails?.[0]?.Name,
  );
  if ('failure' in answer) return answer.failure.code;
  return answer.it.state === 'known' ? answer.it.value : undefined;
}

test('sessions share clients, and each of their calls is signed with the credentials of its own', async () => {
  const aws = anAws();
  const keys = Array.from({ length: 24 }, (_, index) => `AKIA${index}`);
  for (let round = 0; round < 3; round += 1) {
    expect(await Promise.all(keys.map(async (key) => await signerOf(aws, sessionOf(key))))).toEqual(keys);
  }
});

test('credentials that a session renews are those of its next call', async () => {
  const aws = anAws();
  let accessKeyId = 'AKIAFIRST';
  const session = new Session('111122223333', async () => ({ accessKeyId, secretAccessKey: 'example' }), systemClock);
  expect(await signerOf(aws, session)).toBe('AKIAFIRST');
  accessKeyId = 'AKIASECOND';
  expect(await signerOf(aws, session)).toBe('AKIASECOND');
});

test('after a failure, with all its retries, the client serves others', async () => {
  const aws = anAws();
  failing.add('AKIAFAILING');
  expect(await signerOf(aws, sessionOf('AKIAFAILING'))).toBe('InternalFailure');
  expect(attempts).toEqual(['AKIAFAILING', 'AKIAFAILING', 'AKIAFAILING']);
  expect(await signerOf(aws, sessionOf('AKIAOTHER'))).toBe('AKIAOTHER');
});

function clientsOver(handle: () => Promise<never>) {
  const clients = new LentClients({ metadata: { handlerProtocol: 'http/1.1' }, handle });
  const identity = { accessKeyId: 'AKIAMINE', secretAccessKey: 'example' };
  const retryStrategy = new StandardRetryStrategy({ maxAttempts: 1 });
  let made = 0;
  return {
    made: () => made,
    ask: async (signal: AbortSignal, own: object = {}) =>
      await clients
        .connection('us-east-1', { identity, retryStrategy, signal }, (parts) => ({
          ...parts,
          region: 'us-east-1',
          maxAttempts: 1,
          customUserAgent: [],
        }))
        .use(
          'cloudtrail',
          (config) => {
            made += 1;
            return new CloudTrailClient({ ...config, ...own });
          },
          async (client) => await client.send(new ListTrailsCommand({}), {}),
        ),
  };
}

test('a call that is given up takes its client with it, and the next one has another', async () => {
  const { ask, made } = clientsOver(async () => await Promise.reject(new Error('no answer')));
  const giveUp = new AbortController();
  const asking = ask(giveUp.signal);
  giveUp.abort();
  await expect(asking).rejects.toThrow('abort');
  await expect(ask(new AbortController().signal)).rejects.toThrow('no answer');
  await expect(ask(new AbortController().signal)).rejects.toThrow('no answer');
  expect(made()).toBe(2);
});

test('a request that was signed with the credentials of another session is not sent', async () => {
  const { ask } = clientsOver(async () => await Promise.reject(new Error('it was sent')));
  const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'example' };
  await expect(ask(new AbortController().signal, { credentials })).rejects.toThrow('not signed with the credentials');
});
