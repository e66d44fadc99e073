import { matches, type Pattern } from './pattern.js';

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

/** Texts that read well in an example; what they cannot tell apart is left to the witnesses. */
export function seeds(
  asked: readonly string[],
  domain: readonly Pattern[],
  kind: 'action' | 'resource',
): readonly string[] {
  if (kind === 'action') return actions.filter((it) => isIn(domain, it));
  const filled = asked.map((it) => it.replaceAll('?*', '*').replaceAll('?', 'x').replaceAll('*', 'example'));
  return filled.filter((it) => it.startsWith('arn:') && isIn(domain, it));
}

function isIn(domain: readonly Pattern[], text: string): boolean {
  return domain.some((pattern) => matches(pattern, text));
}
