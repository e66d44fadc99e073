import type { CompiledPolicy, Severity } from '../compiled-policy.js';
import { closest, suggestion } from '../../expression/index.js';
import type { Select } from '../schema/pack.js';
import type { Range, Remark } from '../yaml/source.js';
import type { YamlFile } from '../yaml/yaml-file.js';
import type { KnownPolicies } from './read-settings.js';
import type { Settings } from './settings.js';
import { severities } from '../../text/order.js';

/** True when a policy meets all that `select` asks for, with the severity that the pack gives it. */
export function isSelected(select: Select, { document }: CompiledPolicy, settings: Settings): boolean {
  const severity = settings.severity?.value ?? document.severity;
  return (
    meetsSeverity(select.severity, severity) &&
    (select.targets?.includes(document.target) ?? true) &&
    (select.controls?.some((control) => meetsControl(control, document.controls ?? {})) ?? true)
  );
}

function meetsSeverity(wanted: Select['severity'], severity: Severity): boolean {
  if (wanted === undefined) return true;
  if (!wanted.startsWith('>=')) return severity === wanted;
  return severities.indexOf(severity) <= severities.findIndex((it) => wanted === `>=${it}`);
}

type Controls = Readonly<Record<string, readonly string[]>>;

function meetsControl(wanted: string, controls: Controls): boolean {
  const { framework, id } = splitControl(wanted);
  const ids = Object.hasOwn(controls, framework) ? controls[framework] : undefined;
  return ids !== undefined && (id === undefined || ids.includes(id));
}

/** Controls hold colons at times, frameworks never do. */
function splitControl(text: string): { readonly framework: string; readonly id?: string } {
  const colon = text.indexOf(':');
  return colon === -1 ? { framework: text } : { framework: text.slice(0, colon), id: text.slice(colon + 1) };
}

/**
 * Says which of the controls no policy at all is for: a slip would leave out what was meant.
 *
 * @returns true when there is nothing to say
 */
export function checkSelect(
  yaml: YamlFile,
  { controls = [] }: Select,
  policies: KnownPolicies,
  add: (range: Range, remark: Remark) => void,
): boolean {
  const known = knownControls(policies);
  let allKnown = true;
  for (const [index, wanted] of controls.entries()) {
    const { framework, id } = splitControl(wanted);
    const ids = known.get(framework);
    const range = (): Range => yaml.rangeOf(['select', 'controls', index]);
    if (ids === undefined || (id !== undefined && !ids.has(id))) allKnown = false;
    if (ids === undefined) {
      const help = suggestion(framework, [...known.keys()], 'frameworks');
      add(range(), { code: 'unknown-framework', message: `no policy is for the framework '${framework}'`, help });
    } else if (id !== undefined && !ids.has(id)) {
      const meant = closest(id, ids);
      const help =
        meant === undefined
          ? suggestion(id, [...ids], `controls of ${framework}`)
          : `did you mean '${framework}:${meant}'?`;
      add(range(), { code: 'unknown-control', message: `no policy is for the control '${id}' of ${framework}`, help });
    }
  }
  return allKnown;
}

function knownControls(policies: KnownPolicies): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const policyId of policies.ids) {
    const policy = policies.find(policyId);
    if (policy === undefined || policy === 'broken') continue;
    for (const [framework, ids] of Object.entries(policy.document.controls ?? {})) {
      const all = known.get(framework) ?? new Set();
      for (const id of ids) all.add(id);
      known.set(framework, all);
    }
  }
  return known;
}
