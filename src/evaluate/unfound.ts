import { resourceKinds } from '../model/resource-kinds.js';
import type { Evaluation, Gap } from '../model/results.js';
import type { CompiledPolicy } from '../policy/index.js';
import type { UnfoundTarget } from '../view/index.js';
import { fingerprintOf } from './fingerprint.js';
import type { SharedParts } from './shared-parts.js';
import { describeGaps } from './to-evaluation.js';

/** What an evaluation is made with beside its policy and target. */
interface Surroundings {
  readonly inventory: { readonly partition: string };
  readonly gapOf: (id: string) => Gap | undefined;
  readonly parts: SharedParts;
}

/** What a policy says of a target that may be there and was not found: that nothing is known of it, and why. */
export function unfoundEvaluation(
  policy: CompiledPolicy,
  { target, gaps }: UnfoundTarget,
  { inventory, gapOf, parts }: Surroundings,
): Evaluation {
  const { noun } = resourceKinds[target.type];
  const what =
    target.arn === undefined
      ? `There may be ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun} that was not found.`
      : 'It is named, and was not read.';
  return {
    policyId: policy.id,
    outcome: 'INSUFFICIENT_DATA',
    severity: policy.document.severity,
    target,
    message: parts.of(`Not known: ${policy.document.title}. ${what} ${describeGaps(gaps, gapOf)}`),
    reasons: [],
    evidence: [],
    gaps: parts.of(gaps),
    fingerprint: fingerprintOf(policy.id, inventory.partition, target),
  };
}
