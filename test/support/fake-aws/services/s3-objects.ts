import { createHash } from 'node:crypto';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldBucket } from '../world/resources.js';
import type { Call } from './call.js';
import { pageOf } from './page.js';
import { header, parameter } from './s3-access.js';
import { byText } from '../../../../src/text/order.js';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

function objectsOf(bucket: WorldBucket, call: Call): Readonly<Record<string, Buffer>> {
  return call.index.world.objects?.[bucket.name] ?? {};
}

/** ListObjectsV2: keys in their order, at most 1,000 a page. */
export function listObjects(bucket: WorldBucket, call: Call): HttpAnswer {
  const prefix = parameter(call, 'prefix') ?? '';
  const all = Object.entries(objectsOf(bucket, call))
    .filter(([key]) => key.startsWith(prefix))
    .toSorted(([a], [b]) => byText(a, b));
  const badToken = (): ServiceError =>
    new ServiceError(400, 'InvalidArgument', 'The continuation token provided is incorrect');
  const page = pageOf(call, all, { token: parameter(call, 'continuation-token'), size: 1000, badToken });
  const contents = page.items.map(([key, content]) =>
    node('Contents', leaf('Key', key), leaf('ETag', etagOf(content)), leaf('Size', content.length)),
  );
  const body = xmlDocument(
    'ListBucketResult',
    namespace,
    leaf('Name', bucket.name),
    leaf('Prefix', prefix),
    leaf('KeyCount', page.items.length),
    leaf('IsTruncated', page.next !== undefined),
    leaf('NextContinuationToken', page.next),
    ...contents,
  );
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** GetObject of a range. */
export function getObject(bucket: WorldBucket, call: Call): HttpAnswer {
  const content = objectsOf(bucket, call)[String(call.input['Key'])];
  if (content === undefined) throw new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.');
  const etag = etagOf(content);
  const expected = header(call, 'if-match');
  if (expected !== undefined && expected !== etag) {
    throw new ServiceError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(header(call, 'range') ?? '') ?? [];
  if (from === '' || Number(from) >= content.length) {
    throw new ServiceError(416, 'InvalidRange', 'The requested range is not satisfiable');
  }
  const body = content.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + body.length - 1}/${content.length}`;
  return { status: 206, headers: { etag, 'content-range': range }, body };
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
