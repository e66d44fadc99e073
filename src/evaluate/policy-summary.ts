import type { PolicySummary } from '../model/results.js';
import { plainParams, type EffectivePolicy } from '../policy/index.js';
import { byText } from '../text/order.js';
import { policyDigest } from './policy-digest.js';

/** What the results say of a policy. */
export function summaryOf(policy: EffectivePolicy, targets: number): PolicySummary {
  const { id, title, severity, target, description, rationale, remediation, controls = {} } = policy.document;
  return {
    id,
    title,
    severity,
    target,
    targets,
    controls: Object.entries(controls)
      .flatMap(([framework, ids]) => ids.map((control) => ({ framework, id: control })))
      .toSorted((a, b) => byText(a.framework, b.framework) || byText(a.id, b.id)),
    description,
    rationale,
    remediation,
    params: plainParams(policy),
    digest: policyDigest(policy),
    source: policy.isBuiltin ? 'builtin' : policy.file,
    ...(policy.isBuiltin ? {} : { line: policy.line }),
  };
}
