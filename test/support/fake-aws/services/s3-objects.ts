import { createHash } from 'node:crypto';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldBucket } from '../world/resources.js';
import type { WorldObject } from '../world/world.js';
import { resultObjects } from './athena.js';
import type { Call } from './call.js';
import { pageOf } from './page.js';
import { header, parameter } from './s3-access.js';
import { byText } from '../../../../src/text/order.js';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

function objectsOf(bucket: WorldBucket, call: Call): Readonly<Record<string, WorldObject>> {
  return { ...call.index.world.objects?.[bucket.name], ...resultObjects(call, bucket.name) };
}

function contentOf(object: WorldObject): Buffer {
  return Buffer.isBuffer(object) ? object : object.body;
}

/** ListObjectsV2: keys in their order, with a delimiter also folders, at most 1,000 a page. */
export function listObjects(bucket: WorldBucket, call: Call): HttpAnswer {
  const prefix = parameter(call, 'prefix') ?? '';
  const after = parameter(call, 'start-after') ?? '';
  const all = Object.entries(objectsOf(bucket, call))
    .filter(([key]) => key.startsWith(prefix) && key > after)
    .toSorted(([a], [b]) => byText(a, b));
  const delimiter = parameter(call, 'delimiter');
  const folderOf = (key: string): string | undefined => {
    const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : key.slice(0, end + 1);
  };
  const badToken = (): ServiceError =>
    new ServiceError(400, 'InvalidArgument', 'The continuation token provided is incorrect');
  const folders = [...new Set(all.map(([key]) => folderOf(key)).filter((it) => it !== undefined))];
  const entries = [
    ...folders.map((folder) => ({ key: folder, xml: node('CommonPrefixes', leaf('Prefix', folder)) })),
    ...all
      .filter(([key]) => folderOf(key) === undefined)
      .map(([key, object]) => ({ key, xml: contentsXml(key, contentOf(object)) })),
  ];
  const inOrder = entries.toSorted((a, b) => byText(a.key, b.key));
  const page = pageOf(call, inOrder, { token: parameter(call, 'continuation-token'), size: 1000, badToken });
  const body = xmlDocument(
    'ListBucketResult',
    namespace,
    leaf('Name', bucket.name),
    leaf('Prefix', prefix),
    leaf('KeyCount', page.items.length),
    leaf('IsTruncated', page.next !== undefined),
    leaf('NextContinuationToken', page.next),
    ...page.items.map((it) => it.xml),
  );
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function contentsXml(key: string, content: Buffer): string {
  return node('Contents', leaf('Key', key), leaf('ETag', etagOf(content)), leaf('Size', content.length));
}

/** GetObject of a range. */
export function getObject(bucket: WorldBucket, call: Call): HttpAnswer {
  const object = objectsOf(bucket, call)[String(call.input['Key'])];
  if (object === undefined) throw new ServiceError(404, 'NoSuchKey', 'The specified key does not exist.');
  const { metadata, refusal } = Buffer.isBuffer(object) ? { metadata: {} } : object;
  if (refusal !== undefined) throw new ServiceError(403, refusal, 'S3 does not give this object');
  const content = contentOf(object);
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
  const beside = Object.fromEntries(Object.entries(metadata).map(([name, it]) => [`x-amz-meta-${name}`, it]));
  return { status: 206, headers: { ...beside, etag, 'content-range': range, 'content-encoding': 'gzip' }, body };
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
