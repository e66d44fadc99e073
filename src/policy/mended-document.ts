import { isObject } from '../model/is-object.js';
import type { PolicyDocument } from './schema/policy.js';
import { checkAgainstSchema } from './schemas.js';

const placeholders = {
  version: 1,
  id: 'policy-without-id',
  title: 'A policy',
  severity: 'low',
  description: 'What it asks.',
  rationale: 'Why it matters.',
  remediation: { text: 'What to do.' },
};

/**
 * A policy whose keys are not all right, with a placeholder for each that is missing or wrong: its expressions can be
 * checked all the same, so that one mistake does not hide the next. Undefined where what it asks cannot be told.
 */
export function mendedDocument(value: unknown): PolicyDocument | undefined {
  if (!isObject(value)) return undefined;
  const { target, assert, activity } = value;
  const asked = activity === undefined ? { assert } : { activity, message: 'What happened.' };
  let mended = documentOf({ ...placeholders, target, ...asked });
  for (const [key, it] of Object.entries(value)) {
    if (mended === undefined) return undefined;
    mended = documentOf({ ...mended, [key]: it }) ?? mended;
  }
  return mended;
}

function documentOf(value: unknown): PolicyDocument | undefined {
  const checked = checkAgainstSchema('policy', value);
  return 'document' in checked ? checked.document : undefined;
}
