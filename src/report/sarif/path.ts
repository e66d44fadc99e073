import { createHash } from 'node:crypto';
import { resourceKinds } from '../../model/resource-kinds.js';
import type { Target } from '../../model/results.js';
import { resourceName } from '../parts/resource.js';

/** Names of trails have up to 128 characters: they stay as they are. */
const longest = 128;

/**
 * Where a finding stands for GitHub: `aws/<account>/<region or global>/<service>/<type>/<name>`. The file does not
 * exist; the path is the alert's identity and its line in the list, so it holds ids only, never a name that may
 * change, and the same resource always gets the same path.
 */
export function resourcePath(target: Target): string {
  const { service, type } = resourceKinds[target.type].arn;
  return ['aws', target.accountId, target.region, service, type, resourceName(target)].map(pathSegment).join('/');
}

/**
 * A text as one segment of a path, of `A-Z a-z 0-9 . _ -` only and never empty or dots alone. What had to be
 * changed or cut ends in `_` and 8 hex digits of a hash of the text, so that distinct texts stay distinct; so
 * does a text that ends like that by itself.
 */
export function pathSegment(text: string): string {
  const isPlain = /^[A-Za-z0-9._-]+$/.test(text) && !/^\.+$/.test(text) && !/_[0-9a-f]{8}$/.test(text);
  if (isPlain && text.length <= longest) return text;
  const digest = createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 8);
  const kept = text.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, longest - digest.length - 1);
  return `${kept}_${digest}`;
}
