import { stringify } from 'yaml';
import type { Results } from '../../model/results.js';
import { prose, visible } from '../../text/printable.js';
import { isPlaceholder, type Placeholder } from '../command.js';
import type { FixPlan, Step } from '../step.js';
import { stages } from '../step.js';
import type { AccountLabels } from './shell.js';

/** A template for one account and Region, of one stage. */
export interface Template {
  /** `1-destinations-111122223333-eu-central-1.yaml`: in this order. */
  readonly name: string;
  readonly text: string;
}

/**
 * The plan as templates of CloudFormation: only what it can make anew, since it does not change resources that it has not
 * made. Steps that are left out are named in the first template.
 */
export function cloudFormationTemplates(
  { steps }: FixPlan,
  results: Results,
  label: AccountLabels,
): readonly Template[] {
  const able = steps.filter((it) => it.cloudformation !== undefined);
  const left = steps.filter((it) => it.cloudformation === undefined);
  const order = Object.keys(stages);
  const groups = new Map<string, Step[]>();
  for (const step of able) {
    const name = `${order.indexOf(step.stage) + 1}-${step.stage}-${step.accountId}-${step.region}.yaml`;
    groups.set(name, [...(groups.get(name) ?? []), step]);
  }
  return [...groups].map(([name, ofPlace], index) => {
    const [{ accountId, region }] = ofPlace as [Step]; // a group has a step
    const lines = [
      `Made by Trailproof ${results.tool.version} from what was read ${results.run.capturedAt}. It changed nothing.`,
      `A stack in account ${label(accountId)}, ${region}.`,
      ...(index === 0 ? left.map((it) => `Not here, but as a command (trailproof fix): ${it.what}`) : []),
      ...ofPlace.flatMap((it) => [it.what, `Costs: ${it.cost}.`, ...(it.notes ?? []).map((note) => `Note: ${note}`)]),
      'Back: delete the stack. What has the deletion policy Retain stays.',
    ];
    const comments = lines.map((it) => `# ${visible(prose(it))}\n`).join('');
    return {
      name,
      text: `${comments}${yaml(templateOf(ofPlace))}`,
    };
  });
}

/** YAML in which nothing commands the runner of a job: only within double quotes it can be written out. */
function yaml(template: object): string {
  const options = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;
  const text = stringify(template, options);
  if (!text.includes('##[')) return text;
  return stringify(template, { ...options, defaultStringType: 'QUOTE_DOUBLE' }).replaceAll('##[', '\\u0023#[');
}

function templateOf(steps: readonly Step[]): object {
  const found = new Map<string, Placeholder>();
  const resources: Record<string, unknown> = {};
  for (const [name, resource] of steps.flatMap((it) => Object.entries(it.cloudformation ?? {}))) {
    let free = name;
    for (let number = 2; free in resources; number += 1) free = `${name}${number}`;
    resources[free] = resource;
  }
  const Resources: unknown = withRefs(resources, found);
  const parameters = [...found.values()].map((it) => [parameterName(it), { Type: 'String', Description: it.meaning }]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Fixes of findings of Trailproof',
    ...(parameters.length === 0 ? {} : { Parameters: Object.fromEntries(parameters) as object }),
    Resources,
  };
}

function withRefs(value: unknown, found: Map<string, Placeholder>): unknown {
  if (isPlaceholder(value)) {
    found.set(value.placeholder, value);
    return { Ref: parameterName(value) };
  }
  if (Array.isArray(value)) return value.map((it) => withRefs(it, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withRefs(member, found)]));
}

/** `TopicArn` for TOPIC_ARN. */
function parameterName({ placeholder }: Placeholder): string {
  return placeholder
    .split('_')
    .map((it) => `${it.slice(0, 1)}${it.slice(1).toLowerCase()}`)
    .join('');
}
