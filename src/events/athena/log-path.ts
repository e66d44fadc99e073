import { parseLogFileName } from '../../verify/index.js';
import type { LogObject } from '../log-object.js';

/** The object that `"$path"` names; undefined where it is none in S3. A name that the folder contradicts is not CloudTrail's. */
export function objectAt(path: string): LogObject | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  const name = parseLogFileName(key.slice(key.lastIndexOf('/') + 1));
  const isOwn = name !== undefined && key.includes(`/${name.account}/${name.folder}/${name.region}/`);
  const object = { bucket, key, shown: path, size: 0 };
  return isOwn ? { ...object, name } : { ...object, name: undefined, isStranger: true };
}
