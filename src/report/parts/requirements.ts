import { frameworks } from '../../model/frameworks.js';
import type { Control } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { prose } from '../../text/printable.js';

const titles: ReadonlyMap<string, string> = new Map(frameworks.map((it) => [it.id, it.title]));

/** The title of a framework of the catalogue, else its id. */
export function frameworkTitle(id: string): string {
  return titles.get(id) ?? prose(id);
}

/** Those of a policy are asked for with each of its evaluations. */
const requirements = new WeakMap<readonly Control[], readonly string[]>();
const standards = new WeakMap<readonly Control[], readonly string[]>();

/** `CIS AWS Foundations Benchmark 3.0.0 3.1` for each control, sorted. */
export function requirementsOf(controls: readonly Control[]): readonly string[] {
  return remembered(requirements, controls, requirementsIn);
}

/** The titles of their frameworks, sorted. */
export function standardsOf(controls: readonly Control[]): readonly string[] {
  return remembered(standards, controls, standardsIn);
}

function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make(key);
  known.set(key, made);
  return made;
}

function requirementsIn(controls: readonly Control[]): readonly string[] {
  const labels = controls.map(({ framework, id }) => `${frameworkTitle(framework)} ${prose(id)}`.trim());
  return [...new Set(labels)].filter((it) => it !== '').toSorted(byText);
}

function standardsIn(controls: readonly Control[]): readonly string[] {
  const all = controls.map(({ framework }) => frameworkTitle(framework));
  return [...new Set(all)].filter((it) => it !== '').toSorted(byText);
}
