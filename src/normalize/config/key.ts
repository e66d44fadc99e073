import type { KeyMetadata, ToldKey } from '../../model/inventory.js';
import { MalformedAnswer } from '../malformed-answer.js';
import { defined, optionalTime } from '../text.js';
import type { ConfigItem } from './item.js';
import { booleanIn, innerText, readable, textIn } from './json.js';

/** What an item tells of a key: all of it, or what is there beside what is missing. */
export type RecordedKey =
  | { readonly told: KeyMetadata; readonly missing?: undefined }
  | { readonly told: ToldKey; readonly missing: readonly string[] };

/** An AWS::KMS::Key: KeyMetadata's members with a small first letter. One that is malformed is not told. */
export function normalizeKeyItem({ configuration: it }: ConfigItem): RecordedKey {
  const text = (member: string): string | undefined => readable(() => textIn(it, member));
  const required = {
    keyState: text('keyState'),
    keyManager: text('keyManager'),
    origin: text('origin'),
    // Items from before 2021 have the old name of it only.
    keySpec: text('keySpec') ?? text('customerMasterKeySpec'),
    keyUsage: text('keyUsage'),
  };
  const dated = readable(() => ({ deletionDate: dateIn(it['deletionDate']) }));
  // Keys made before multi-Region keys came lack it.
  const multiRegion = readable(() => booleanIn(it, 'multiRegion') ?? false);
  const told = defined({ ...required, multiRegion, ...dated });
  const { keyState, keyManager, origin, keySpec, keyUsage } = required;
  if (
    keyState !== undefined &&
    keyManager !== undefined &&
    origin !== undefined &&
    keySpec !== undefined &&
    keyUsage !== undefined &&
    multiRegion !== undefined &&
    dated !== undefined
  ) {
    return { told: { ...told, keyState, keyManager, origin, keySpec, keyUsage, multiRegion } };
  }
  const missing = Object.entries({ ...required, multiRegion, deletionDate: dated })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  return { told, missing };
}

/** Milliseconds, or a text. */
function dateIn(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' || typeof value === 'string') return optionalTime(new Date(value), 'deletionDate');
  throw new MalformedAnswer("The configuration item's deletionDate is no time.");
}

/**
 * KMS rotates symmetric keys of its own material by itself; imported, asymmetric, HMAC and custom key store keys it cannot.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export function canRotate({ keySpec, origin }: Pick<KeyMetadata, 'keySpec' | 'origin'>): boolean {
  return keySpec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS';
}

/** Whether rotation is on; undefined where the item does not tell. */
export function rotationOf({ supplementary }: ConfigItem): boolean | undefined {
  return booleanIn(supplementary, 'KeyRotationStatus');
}

/** The key policy as text; undefined where the recorder could not read it. */
export function keyPolicyOf({ supplementary }: ConfigItem): string | undefined {
  const text = textIn(supplementary, 'Policy');
  return text === undefined ? undefined : innerText(text, 'Policy');
}
