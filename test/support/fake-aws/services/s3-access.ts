import { ServiceError } from '../protocol/answer.js';
import type { WorldBucket } from '../world/resources.js';
import { textIn } from '../protocol/input.js';
import type { Call } from './call.js';

/**
 * The bucket of a call that may be read: it exists, lives in the call's Region, and belongs to the caller's account.
 * Every refusal but "no such bucket" names the bucket's Region in a header, as S3 does even to strangers.
 *
 * @throws ServiceError NoSuchBucket, PermanentRedirect, AccessDenied or MethodNotAllowed.
 */
export function readableBucket(call: Call): WorldBucket {
  const name = call.hostLabel;
  const bucket = call.index.buckets.get(name);
  if (bucket === undefined) {
    const elements = { BucketName: name };
    throw new ServiceError(404, 'NoSuchBucket', 'The specified bucket does not exist', { elements });
  }
  const headers = { 'x-amz-bucket-region': bucket.region };
  if (bucket.region !== call.region) {
    const message =
      'The bucket you are attempting to access must be addressed using the specified endpoint. ' +
      'Please send all future requests to this endpoint.';
    const elements = { Endpoint: `${name}.s3.${bucket.region}.amazonaws.com`, Bucket: name };
    throw new ServiceError(301, 'PermanentRedirect', message, { headers, elements });
  }
  const expectedOwner = header(call, 'x-amz-expected-bucket-owner');
  if (expectedOwner !== undefined && expectedOwner !== bucket.accountId) {
    throw new ServiceError(403, 'AccessDenied', 'Access Denied', { headers });
  }
  if (bucket.accountId !== call.caller.accountId) {
    // Only the owner's account may read the policy: S3 calls the method wrong, not the caller (GetBucketPolicy).
    if (call.operation === 'GetBucketPolicy') {
      const message = 'The specified method is not allowed against this resource.';
      const elements = { Method: 'GET', ResourceType: 'BUCKETPOLICY' };
      throw new ServiceError(405, 'MethodNotAllowed', message, { headers, elements });
    }
    throw new ServiceError(403, 'AccessDenied', 'Access Denied', { headers });
  }
  return bucket;
}

/** A configuration that is not set: S3 has an error for most of them. */
export function notSet(call: Call, code: string, message: string): ServiceError {
  return new ServiceError(404, code, message, { elements: { BucketName: call.hostLabel } });
}

/** One value of a query parameter; S3's parameters are text. */
export function parameter(call: Call, name: string): string | undefined {
  const text = textIn(call.input, name);
  return text === '' ? undefined : text;
}

export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return typeof value === 'string' ? value : undefined;
}
