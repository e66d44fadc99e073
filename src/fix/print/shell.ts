import type { Results } from '../../model/results.js';

import { counted } from '../../text/plural.js';
import { prose, visible } from '../../text/printable.js';
import { commandLine, placeholdersIn, type Placeholder } from '../command.js';
import type { ByHand, FixPlan, Stage, Step } from '../step.js';
import { stages } from '../step.js';

/** What people know of accounts. */
export type AccountLabels = (id: string) => string;

/** The plan as a script of the AWS CLI, stage by stage and account by account. It stops at the first command that fails. */
export function shellPlan({ steps, byHand }: FixPlan, results: Results, label: AccountLabels): string {
  const placeholders = placeholdersIn(steps.flatMap((it) => it.commands));
  const lines = [
    '#!/usr/bin/env bash',
    ...introduction(steps, byHand, results).map((it) => `# ${it}`.trimEnd()),
    'set -euo pipefail',
    '',
    ...required(placeholders),
    ...asAccount(steps),
    ...(Object.keys(stages) as Stage[]) // the keys of the table above
      .filter((stage) => steps.some((it) => it.stage === stage))
      .flatMap((stage) =>
        stageLines(
          stage,
          steps.filter((it) => it.stage === stage),
          label,
        ),
      ),
    ...byHandLines(byHand, label),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function introduction(steps: readonly Step[], byHand: readonly ByHand[], { run, tool }: Results): readonly string[] {
  const at = visible(run.capturedAt);
  return [
    `Made by Trailproof ${visible(tool.version)} from what was read ${at} (${visible(run.source)}). It changed nothing.`,
    `${counted(steps.length, 'step')} here, ${counted(byHand.length, 'finding')} for people at the end. Read each step before you run it.`,
    'The order matters: buckets and keys accept the logs before trails are changed; limits come last, once deliveries arrive.',
  ];
}

function required(placeholders: readonly Placeholder[]): readonly string[] {
  if (placeholders.length === 0) return [];
  return [
    '# What could not be derived. Set each before you run this: export NAME=…',
    ...placeholders.map((it) => `: "\${${it.placeholder}:?${it.meaning}}"`),
    '',
  ];
}

function asAccount(steps: readonly Step[]): readonly string[] {
  if (steps.length === 0) return [];
  return [
    '# For each account, the profile of the AWS CLI: export PROFILE_111122223333=NAME. Without one, the credentials of the',
    '# environment are used. Other credentials than those of the account are refused.',
    'as_account() {',
    '  local name="PROFILE_$1" actual whose="the credentials are"',
    '  profile="${!name:-}"',
    '  if [ -n "$profile" ]; then whose="profile $profile is"; fi',
    '  actual="$(aws sts get-caller-identity --query Account --output text)"',
    '  if [ "$actual" = "$1" ]; then return; fi',
    '  echo "The next steps are for account $1, and $whose of $actual: export $name=NAME" >&2',
    '  exit 1',
    '}',
    '# Keys in the environment win over AWS_PROFILE, and not over --profile.',
    'aws() {',
    '  if [ -n "${profile:-}" ]; then command aws --profile "$profile" "$@"; else command aws "$@"; fi',
    '}',
    '',
  ];
}

function stageLines(stage: Stage, steps: readonly Step[], label: AccountLabels): readonly string[] {
  const accounts = [...new Set(steps.map((it) => it.accountId))];
  return [
    `# ==== ${stages[stage]}`,
    '',
    ...accounts.flatMap((id) =>
      [`# ---- Account ${label(id)}`, `as_account ${id}`, ''].concat(
        steps.filter((it) => it.accountId === id).flatMap(stepLines),
      ),
    ),
  ];
}

function stepLines(step: Step): readonly string[] {
  const fixes = step.fixes.map(({ group, policy }) => `${group.severity} ${policy.id}`);
  const back =
    typeof step.rollback === 'string'
      ? [`# Back: ${prose(step.rollback)}`]
      : ['# Back:', ...step.rollback.flatMap((it) => commandLine(it).split('\n')).map((it) => `#   ${visible(it)}`)];
  return [
    `# ${prose(step.what)}`,
    `# Fixes: ${[...new Set(fixes)].map(visible).join(', ')}`,
    `# Costs: ${prose(step.cost)}`,
    ...(step.notes ?? []).map((it) => `# Note: ${prose(it)}`),
    ...step.commands.map(commandLine),
    ...back,
    '',
  ];
}

function byHandLines(byHand: readonly ByHand[], label: AccountLabels): readonly string[] {
  if (byHand.length === 0) return [];
  return [
    '# ==== For people',
    '',
    ...byHand.flatMap(({ open: { group, policy }, text, why, recipe }) => [
      `# ${group.severity} ${visible(policy.id)}: ${visible(group.root.target.arn ?? group.root.target.id)}`,
      `#   in account ${label(group.root.target.accountId)}`,
      `#   ${prose(group.root.message)}`,
      `#   To do: ${prose(text)}`,
      `#   Why by hand: ${prose(why)}`,
      ...(recipe === undefined
        ? []
        : [
            '#   The recipe of the policy, with words in capitals for names:',
            ...recipe
              .trimEnd()
              .split('\n')
              .map((it) => `#     ${visible(it)}`),
          ]),
      '',
    ]),
  ];
}
