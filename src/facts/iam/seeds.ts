import { matches } from './pattern.js';
import type { StringDomain } from './witnesses.js';

const actions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  's3:PutBucketPolicy',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:PutKeyPolicy',
  'sns:Publish',
  'cloudtrail:StopLogging',
];

/** Of texts that are alike to the statements the first one is shown. */
export function wellKnownFirst(texts: readonly string[]): readonly string[] {
  return [...actions.filter((it) => texts.includes(it)), ...texts.filter((it) => !actions.includes(it))];
}

/** Texts that read well in an example; what they cannot tell apart is left to the witnesses. */
export function seeds(asked: readonly string[], domain: StringDomain, kind: 'action' | 'resource'): readonly string[] {
  if (kind === 'action') return actions.filter((it) => isIn(domain, it));
  const filled = asked.map((it) => it.replaceAll('?*', '*').replaceAll('?', 'x').replaceAll('*', 'example'));
  return filled.filter((it) => it.startsWith('arn:') && isIn(domain, it));
}

function isIn({ like, unlike }: StringDomain, text: string): boolean {
  return like.some((it) => matches(it, text)) && !unlike.some((it) => matches(it, text));
}
