/**
 * What values a field can take at all. It decides whether conditions that hit every first character of a bucket
 * name hit every bucket. A field without a universe takes any text.
 */
export interface Universe {
  /** Each value starts with this. */
  readonly start: string;
  /** The characters that may follow a value's beginning; undefined: any may, or none need to. */
  next(beginning: string): string | undefined;
  /** Whether something has to follow, though it may be any text; missing: nothing has to. */
  lacksEnd?(beginning: string): boolean;
  /** Goes on with a beginning up to where any text may follow. */
  complete(beginning: string): string;
}

export const anyText: Universe = { start: '', next: () => undefined, complete: (beginning) => beginning };

/** Any text after a given beginning; `usual` is what mostly follows it. */
export function beginsWith(start: string, usual: string): Universe {
  return { ...anyText, start, complete: (beginning) => (beginning === start ? start + usual : beginning) };
}

const namePart = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * ARNs of S3 objects: `arn:PARTITION:s3:::BUCKET/KEY`. Bucket names have small letters, digits, dots and hyphens, and
 * begin with a letter or digit; a key is any text but the empty one.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function s3Objects(partition: string): Universe {
  const start = `arn:${partition}:s3:::`;
  return {
    start,
    next(beginning) {
      const bucket = beginning.slice(start.length);
      if (bucket.includes('/')) return undefined;
      if (bucket === '') return namePart;
      return bucket.length < 3 ? `-.${namePart}` : `/-.${namePart}`;
    },
    // No object has an empty key: `arn:aws:s3:::bucket/` is the beginning of its objects, and none of them. And `bucket/*`
    // is written by who takes `*` for a pattern: selectors know none, so that it leaves out no object that people have.
    lacksEnd: (beginning) => /^[^/]*\/\*?$/.test(beginning),
    complete(beginning) {
      const bucket = beginning.slice(start.length);
      if (bucket.includes('/')) return beginning;
      return bucket === '' ? `${beginning}example-bucket/` : `${beginning}example/`;
    },
  };
}

/** Whether a text can be a value, or the beginning of one. */
export function isBeginning(universe: Universe, text: string): boolean {
  if (text.length <= universe.start.length) return universe.start.startsWith(text);
  if (!text.startsWith(universe.start)) return false;
  for (let length = universe.start.length; length < text.length; length += 1) {
    const allowed = universe.next(text.slice(0, length));
    if (allowed === undefined) return true;
    if (!allowed.includes(text.charAt(length))) return false;
  }
  return true;
}

/** Whether a text is a value: nothing more has to follow it. */
export function isValue(universe: Universe, text: string): boolean {
  return (
    isBeginning(universe, text) &&
    text.length >= universe.start.length &&
    universe.next(text) === undefined &&
    universe.lacksEnd?.(text) !== true
  );
}
