import type { Control, Remediation } from '../../model/results.js';
import { byText } from '../../text/order.js';

/** A way to fix it that a policy offers beside its text. */
export interface Recipe {
  readonly label: string;
  /** For the code block; none for steps in words. */
  readonly language?: 'sh' | 'hcl' | 'yaml';
  readonly content: string;
}

/** The recipes that the policy gives, in one order. */
export function recipes(remediation: Remediation): readonly Recipe[] {
  const { console, cli, terraform, cloudformation } = remediation;
  return [
    ...(console === undefined ? [] : [{ label: 'Console', content: console }]),
    ...(cli === undefined ? [] : [{ label: 'AWS CLI', language: 'sh' as const, content: cli }]),
    ...(terraform === undefined ? [] : [{ label: 'Terraform', language: 'hcl' as const, content: terraform }]),
    ...(cloudformation === undefined
      ? []
      : [{ label: 'CloudFormation', language: 'yaml' as const, content: cloudformation }]),
  ];
}

/** `cis-3.0 3.2`, sorted. Raw: not yet safe to print. */
export function controlLabels(controls: readonly Control[]): readonly string[] {
  return [...new Set(controls.map(({ framework, id }) => `${framework} ${id}`))].toSorted(byText);
}
