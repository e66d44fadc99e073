import type { FixContext } from '../context.js';

const deliveredBy = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/**
 * Who delivers to a bucket, and could no more with a default retention: it needs another bucket first. Undefined: nobody
 * is known to.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
 */
export function whyNoRetention(name: string, context: FixContext): string | undefined {
  if (admits('config', name, context)) return `AWS Config delivers to bucket ${name}`;
  return receivesAccessLogs(name, context) ? `S3 delivers server access logs to bucket ${name}` : undefined;
}

/** True where S3 delivers server access logs to a bucket, or may. */
export function receivesAccessLogs(name: string, context: FixContext): boolean {
  const it = context.bucket(name);
  const receives = context.buckets.some(
    ({ accessLogging }) => accessLogging.state === 'known' && accessLogging.value.targetBucket === name,
  );
  const isGranted = it?.acl.state === 'known' && it.acl.value.some(({ grantee }) => grantee === deliveredBy);
  return receives || isGranted || admits('logging.s3', name, context);
}

function admits(service: string, name: string, context: FixContext): boolean {
  const policy = context.bucket(name)?.policy;
  return policy?.state === 'known' && policy.value.includes(`"${service}.amazonaws.com"`);
}
