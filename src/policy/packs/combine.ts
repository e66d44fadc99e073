import type { Remark } from '../yaml/source.js';
import type { Binding, Content } from './pack.js';
import { conflictsOf, mergeSettings, noSettings, type Conflict, type Settings } from './settings.js';

/** Values that two parts set differently, and which of the parts is the later one. */
export interface PartConflict {
  readonly conflict: Conflict;
  readonly policyId: string;
  readonly laterPart: number;
}

/** Several contents as one: all their policies, and of two values the later one, with what they disagree on. */
export function combine(parts: readonly Content[]): {
  readonly content: Content;
  readonly conflicts: readonly PartConflict[];
} {
  const policies = new Map<string, Settings>();
  // A pack that is reached on two ways brings its bindings once, where it is reached last.
  const bindings = new Set<Binding>();
  const conflicts: PartConflict[] = [];
  for (const [laterPart, part] of parts.entries()) {
    for (const [policyId, settings] of part.policies) {
      const earlier = policies.get(policyId) ?? noSettings;
      for (const conflict of conflictsOf(earlier, settings)) conflicts.push({ conflict, policyId, laterPart });
      policies.set(policyId, mergeSettings(earlier, settings));
    }
    for (const binding of part.bindings) {
      bindings.delete(binding);
      bindings.add(binding);
    }
  }
  const isPartial = parts.some((it) => it.isPartial);
  return { content: { policies, bindings: [...bindings], isPartial }, conflicts };
}

/** Says which of two values is in force. */
export function describeConflict({ policyId, conflict: { what, earlier, later } }: PartConflict): Remark {
  return {
    severity: 'warning',
    code: 'conflict',
    message:
      `${what} of '${policyId}' is set twice, in ${earlier.place.file}:${earlier.place.line} and in ` +
      `${later.place.file}:${later.place.line}: the later one is in force`,
    help: "to decide it for good, set it in a pack of your own that extends both, in its 'override'",
  };
}
