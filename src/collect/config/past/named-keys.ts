import { parseArn } from '../../../model/identifiers.js';
import { bucketArn } from '../../../model/naming.js';
import { recordedFacets, type ConfigItem, MalformedAnswer } from '../../../normalize/index.js';

/** The ARN of the bucket that an item is of. */
export function bucketArnOf({ arn, resourceId }: ConfigItem): string {
  return bucketArn(resourceId, arn ?? '');
}

/** The key that a bucket encrypts with, as the bucket names it; undefined for none, or where the item does not tell. */
export function bucketKeyOf({ isGone, supplementary }: ConfigItem): string | undefined {
  if (isGone) return undefined;
  try {
    const encryption = recordedFacets.encryption(supplementary);
    return encryption.state === 'known' ? encryption.value.kmsMasterKeyId : undefined;
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}

/** The id of a key out of a name of it: an ARN, or the id itself. An alias is none. */
export function keyIdOf(name: string): string | undefined {
  const resource = name.startsWith('arn:') ? (parseArn(name)?.resource ?? '') : `key/${name}`;
  return /^key\/([^/]+)$/.exec(resource)?.[1];
}
