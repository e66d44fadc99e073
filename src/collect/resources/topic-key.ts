import { parseArn } from '../../model/identifiers.js';
import type { Topic } from '../../model/inventory.js';
import { absent, mapKnown } from '../../model/known.js';
import { normalizePolicyText, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import { namedArn, type KeyName } from './keys.js';

type TopicKey = NonNullable<Topic['key']>;

/** The key of AWS for SNS, whose policy is always the same. */
export function isKeyOfSns(kmsMasterKeyId: string): boolean {
  return kmsMasterKeyId.endsWith('alias/aws/sns');
}

/** The key that encrypts a topic, read where it is, with its policy and state: whoever publishes needs it. */
export async function readTopicKey(
  context: Context,
  name: KeyName,
): Promise<{ readonly key: TopicKey; readonly evidence: Readonly<Record<string, string>> }> {
  const arn = namedArn(context, name);
  const { accountId = '', region = '' } = parseArn(arn) ?? {};
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { key: entered.gap, evidence: {} };
  const { aws } = context;
  // GetKeyPolicy takes no alias.
  const resolved = await aws.ask(
    entered.session,
    'kms:DescribeKey',
    { KeyId: arn },
    { region, resource: arn },
    ({ KeyMetadata: it }) => ({
      keyArn: required(it?.Arn, 'KeyMetadata.Arn'),
      keyState: required(it?.KeyState, 'KeyMetadata.KeyState'),
    }),
  );
  if (resolved.it.state === 'absent') return { key: absent, evidence: resolved.evidence };
  if (resolved.it.state === 'unknown') return { key: resolved.it, evidence: resolved.evidence };
  const { keyArn, keyState } = resolved.it.value;
  const policy = await aws.ask(
    entered.session,
    'kms:GetKeyPolicy',
    { KeyId: keyArn, PolicyName: 'default' },
    { region, resource: keyArn },
    (output) => normalizePolicyText(output.Policy),
  );
  return {
    key: mapKnown(policy.it, (text) => ({ arn: keyArn, policy: text, state: keyState })),
    evidence: { ...resolved.evidence, ...policy.evidence },
  };
}
