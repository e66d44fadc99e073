import type { Control } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { visible } from '../../text/printable.js';

/** GitHub takes twenty tags of a rule, and keeps ten. */
const mostTags = 10;
const always = ['security', 'cloudtrail', 'aws'] as const;

/** The frameworks that most people are asked about come first; of several versions, the newest. */
const first = ['cis', 'aws-fsbp', 'aws-security-hub', 'pci-dss', 'nist'] as const;

/**
 * What GitHub filters alerts by: controls as `cis-5.0/3.1`, framework by framework. A framework stands there with all its
 * controls or not at all, unless none fits; the last tag names those of which controls are left out. The help of the rule
 * has them all.
 */
export function tagsOf(controls: readonly Control[]): readonly string[] {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))]
    .toSorted((a, b) => rank(a) - rank(b) || byVersion(b, a) || byText(a, b))
    .map((framework) => {
      const ids = controls.flatMap((it) => (it.framework === framework ? it.id : []));
      return { framework, tags: [...new Set(ids.map((id) => visible(`${framework}/${id}`)))].toSorted(byText) };
    });
  const room = mostTags - always.length;
  const all = frameworks.flatMap(({ tags }) => tags);
  if (all.length <= room) return [...always, ...all];
  const shown: string[] = [];
  const left: string[] = [];
  for (const { framework, tags } of frameworks) {
    // One is kept for the names of the others.
    if (shown.length + tags.length < room) shown.push(...tags);
    else left.push(visible(framework));
  }
  const kept = shown.length > 0 ? shown : all.slice(0, room - 1);
  return [...always, ...kept, `more in the help: ${left.join(', ')}`];
}

function rank(framework: string): number {
  const index = first.findIndex((it) => framework === it || framework.startsWith(`${it}-`));
  return index < 0 ? first.length : index;
}

/** `cis-3.0` before `cis-5.0`, and before `cis-10.0`. */
function byVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
