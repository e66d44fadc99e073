import { frameworks } from '../../model/frameworks.js';
import type { Control } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { prose } from '../../text/printable.js';

const titles: ReadonlyMap<string, string> = new Map(frameworks.map((it) => [it.id, it.title]));

/** The title of a framework of the catalogue, else its id. */
export function frameworkTitle(id: string): string {
  return titles.get(id) ?? prose(id);
}

/** `CIS AWS Foundations Benchmark 3.0.0 3.1` for each control, sorted. */
export function requirementsOf(controls: readonly Control[]): readonly string[] {
  const labels = controls.map(({ framework, id }) => `${frameworkTitle(framework)} ${prose(id)}`.trim());
  return [...new Set(labels)].filter((it) => it !== '').toSorted(byText);
}

/** The titles of their frameworks, sorted. */
export function standardsOf(controls: readonly Control[]): readonly string[] {
  const all = controls.map(({ framework }) => frameworkTitle(framework));
  return [...new Set(all)].filter((it) => it !== '').toSorted(byText);
}
