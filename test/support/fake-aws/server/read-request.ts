import type { IncomingHttpHeaders } from 'node:http';
import type { Input } from '../protocol/input.js';
import type { ServiceName } from '../services/call.js';

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as far as its signature, host, path and body tell. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Input;
  readonly hostLabel: string;
  readonly isWrite: boolean;
}

/** Signing names that are not the names we use, and those that are. */
const signedAs: Readonly<Record<string, ServiceName>> = {
  account: 'account',
  athena: 'athena',
  cloudfront: 'cloudfront',
  cloudtrail: 'cloudtrail',
  config: 'config',
  ec2: 'ec2',
  elasticloadbalancing: 'elbv2',
  events: 'events',
  iam: 'iam',
  kms: 'kms',
  logs: 'logs',
  monitoring: 'cloudwatch',
  organizations: 'organizations',
  s3: 's3',
  securityhub: 'securityhub',
  sns: 'sns',
  sts: 'sts',
};

const credential = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/;

/** Understands a request; the text says why it cannot be. The signature itself is not checked. */
export function readRequest(raw: RawRequest): SignedRequest | string {
  const scope = credential.exec(raw.headers.authorization ?? '');
  const [, accessKeyId = '', region = '', signingName = ''] = scope ?? [];
  if (scope === null) return 'the request is not signed';
  const service = Object.hasOwn(signedAs, signingName) ? signedAs[signingName] : undefined;
  if (service === undefined) return `there is no service ${signingName}`;
  const token = raw.headers['x-amz-security-token'];
  const asked = readers[service](service, raw);
  if (typeof asked === 'string') return asked;
  return { accessKeyId, region, sessionToken: typeof token === 'string' ? token : undefined, ...asked };
}

type Asked = Pick<SignedRequest, 'service' | 'operation' | 'input' | 'hostLabel' | 'isWrite'>;

type Reader = (service: ServiceName, raw: RawRequest) => Asked | string;

const readers: Readonly<Record<ServiceName, Reader>> = {
  account: readPathAndJson,
  athena: readTargetAndJson,
  cloudfront: readCloudFront,
  cloudtrail: readTargetAndJson,
  cloudwatch: readTargetAndJson,
  config: readTargetAndJson,
  ec2: readForm,
  elb: readLoadBalancing,
  elbv2: readLoadBalancing,
  events: readTargetAndJson,
  iam: readForm,
  kms: readTargetAndJson,
  logs: readTargetAndJson,
  organizations: readTargetAndJson,
  s3: readS3OrControl,
  s3control: readS3OrControl,
  securityhub: readSecurityHub,
  sns: readForm,
  sts: readForm,
};

/** `X-Amz-Target: CloudTrail_20131101.ListTrails`; botocore writes the whole name of the service before it. */
function readTargetAndJson(service: ServiceName, raw: RawRequest): Asked | string {
  const target = raw.headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : '';
  return withJson(service, operation, raw.body);
}

/** `/listRegions`: the operation with a small first letter. */
function readPathAndJson(service: ServiceName, raw: RawRequest): Asked | string {
  const path = raw.url.replace(/^\//, '').replace(/\?.*$/, '');
  return withJson(service, path.charAt(0).toUpperCase() + path.slice(1), raw.body);
}

/** `GET /accounts`, the one call of it that is made. */
function readSecurityHub(service: ServiceName, raw: RawRequest): Asked | string {
  const isKnown = raw.method === 'GET' && /^\/accounts(?:\?|$)/.test(raw.url);
  return isKnown ? withJson(service, 'DescribeHub', '{}') : `there is no ${raw.method} ${raw.url} in Security Hub`;
}

/** `Action=GetCallerIdentity&…` */
function readForm(service: ServiceName, raw: RawRequest): Asked {
  const form = Object.fromEntries(new URLSearchParams(raw.body));
  const operation = form['Action'] ?? '';
  return { service, operation, input: form, hostLabel: '', isWrite: isWriteName(operation) };
}

/** Both are signed alike, and told apart by the version of the API. */
function readLoadBalancing(_: ServiceName, raw: RawRequest): Asked {
  const { Version } = Object.fromEntries(new URLSearchParams(raw.body));
  return readForm(Version === '2012-06-01' ? 'elb' : 'elbv2', raw);
}

/** Both are signed as s3; the path begins with a version only for S3 Control. */
function readS3OrControl(_: ServiceName, raw: RawRequest): Asked | string {
  return raw.url.startsWith('/v20180820/') ? readS3Control(raw) : readS3(raw);
}

function withJson(service: ServiceName, operation: string, body: string): Asked | string {
  const input = parseObject(body);
  if (input === undefined) return `the body of ${service}:${operation} is not a JSON object`;
  return { service, operation, input, hostLabel: '', isWrite: isWriteName(operation) };
}

function parseObject(body: string): Input | undefined {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    // Any JSON object has string keys and unknown values.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : undefined;
  } catch {
    return undefined;
  }
}

/** S3's operations that read a bucket, by the query parameter that chooses them. */
const subresources: Readonly<Record<string, string>> = {
  location: 'GetBucketLocation',
  policy: 'GetBucketPolicy',
  policyStatus: 'GetBucketPolicyStatus',
  publicAccessBlock: 'GetPublicAccessBlock',
  versioning: 'GetBucketVersioning',
  'object-lock': 'GetObjectLockConfiguration',
  encryption: 'GetBucketEncryption',
  lifecycle: 'GetBucketLifecycleConfiguration',
  logging: 'GetBucketLogging',
  acl: 'GetBucketAcl',
  ownershipControls: 'GetBucketOwnershipControls',
  replication: 'GetBucketReplication',
  notification: 'GetBucketNotificationConfiguration',
  requestPayment: 'GetBucketRequestPayment',
  tagging: 'GetBucketTagging',
};

/** The bucket stands before the host, or first in the path. */
function readS3(raw: RawRequest): Asked | string {
  // Not through URL, which takes `..` out of a path: it may be the name that is asked for.
  const [path = '', query = ''] = raw.url.split(/\?(.*)/s);
  const segments = path.slice(1).split('/').map(decoded);
  if (segments.includes(undefined)) return `the path ${path} is not well encoded`;
  const inHost = labelBeforeHost(raw.headers.host);
  const [bucket = '', ...rest] = inHost === '' ? segments : [inHost, ...segments];
  const key = rest.join('/');
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const operation = s3Operation(raw.method, bucket, key, parameters);
  const input = operation === 'GetObject' ? { ...parameters, Key: key } : parameters;
  const isWrite = raw.method !== 'GET' && raw.method !== 'HEAD';
  return { service: 's3', operation, input, hostLabel: bucket, isWrite };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Parameters that narrow a list, not choose an operation. */
const listParameters = new Set(['prefix', 'max-buckets', 'continuation-token', 'bucket-region']);

function s3Operation(method: string, bucket: string, key: string, input: Input): string {
  const parameters = Object.keys(input).filter((name) => name !== 'x-id');
  const subresource = parameters.find((name) => Object.hasOwn(subresources, name));
  if (method === 'HEAD' && key === '' && bucket !== '') return 'HeadBucket';
  if (method === 'GET' && bucket === '' && parameters.every((name) => listParameters.has(name))) return 'ListBuckets';
  if (method === 'GET' && bucket !== '' && key === '' && input['list-type'] === '2') return 'ListObjectsV2';
  if (method === 'GET' && bucket !== '' && key !== '' && input['x-id'] === 'GetObject') return 'GetObject';
  if (method === 'GET' && bucket !== '' && key === '' && subresource !== undefined) {
    return subresources[subresource] ?? subresource;
  }
  // Whatever it is, the fake does not know it: the words of the request name it.
  const path = `/${bucket === '' ? '' : 'bucket'}${key === '' ? '' : '/key'}`;
  return `${method} ${path}${parameters.map((it) => `?${it}`).join('')}`;
}

function readS3Control(raw: RawRequest): Asked {
  const { pathname, searchParams } = new URL(raw.url.replace(/^\/v20180820/, ''), 'http://fake');
  const isRead = raw.method === 'GET';
  const match = isRead ? s3ControlReads.find(({ path }) => path.test(pathname)) : undefined;
  const [, name] = match?.path.exec(pathname) ?? [];
  return {
    service: 's3control',
    operation: match?.operation ?? `${raw.method} ${pathname}`,
    input: { ...Object.fromEntries(searchParams), ...(name === undefined ? {} : { name: decodeURIComponent(name) }) },
    hostLabel: labelBeforeHost(raw.headers.host),
    isWrite: !isRead,
  };
}

/** One of its reads is a POST, with an ARN in its document. */
function readCloudFront(service: ServiceName, raw: RawRequest): Asked {
  const { pathname, searchParams } = new URL(raw.url.replace(/^\/2020-05-31/, ''), 'http://fake');
  const [, id] = /^\/distribution\/([^/]+)\/config$/.exec(pathname) ?? [];
  const [, arn] = /<ARN>([^<]*)<\/ARN>/.exec(raw.body) ?? [];
  const read =
    pathname === '/distribution' && raw.method === 'GET'
      ? 'ListDistributions'
      : id !== undefined && raw.method === 'GET'
        ? 'GetDistributionConfig'
        : pathname === '/get-realtime-log-config'
          ? 'GetRealtimeLogConfig'
          : undefined;
  return {
    service,
    operation: read ?? `${raw.method} ${pathname}`,
    input: {
      ...Object.fromEntries(searchParams),
      ...(id === undefined ? {} : { Id: id }),
      ...(arn === undefined ? {} : { ARN: arn }),
    },
    hostLabel: '',
    isWrite: read === undefined,
  };
}

const s3ControlReads = [
  { path: /^\/configuration\/publicAccessBlock$/, operation: 'GetPublicAccessBlock' },
  { path: /^\/accesspoint$/, operation: 'ListAccessPoints' },
  { path: /^\/accesspoint\/([^/]+)$/, operation: 'GetAccessPoint' },
  { path: /^\/accesspoint\/([^/]+)\/policyStatus$/, operation: 'GetAccessPointPolicyStatus' },
  { path: /^\/mrap\/instances$/, operation: 'ListMultiRegionAccessPoints' },
  { path: /^\/mrap\/instances\/([^/]+)\/policystatus$/, operation: 'GetMultiRegionAccessPointPolicyStatus' },
] as const;

/** `bucket.localhost:1234` → `bucket`. */
function labelBeforeHost(host = ''): string {
  return /^(.+)\.localhost(?::\d+)?$/i.exec(host)?.[1] ?? '';
}

/** AWS names its reads with these verbs; AssumeRole writes nothing. */
function isWriteName(operation: string): boolean {
  return !/^(Get|List|Describe|Head|Lookup|Batch(Get|Describe)|Search|Select|AssumeRole|Decode)/.test(operation);
}
