import type { KeyMetadata } from '../../model/inventory.js';
import { normalizeKeyMetadata } from '../destinations.js';
import { MalformedAnswer } from '../malformed-answer.js';
import type { ConfigItem } from './item.js';
import { booleanIn, innerText, textIn } from './json.js';

/** An AWS::KMS::Key: KeyMetadata's members with a small first letter. */
export function normalizeKeyItem({ configuration: it }: ConfigItem): KeyMetadata {
  return normalizeKeyMetadata({
    KeyState: textIn(it, 'keyState'),
    KeyManager: textIn(it, 'keyManager'),
    Origin: textIn(it, 'origin'),
    // Items from before 2021 have the old name of it only.
    KeySpec: textIn(it, 'keySpec') ?? textIn(it, 'customerMasterKeySpec'),
    KeyUsage: textIn(it, 'keyUsage'),
    MultiRegion: booleanIn(it, 'multiRegion'),
    DeletionDate: dateIn(it['deletionDate']),
  });
}

/** Milliseconds, or a text. */
function dateIn(value: unknown): Date | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' || typeof value === 'string') return new Date(value);
  throw new MalformedAnswer("The configuration item's deletionDate is not a time.");
}

/**
 * KMS rotates symmetric keys of its own material by itself; imported, asymmetric, HMAC and custom key store keys it cannot.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 *
 * @returns undefined where it is not told of which kind the key is
 */
export function canRotate({ keySpec, origin }: KeyMetadata): boolean | undefined {
  if ((keySpec ?? symmetric) !== symmetric || (origin ?? ofKms) !== ofKms) return false;
  return keySpec === undefined || origin === undefined ? undefined : true;
}

const symmetric = 'SYMMETRIC_DEFAULT';
const ofKms = 'AWS_KMS';

/** Whether rotation is on; undefined where the item does not tell. */
export function rotationOf({ supplementary }: ConfigItem): boolean | undefined {
  return booleanIn(supplementary, 'KeyRotationStatus');
}

/** The key policy as text; undefined where the recorder could not read it. */
export function keyPolicyOf({ supplementary }: ConfigItem): string | undefined {
  const text = textIn(supplementary, 'Policy');
  return text === undefined ? undefined : innerText(text, 'Policy');
}
