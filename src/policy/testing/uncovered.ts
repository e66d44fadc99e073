import type { CompiledPolicy } from '../compiled-policy.js';
import type { Decision } from '../evaluate-policy.js';

/**
 * What the tests of a policy never saw happen: each assertion must be seen to hold and to fail, `when` both ways, and
 * something that could not be read must be seen to leave the verdict open.
 */
export function uncovered(policy: CompiledPolicy, decisions: readonly Decision[]): readonly string[] {
  const results = new Map<string, Set<string>>();
  for (const { id, result } of decisions.flatMap((it) => it.assertions)) {
    results.set(id, (results.get(id) ?? new Set()).add(result));
  }
  const missing = policy.assertions.flatMap(({ id }) => {
    const seen = results.get(id) ?? new Set();
    return [
      seen.has('holds') ? '' : `no test in which '${id}' holds`,
      seen.has('fails') ? '' : `no test in which '${id}' fails`,
    ];
  });
  const outcomes = new Set(decisions.map((it) => it.outcome));
  if (policy.activity !== undefined) {
    if (!outcomes.has('COMPLIANT')) missing.push('no test without an incident');
    if (!outcomes.has('NON_COMPLIANT')) missing.push('no test with an incident');
  }
  if (policy.when !== undefined && !outcomes.has('NOT_APPLICABLE'))
    missing.push("no test in which 'when' does not hold");
  if (policy.when !== undefined && results.size === 0) missing.push("no test in which 'when' holds");
  if (!outcomes.has('INSUFFICIENT_DATA')) missing.push('no test in which what decides could not be read');
  return missing.filter((it) => it !== '');
}
