import type { Results } from '../../model/results.js';
import { visible, prose } from '../../text/printable.js';
import { hclBlock, hclName, hclPlaceholders, type HclBlock } from '../hcl.js';
import { isPlaceholder } from '../command.js';
import type { FixPlan, Stage, Step } from '../step.js';
import type { AccountLabels } from './shell.js';

/**
 * The plan as one file of Terraform, with a provider for each account and Region that refuses other accounts. Resources
 * depend on those of the stage before. Steps that Terraform cannot do without taking over more than is known are named.
 */
export function terraformPlan({ steps, byHand }: FixPlan, results: Results, label: AccountLabels): string {
  const able = steps.filter((it) => it.terraform !== undefined);
  // What belongs to one resource of Terraform is one block: trails are settings and logging at once.
  const blocks = joined(able);
  const places = [...new Map(able.map((it) => [aliasOf(it), it])).values()];
  const placeholders = new Map(blocks.flatMap(({ block }) => hclPlaceholders(block)).map((it) => [it.placeholder, it]));
  const left = steps.filter((it) => it.terraform === undefined);
  return [
    comments([
      `Made by Trailproof ${results.tool.version} from what was read ${results.run.capturedAt}. It changed nothing.`,
      'Resources that your own configuration has already belong there: take over the arguments, not the blocks.',
      ...left.map((it) => `Not here, but as a command (trailproof fix): ${it.what}`),
      ...byHand.map(
        ({ open }) => `For people: ${open.policy.id}: ${open.group.root.target.arn ?? open.group.root.target.id}`,
      ),
    ]),
    hclBlock({
      kind: 'terraform',
      labels: [],
      attributes: { required_version: '>= 1.5' },
      blocks: [
        {
          kind: 'required_providers',
          labels: [],
          attributes: { aws: { raw: '{ source = "hashicorp/aws", version = ">= 5.0" }' } },
        },
      ],
    }),
    ...[...placeholders.values()].map((it) =>
      hclBlock({
        kind: 'variable',
        labels: [it.placeholder.toLowerCase()],
        attributes: { description: it.meaning, type: { raw: 'string' } },
      }),
    ),
    ...places.map((it) =>
      [
        comments([`Account ${label(it.accountId)}`]),
        hclBlock({
          kind: 'provider',
          labels: ['aws'],
          attributes: { alias: aliasOf(it), region: it.region, allowed_account_ids: [it.accountId] },
        }),
      ].join(''),
    ),
    ...blocks.map(({ block, what }) => `${comments(what)}${hclBlock(block)}`),
  ].join('\n');
}

interface Placed {
  readonly block: HclBlock;
  readonly what: readonly string[];
}

/** What must be there before a stage begins. */
const waitsFor: Readonly<Record<Stage, readonly Stage[]>> = {
  organization: [],
  destinations: [],
  protection: [],
  trails: ['destinations'],
  logging: ['destinations', 'trails'],
  alarms: ['trails', 'logging'],
  limits: ['trails', 'logging'],
};

function joined(steps: readonly Step[]): readonly Placed[] {
  const byAddress = new Map<string, { block: HclBlock; readonly step: Step; readonly what: string[] }>();
  for (const step of steps) {
    for (const block of step.terraform ?? []) {
      const address = addressOf(block);
      const known = byAddress.get(address);
      if (known === undefined) byAddress.set(address, { block, step, what: [describe(step)] });
      else {
        known.block = merged(known.block, block);
        known.what.push(describe(step));
      }
    }
  }
  const all = [...byAddress.values()];
  const before = (stage: Stage): readonly string[] =>
    all
      .filter((it) => it.block.kind === 'resource' && waitsFor[stage].includes(it.step.stage))
      .map((it) => it.block.labels.join('.'));
  return all.map(({ block, step, what }) => {
    if (block.kind !== 'resource') return { block, what: [] };
    const needs = before(step.stage);
    const attributes = {
      provider: { raw: `aws.${aliasOf(step)}` },
      ...block.attributes,
      ...(needs.length === 0 ? {} : { depends_on: { raw: `[${needs.join(', ')}]` } }),
    };
    return { block: { ...block, attributes }, what };
  });
}

/** Two steps on one trail, each with the whole of it: the later one starts the logging, or names what is to be said. */
function merged(first: HclBlock, second: HclBlock): HclBlock {
  const isChange = (key: string) => {
    const value = second.attributes[key];
    return key === 'enable_logging' ? value === true : isPlaceholder(value);
  };
  const changes = Object.entries(second.attributes).filter(([key]) => isChange(key));
  return { ...first, attributes: { ...first.attributes, ...Object.fromEntries(changes) } };
}

function addressOf({ kind, labels, attributes }: HclBlock): string {
  return JSON.stringify([kind, labels, kind === 'import' ? attributes['to'] : '']);
}

function describe({ what, cost, notes = [], rollback }: Step): string {
  const back =
    typeof rollback === 'string'
      ? rollback
      : 'remove or change back the arguments; the commands say how without Terraform.';
  return [what, `Costs: ${cost}.`, ...notes, `Back: ${back}`].join(' ');
}

function aliasOf({ accountId, region }: Pick<Step, 'accountId' | 'region'>): string {
  return hclName(`in_${accountId}_${region}`);
}

function comments(lines: readonly string[]): string {
  return lines.map((it) => `# ${visible(prose(it))}\n`).join('');
}
