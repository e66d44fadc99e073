import type { Results } from '../../src/model/results.js';

/**
 * Verdicts under a fault that are not those without it: only INSUFFICIENT_DATA may take the place of another, and a
 * target may not be seen at all. When anything is open, the run must say that it is not complete.
 */
export function changedVerdicts(sound: Results, faulty: Results): string[] {
  const before = new Map(sound.evaluations.map((it) => [it.fingerprint, it.outcome]));
  const changed = faulty.evaluations.flatMap(({ fingerprint, outcome, policyId, target }) => {
    if (outcome === 'INSUFFICIENT_DATA' || outcome === before.get(fingerprint)) return [];
    return [`${policyId} ${target.id}: ${before.get(fingerprint) ?? 'no evaluation'} → ${outcome}`];
  });
  const seen = new Set(faulty.evaluations.map((it) => it.fingerprint));
  const missing = sound.evaluations.filter((it) => !seen.has(it.fingerprint));
  const isOpen = faulty.gaps.some((gap) => gap.reason !== 'not-collected');
  return missing.length > 0 && !isOpen
    ? [...changed, ...missing.map((it) => `${it.policyId} ${it.target.id} is missing without a gap`)]
    : changed;
}
