import type { KeyMetadata } from '../../model/inventory.js';
import { normalizeKeyMetadata } from '../destinations.js';
import { MalformedAnswer } from '../malformed-answer.js';
import type { ConfigItem } from './item.js';
import { booleanIn, innerText, readable, textIn } from './json.js';

/** An AWS::KMS::Key: KeyMetadata's members with a small first letter. One that is malformed is not told. */
export function normalizeKeyItem({ configuration: it }: ConfigItem): KeyMetadata {
  const text = (member: string): string | undefined => readable(() => textIn(it, member));
  return normalizeKeyMetadata({
    KeyState: text('keyState'),
    KeyManager: text('keyManager'),
    Origin: text('origin'),
    // Items from before 2021 have the old name of it only.
    KeySpec: text('keySpec') ?? text('customerMasterKeySpec'),
    KeyUsage: text('keyUsage'),
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
