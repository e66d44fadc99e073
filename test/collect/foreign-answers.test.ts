import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Aws } from '../../src/collect/aws/aws-call.js';
import { systemClock } from '../../src/collect/aws/clock.js';
import { sharedHttpHandler } from '../../src/collect/aws/http.js';
import { Ledger } from '../../src/collect/aws/ledger.js';
import { answerFormOf } from '../../src/collect/aws/answer-form.js';
import { operations, type OperationName } from '../../src/collect/aws/operations/index.js';
import type { AbsentWhen } from '../../src/collect/aws/service.js';
import { Session } from '../../src/collect/aws/session.js';

/** What stands in for AWS in these tests, whatever it is asked. */
interface Foreign {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let foreign: Foreign;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(foreign.status, foreign.headers);
    response.end(request.method === 'HEAD' ? undefined : foreign.body);
  });
});
const handler = sharedHttpHandler({ connect: 10_000, answer: 10_000 }, 4);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${address.port}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  handler.destroy();
  server.close();
  server.closeAllConnections();
});

const settings = {
  version: '0.0.0-test',
  clock: systemClock,
  ledger: new Ledger(),
  handler,
  signal: new AbortController().signal,
  maxAttempts: 1,
  backoff: { transient: 1, throttled: 1 },
  deadline: 60_000,
  maxPages: 2,
  maxEmptyPages: 2,
  onRequest: () => {},
};

/** Serves every operation: each takes of it what it knows. */
const input = {
  Bucket: 'logs',
  Id: 'E1A2B3C4D5',
  Key: 'key',
  AccountId: '111122223333',
  Name: 'point',
  RoleArn: 'role',
  RoleSessionName: 'name',
};

async function ask(name: OperationName) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
  // A session that has seen three calls fail asks no more.
  const session = new Session('111122223333', async () => credentials, systemClock);
  const { optIn } = operations[name];
  return await new Aws({ ...settings, optIn }).tryCall(
    session,
    name,
    input,
    { region: 'us-east-1' },
    (output) => output,
  );
}

const names = Object.keys(operations) as OperationName[];
const aws200 = { 'x-amzn-requestid': 'a-request', 'x-amz-request-id': 'a-request', 'x-amz-bucket-region': 'us-east-1' };
const page = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';
const html = { 'content-type': 'text/html' };

/** A success as the operation has it, and nothing in it. */
function emptySuccess(name: OperationName): string {
  const { protocol, body } = operations[name];
  const form = answerFormOf(name, protocol, body);
  return form.body.is === 'xml' ? `<${form.body.roots[0]}/>` : form.body.is === 'json' ? '{}' : '';
}

function codeOf(absentWhen: AbsentWhen): string {
  return typeof absentWhen === 'string' ? absentWhen : absentWhen.code;
}

const always: readonly (readonly [string, (name: OperationName) => Foreign])[] = [
  ['200 with a page', () => ({ status: 200, headers: html, body: page })],
  ['200 with {}', () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' })],
  ['200 with nothing', () => ({ status: 200, headers: {}, body: '' })],
  [
    '200 with the document expected, and no request id',
    (name) => ({ status: 200, headers: {}, body: emptySuccess(name) }),
  ],
  [
    '302 to a sign-in page',
    () => ({ status: 302, headers: { ...html, location: 'http://portal.example/' }, body: page }),
  ],
  ['304', () => ({ status: 304, headers: {}, body: '' })],
  ['403 with a page', () => ({ status: 403, headers: html, body: page })],
  ['404 with a page', () => ({ status: 404, headers: html, body: page })],
  ['404 with nothing', () => ({ status: 404, headers: {}, body: '' })],
  ['404 with {}', () => ({ status: 404, headers: {}, body: '{}' })],
  ['407 with a page', () => ({ status: 407, headers: html, body: page })],
  ['503 with a page', () => ({ status: 503, headers: html, body: page })],
  ...[201, 202, 203, 204].map(
    (status) =>
      [
        `${status} with the document expected and a request id`,
        (name: OperationName) => ({ status, headers: aws200, body: status === 204 ? '' : emptySuccess(name) }),
      ] as const,
  ),
  // The code of each "there is none", from somebody else.
  ...[...new Set(names.flatMap((name) => operations[name].absentWhen.map(codeOf)))].map(
    (code) =>
      [
        `404 ${code} without a request id`,
        (name: OperationName) => ({
          status: 404,
          headers: { 'x-amzn-errortype': code },
          body:
            operations[name].protocol === 'json'
              ? JSON.stringify({ __type: code, message: 'Account 111122223333 is not subscribed to AWS Security Hub' })
              : `<Error><Code>${code}</Code></Error>`,
        }),
      ] as const,
  ),
];

describe.each(names)('%s', (name) => {
  test('nothing that came from elsewhere is an answer, and none of it is a refusal of AWS', async () => {
    for (const [what, made] of always) {
      foreign = made(name);
      const answer = await ask(name);
      expect([what, 'failure' in answer ? answer.failure : answer]).toMatchObject([
        what,
        { reason: 'error', code: 'MalformedAnswer', message: expect.stringContaining('may have answered for AWS') },
      ]);
    }
  });

  test('a part of an answer, and a page with a request id, is no answer but of content', async () => {
    const { body } = operations[name];
    for (const answer of [
      { status: 206, headers: aws200, body: emptySuccess(name) },
      { status: 200, headers: { ...aws200, ...html }, body: page },
      { status: 200, headers: aws200, body: '' },
    ]) {
      foreign = answer;
      const isTaken = body?.is === 'content' || (body?.is === 'none' && answer.status === 200);
      expect('it' in (await ask(name))).toBe(isTaken);
    }
  });
});

test('every operation of S3 says what its answers hold', () => {
  const open = names.filter((name) => operations[name].protocol === 'rest-xml' && operations[name].body === undefined);
  expect(open).toEqual([]);
});
