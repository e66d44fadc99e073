import { expect, test } from 'vitest';
import { Aws } from '../../../src/collect/aws/aws-call.js';
import { QueriedSource, type QueryPort } from '../../../src/collect/config/queried-source.js';
import { queriesFor } from '../../../src/collect/config/query.js';
import { systemClock } from '../../../src/collect/aws/clock.js';
import { sharedHttpHandler } from '../../../src/collect/aws/http.js';
import { Ledger } from '../../../src/collect/aws/ledger.js';
import { limiter, type Context } from '../../../src/collect/run/context.js';
import { Session } from '../../../src/collect/aws/session.js';
import { Sessions } from '../../../src/collect/aws/sessions.js';
import type { JsonObject } from '../../../src/normalize/config/json.js';
import { anItem } from '../../support/config-items.js';
import { asQueryRow } from '../../support/fake-aws/services/config-encodings.js';

const columns = [
  'resourceType',
  'resourceId',
  'accountId',
  'awsRegion',
  'configuration',
  'configurationItemCaptureTime',
];

const rowOf = (resourceId: string): JsonObject =>
  asQueryRow(anItem({ resourceType: 'AWS::S3::Bucket', resourceId }), columns);

function aContext(): Context {
  const ledger = new Ledger();
  const aws = new Aws({
    version: '0.0.0-test',
    clock: systemClock,
    ledger,
    handler: sharedHttpHandler({ connect: 1, answer: 1 }, 1),
    signal: new AbortController().signal,
    maxAttempts: 1,
    backoff: { transient: 1, throttled: 1 },
    deadline: 1,
    maxPages: 1,
    maxEmptyPages: 10,
    onRequest: () => undefined,
  });
  const base = new Session('111122223333', () => Promise.reject(new Error('no credentials')), systemClock);
  const options = { partition: 'aws', region: 'us-east-1', roleName: 'none', externalId: undefined };
  const it = { state: 'unknown', gap: 'none' } as const;
  return {
    aws,
    sessions: new Sessions(aws, base, options),
    partition: 'aws',
    region: 'us-east-1',
    asksRecorders: false,
    asksFullAccess: false,
    asksTrailRights: false,
    asksEveryAccessPoint: false,
    chosen: new Set(),
    limit: limiter(1),
    notAsked: { regions: it, publicAccessBlock: it },
  };
}

function aPort(rows: readonly JsonObject[], unprocessed: ReadonlySet<string> = new Set()): QueryPort {
  return {
    calls: { select: 'config:SelectAggregateResourceConfig', batch: 'config:BatchGetAggregateResourceConfig' },
    hides: () => undefined,
    select: (_, take) => Promise.resolve({ rows: rows.map(take), evidence: {} }),
    batch: (_, batch) =>
      Promise.resolve({
        rows: batch.filter((row) => !unprocessed.has(String(row['resourceId']))),
        evidence: {},
        unprocessed,
      }),
    recorders: () => Promise.resolve({ recorders: [], evidence: {} }),
  };
}

test('however many resources there are, none is lost', async () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => rowOf(`b-${index}`));
  const { items, gap } = await new QueriedSource(aContext(), aPort(rows)).items('AWS::S3::Bucket');
  expect({ count: items.length, gap }).toEqual({ count: 150_000, gap: undefined });
});

test('what AWS Config leaves unprocessed again and again is a gap', async () => {
  const context = aContext();
  const source = new QueriedSource(context, aPort([rowOf('a'), rowOf('b')], new Set(['b'])));
  const { items, gap } = await source.items('AWS::S3::Bucket');
  expect(items.map((it) => it.resourceId)).toEqual(['a']);
  expect(gap && context.aws.settings.ledger.gap(gap)).toMatchObject({
    reason: 'throttled',
    message: 'AWS Config left 1 resources of type AWS::S3::Bucket unprocessed, asked 3 times.',
  });
});

test('an id that is no name of a resource never gets into a query', () => {
  const ids = ["x' OR resourceType = 'AWS::IAM::User", 'logs', 'a.b-c'];
  const [query, ...others] = queriesFor('AWS::S3::Bucket', { ids }, false);
  expect(others).toEqual([]);
  expect(query?.expression).toMatch(/WHERE resourceType = 'AWS::S3::Bucket' AND resourceId IN \('a\.b-c', 'logs'\)$/);
});

test('queries stay below what AWS Config takes', () => {
  const ids = Array.from({ length: 500 }, (_, index) => `${'n'.repeat(59)}${1000 + index}`);
  const queries = queriesFor('AWS::S3::Bucket', { ids }, true);
  expect(Math.max(...queries.map((it) => it.expression.length))).toBeLessThanOrEqual(4096);
  expect(queries.length).toBe(13);
});
