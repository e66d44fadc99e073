import { UsageError } from '../../model/errors.js';

/** A bucket, and what the keys of the objects begin with; '' for all. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

const scheme = 's3://';

export function isS3Location(source: string): boolean {
  return source.startsWith(scheme);
}

/**
 * Takes `s3://BUCKET/PREFIX` apart.
 *
 * @throws UsageError where no bucket can have such a name
 */
export function parseS3Location(source: string): S3Location {
  const [bucket = '', ...rest] = source.slice(scheme.length).split('/');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new UsageError(`--source '${source}' names no bucket.`, 'Write it as in s3://BUCKET/PREFIX.');
  }
  return { bucket, prefix: rest.join('/') };
}
