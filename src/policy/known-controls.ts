import { closest } from '../expression/index.js';
import type { Diagnostic } from './diagnostic.js';
import type { PolicyDocument } from './schema/policy.js';
import { at } from './yaml/source.js';
import type { YamlFile } from './yaml/yaml-file.js';

/** A policy with its place. */
interface Written {
  readonly yaml: YamlFile;
  readonly document: PolicyDocument;
  readonly isBuiltin: boolean;
}

/**
 * Controls of one's own policies that no shipped policy names. A framework of one's own is as good as any; one that
 * looks like a shipped one, and a control that a shipped one does not have, are mostly slips.
 */
export function strangeControls(policies: readonly Written[]): readonly Diagnostic[] {
  const known = new Map<string, Set<string>>();
  for (const { document, isBuiltin } of policies) {
    if (!isBuiltin) continue;
    for (const [framework, ids] of Object.entries(document.controls ?? {})) {
      const all = known.get(framework) ?? new Set();
      known.set(framework, all);
      for (const id of ids) all.add(id);
    }
  }
  if (known.size === 0) return [];
  return policies.flatMap((policy) => (policy.isBuiltin ? [] : strangeIn(policy, known)));
}

function strangeIn(
  { yaml, document }: Written,
  known: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Diagnostic[] {
  return Object.entries(document.controls ?? {}).flatMap(([framework, ids]) => {
    const controls = known.get(framework);
    if (controls === undefined) {
      const meant =
        closest(framework, known.keys()) ?? [...known.keys()].find((it) => family(it) === family(framework));
      if (meant === undefined) return [];
      const help = `did you mean '${meant}'? The shipped policies know ${[...known.keys()].toSorted().join(', ')}`;
      const message = `no shipped policy names the framework '${framework}'`;
      const range = yaml.keyRange(['controls', framework]);
      return [at(yaml.source, range, { severity: 'warning', code: 'unknown-framework', message, help })];
    }
    return ids.flatMap((id, index) => {
      if (controls.has(id)) return [];
      const meant = closest(id, controls);
      const message = `no shipped policy names a control '${id}' of ${framework}`;
      const help = meant === undefined ? 'check its id: reports show it as it is written' : `did you mean '${meant}'?`;
      const range = yaml.rangeOf(['controls', framework, index]);
      return [at(yaml.source, range, { severity: 'warning', code: 'unknown-control', message, help })];
    });
  });
}

/** `cis` of `cis-5.0`: what stands before the version. */
function family(framework: string): string {
  return framework.replace(/-v?\d.*$/, '');
}
