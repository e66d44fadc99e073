import type { Known } from '../model/known.js';
import { troubleIn, type KeyTrouble } from './key-use.js';
import { sure } from './three-valued.js';
import type { Tri } from './values.js';

/**
 * Why the key of a topic encrypts nothing now; undefined: it does, or there is none. SNS refuses what is published then.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (KMSDisabled, KMSInvalidState)
 */
export function topicKeyTrouble(
  { key }: { readonly key?: Known<{ readonly state?: string }> },
  noteState: (state: string) => string,
): Tri<KeyTrouble> {
  return key?.state === 'known' ? troubleIn(key.value.state ?? 'not read', noteState) : sure(undefined);
}
