import type { Open } from '../step.js';

/** Ids of the assertions that fail, without those that a waiver accepts. */
export function failing({ group }: Open): ReadonlySet<string> {
  const reasons = group.root.reasons.filter((it) => it.waiver === undefined && it.unknown !== true);
  return new Set(reasons.map((it) => it.assert));
}

/** True where the deciding values say that there is none of what an expression names. */
export function lacks({ group }: Open, path: string): boolean {
  return valueOf({ group }, `has(${path})`) === false;
}

/** A deciding value, by its expression. */
export function valueOf({ group }: Pick<Open, 'group'>, expr: string): string | number | boolean | undefined {
  return group.root.reasons.flatMap((it) => it.because).find((it) => it.expr === expr)?.value;
}

/** A whole number among the parameters in force, else another one. */
export function numberParam({ group, policy }: Open, name: string, otherwise: number): number {
  const value = (group.root.params ?? policy.params)[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : otherwise;
}

/** A list of texts among the parameters in force; empty where there is none. */
export function listParam({ group, policy }: Open, name: string): readonly string[] {
  const value = (group.root.params ?? policy.params)[name];
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}
