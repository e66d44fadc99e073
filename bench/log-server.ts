// A lean S3, and CloudTrail's ListPublicKeys, over a signed bucket in memory, for bench/verify-logs.ts:
//   log-server.ts ACCOUNTS REGIONS DAYS LOGS-AN-HOUR LATENCY [S3-ENDPOINT]
// With an endpoint, the objects are put there first, and read from there: this server has the keys and the caller alone.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { regionsOf } from './log-regions.js';
import { ChainWriter } from '../test/support/signed-bucket/chain-writer.js';
import { MemoryStore, type MemoryObject } from '../test/support/signed-bucket/memory-store.js';
import { signingKey } from '../test/support/signed-bucket/signing-key.js';

const [accounts = 1, regions = 1, days = 1, logs = 0, latency = 20] = process.argv.slice(2, 7).map(Number);
const endpoint = process.argv[7];
const bucket = 'organization-logs';
const from = Date.UTC(2026, 9, 1);
const key = signingKey();

const store = new MemoryStore();
// Each log file has the size of a busy account's: 69 kB, and 427 kB inside.
const body = logBody();
for (let account = 0; account < accounts; account += 1) {
  for (const region of regionsOf(regions)) {
    const chain = new ChainWriter(store, {
      bucket,
      base: accounts > 1 ? 'AWSLogs/o-exampleorg1/' : 'AWSLogs/',
      account: String(111_111_111_111 + account),
      region,
      trail: 'management',
      homeRegion: 'us-east-1',
      keyAt: () => key,
      logBody: body,
    });
    chain.start(from - 3_600_000).hours(days * 24 + 5, logs);
  }
}
const objects = store.bucket(bucket);
const keys = [...objects.keys()].toSorted();

if (endpoint !== undefined) await put(endpoint);

const server = createServer((request, response) => {
  setTimeout(() => answer(request, response), latency);
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`listening ${port} ${keys.length}\n`);
});

/** Sixteen at a time; whoever may read there is in the environment. */
async function put(to: string): Promise<void> {
  const s3 = new S3Client({ endpoint: to, region: 'us-east-1', forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const left = [...keys];
  const work = async (): Promise<void> => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const { body: bytes, metadata } = objects.get(name) ?? { body: Buffer.alloc(0), metadata: {} };
      const object = { Body: bytes, Metadata: metadata, ContentEncoding: 'gzip' };
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, ...object }));
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  s3.destroy();
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.setHeader('x-amz-request-id', 'EXAMPLE123456789');
  const url = new URL(request.url ?? '/', 'http://localhost');
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return listPublicKeys(response);
  if (url.pathname === '/') return whoCalls(response);
  const object = decodeURIComponent(url.pathname.slice(bucket.length + 2));
  if (object !== '') return get(request, response, objects.get(object));
  if (request.method === 'HEAD') {
    response.setHeader('x-amz-bucket-region', 'us-east-1').end();
    return;
  }
  if (url.searchParams.has('location')) return xml(response, '<LocationConstraint></LocationConstraint>');
  list(url.searchParams, response);
}

function get(request: IncomingMessage, response: ServerResponse, object: MemoryObject | undefined): void {
  if (object === undefined) {
    response.statusCode = 404;
    return xml(response, '<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>');
  }
  for (const [name, value] of Object.entries(object.metadata)) response.setHeader(`x-amz-meta-${name}`, value);
  const { length } = object.body;
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    etag: '"0123456789abcdef0123456789abcdef"',
    'content-encoding': 'gzip',
    'content-length': length,
    'content-range': `bytes 0-${length - 1}/${length}`,
  });
  response.end(object.body);
}

function list(query: URLSearchParams, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? query.get('marker') ?? '';
  const contents: string[] = [];
  const folders = new Set<string>();
  let next = '';
  for (let at = firstAt(after > prefix ? after : prefix); at < keys.length; at += 1) {
    const name = keys[at] ?? '';
    if (!name.startsWith(prefix)) break;
    if (name <= after) continue;
    const slash = query.get('delimiter') === '/' ? name.indexOf('/', prefix.length) : -1;
    if (slash >= 0) {
      const folder = name.slice(0, slash + 1);
      folders.add(`<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
      // On to what comes behind the folder.
      at = firstAt(`${folder.slice(0, -1)}0`) - 1;
      continue;
    }
    if (contents.length === 1000) {
      next = keys[at - 1] ?? '';
      break;
    }
    const size = objects.get(name)?.body.length ?? 0;
    contents.push(`<Contents><Key>${name}</Key><Size>${size}</Size><ETag>"0123"</ETag></Contents>`);
  }
  const more = next === '' ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`;
  const all = [...contents, ...folders].join('');
  xml(response, `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${more}${all}</ListBucketResult>`);
}

function firstAt(text: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function listPublicKeys(response: ServerResponse): void {
  const { value, fingerprint, validFrom, validTo } = key.listed;
  const listed = {
    Value: value,
    Fingerprint: fingerprint,
    ValidityStartTime: validFrom / 1000,
    ValidityEndTime: validTo / 1000,
  };
  response.setHeader('content-type', 'application/x-amz-json-1.1').setHeader('x-amzn-requestid', 'example');
  response.end(JSON.stringify({ PublicKeyList: [listed] }));
}

function whoCalls(response: ServerResponse): void {
  const arn = 'arn:aws:iam::111111111111:user/auditor';
  const result = `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>111111111111</Account>`;
  xml(
    response,
    `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

function xml(response: ServerResponse, text: string): void {
  response.setHeader('content-type', 'application/xml');
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
}

function logBody(): Buffer {
  const records = Array.from({ length: 330 }, (_, index) => ({
    eventVersion: '1.11',
    eventID: createHash('sha256').update(`id ${index}`).digest('hex'),
    eventTime: '2026-10-01T00:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::111111111111:assumed-role/app/${hex(index, 20)}` },
    requestParameters: { bucketName: 'data', key: hex(index, 64), padding: 'the same in each record '.repeat(30) },
  }));
  return gzipSync(JSON.stringify({ Records: records }));
}

function hex(index: number, length: number): string {
  return createHash('sha512').update(String(index)).digest('hex').slice(0, length);
}
