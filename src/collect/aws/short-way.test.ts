import { CloudTrailClient, GetTrailStatusCommand, ListTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { describe, expect, test } from 'vitest';
import { LentClients } from './lent-clients.js';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly date?: string;
}

const isLogging: Answer = { status: 200, body: '{"IsLogging":true,"StartLoggingTime":1763632800}' };

/** Clients over a server that answers in turn, the last answer again and again; `sent` is what it was sent. */
function clientsOver(...answers: readonly Answer[]) {
  const sent: HttpRequest[] = [];
  const clients = new LentClients({
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request) => {
      const { status, body, date } = answers[Math.min(sent.length, answers.length - 1)] ?? isLogging;
      sent.push(request);
      const headers = { 'x-amzn-requestid': `request-${sent.length}`, ...(date === undefined ? {} : { date }) };
      return await Promise.resolve({
        response: new HttpResponse({ statusCode: status, headers, body: Buffer.from(body) }),
      });
    },
  });
  const loan = (accessKeyId: string) => ({
    identity: { accessKeyId, secretAccessKey: 'example', ...(accessKeyId === 'ASIA' ? { sessionToken: 'token' } : {}) },
    retryStrategy: new StandardRetryStrategy({ maxAttempts: 3, baseDelay: 1 }),
    signal: new AbortController().signal,
  });
  const connection = (accessKeyId: string) =>
    clients.connection('eu-west-1', loan(accessKeyId), (parts) => ({
      ...parts,
      region: 'eu-west-1',
      maxAttempts: 3,
      customUserAgent: [['trailproof', '0.0.0-test']],
    }));
  return {
    sent,
    statusOf: async (Name: string, accessKeyId = 'AKIA') =>
      await connection(accessKeyId).use(
        'cloudtrail',
        (config) => new CloudTrailClient(config),
        async (client) => await client.send(new GetTrailStatusCommand({ Name })),
      ),
    trails: async (NextToken?: string) =>
      await connection('AKIA').use(
        'cloudtrail',
        (config) => new CloudTrailClient(config),
        async (client) => await client.send(new ListTrailsCommand({ NextToken })),
      ),
    enter: async (RoleArn: string) =>
      await connection('AKIA').use(
        'sts',
        (config) => new STSClient(config),
        async (client) => await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'trailproof' })),
      ),
  };
}

/** A request without what is another in each. */
function lasting({ headers, protocol, hostname, port, path, method, body }: HttpRequest) {
  const { authorization, 'x-amz-date': at, 'amz-sdk-invocation-id': id, ...others } = headers;
  const signed = authorization?.replace(/Signature=\w+/, 'Signature=').replaceAll(/\/\d{8}\//g, '/DATE/');
  return {
    headers: { ...others, signed, has: [at, id].map((it) => typeof it) },
    protocol,
    hostname,
    port,
    path,
    method,
    body,
  };
}

describe('the short way', () => {
  test('sends what the SDK sends, and reads what it reads', async () => {
    const { sent, statusOf } = clientsOver(isLogging);
    const first = await statusOf('a-trail');
    const second = await statusOf('a-trail');
    expect(second).toMatchObject({ IsLogging: true, StartLoggingTime: first.StartLoggingTime });
    expect(second.StartLoggingTime).toBeInstanceOf(Date);
    expect(second.$metadata).toMatchObject({ httpStatusCode: 200, requestId: 'request-2' });
    expect(sent.map(lasting)[1]).toEqual(sent.map(lasting)[0]);
    expect(sent[0]?.headers['amz-sdk-invocation-id']).not.toBe(sent[1]?.headers['amz-sdk-invocation-id']);
  });

  test('asks what this call asks, with the credentials of its own session and nothing of the last one', async () => {
    const { sent, statusOf } = clientsOver(isLogging);
    await statusOf('a-trail', 'ASIA');
    await statusOf('another, longer name', 'ASIA');
    await statusOf('a-trail', 'AKIA');
    expect(sent.map((it) => Buffer.from(it.body).toString())).toEqual(
      ['a-trail', 'another, longer name', 'a-trail'].map((Name) => JSON.stringify({ Name })),
    );
    expect(sent.map((it) => it.headers['content-length'])).toEqual(
      sent.map((it) => String(Buffer.byteLength(it.body))),
    );
    expect(sent.map((it) => it.headers['x-amz-security-token'])).toEqual(['token', 'token', undefined]);
    expect(sent[2]?.headers['authorization']).toContain('Credential=AKIA/');
  });

  test('keeps operations apart', async () => {
    const { sent, statusOf, trails } = clientsOver(isLogging);
    for (const _ of [1, 2]) await Promise.resolve(await statusOf('a-trail')).then(async () => await trails('next'));
    const targets = sent.map((it) => it.headers['x-amz-target']?.split('.').at(-1));
    expect(targets).toEqual(['GetTrailStatus', 'ListTrails', 'GetTrailStatus', 'ListTrails']);
  });

  test('enters accounts by it, too', async () => {
    const body =
      '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
      '<AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken>' +
      '<Expiration>2026-11-21T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>';
    const { sent, enter } = clientsOver({ status: 200, body });
    const role = 'arn:aws:iam::111122223333:role/TrailproofAudit';
    const [first, second] = [await enter(role), await enter(role)];
    expect(second.Credentials).toEqual(first.Credentials);
    expect(sent.map(lasting)[1]).toEqual(sent.map(lasting)[0]);
  });

  test('an attempt that fails is the first of the tries that the SDK makes', async () => {
    const throttled = { status: 400, body: '{"__type":"ThrottlingException"}' };
    const { sent, statusOf } = clientsOver(isLogging, throttled, isLogging);
    await statusOf('a-trail');
    expect(await statusOf('a-trail')).toMatchObject({ IsLogging: true, $metadata: { attempts: 2 } });
    expect(sent.map((it) => it.headers['amz-sdk-request'])).toEqual(
      ['1', '1', '2'].map((it) => `attempt=${it}; max=3`),
    );
  });

  test('a refusal is that of the SDK, and asked once', async () => {
    const refused = { status: 400, body: '{"__type":"TrailNotFoundException","message":"Unknown trail"}' };
    const { sent, statusOf } = clientsOver(isLogging, refused);
    await statusOf('a-trail');
    await expect(statusOf('a-trail')).rejects.toMatchObject({
      name: 'TrailNotFoundException',
      message: 'Unknown trail',
      $metadata: { httpStatusCode: 400, requestId: 'request-2' },
    });
    expect(sent).toHaveLength(2);
  });

  test('a success that cannot be read is no success', async () => {
    const { statusOf } = clientsOver(isLogging, { status: 200, body: '{"IsLogging":tr' });
    await statusOf('a-trail');
    await expect(statusOf('a-trail')).rejects.toBeInstanceOf(SyntaxError);
  });

  test('where the clock here is wrong, times are those that the SDK found to be right', async () => {
    const date = new Date(Date.now() + 86_400_000).toUTCString();
    const skewed = { status: 403, body: '{"__type":"RequestTimeTooSkewed"}', date };
    const { sent, statusOf } = clientsOver(isLogging, skewed, isLogging);
    await statusOf('a-trail');
    expect(await statusOf('a-trail')).toMatchObject({ IsLogging: true });
    await statusOf('a-trail');
    const days = sent.map((it) => it.headers['x-amz-date']?.slice(0, 8));
    expect(new Set(days.slice(0, 2)).size).toBe(1);
    expect(new Set(days.slice(2))).toEqual(
      new Set([new Date(Date.parse(date)).toISOString().slice(0, 10).replaceAll('-', '')]),
    );
  });
});
