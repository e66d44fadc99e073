import { resourceKinds } from '../../model/resource-kinds.js';
import type { Control, Remediation, Target } from '../../model/results.js';
import { byText } from '../../text/order.js';

/** A way to fix it that a policy offers beside its text. */
export interface Recipe {
  readonly label: string;
  /** For the code block; none for steps in words. */
  readonly language?: 'sh' | 'hcl' | 'yaml';
  readonly content: string;
}

/** The recipes that the policy gives, in one order; about one resource they name it. */
export function recipes(remediation: Remediation, about: readonly Target[] = []): readonly Recipe[] {
  const { console, terraform, cloudformation } = remediation;
  const cli = remediation.cli === undefined ? undefined : named(remediation.cli, about);
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

/** A command about one resource, with its name instead of what stands for it; of a hostile name nothing gets there. */
function named(command: string, about: readonly Target[]): string {
  const [target, ...others] = about;
  if (target === undefined || others.length > 0) return command;
  const { inCommands } = resourceKinds[target.type];
  if (inCommands === undefined) return command;
  const name = inCommands.by === 'name' ? target.name : (target.arn ?? target.id);
  return name !== undefined && /^[\w:./-]+$/.test(name) ? command.replaceAll(inCommands.placeholder, name) : command;
}
