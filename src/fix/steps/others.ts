import type { Command } from '../command.js';
import { jsonWord } from '../command.js';
import { nameInArn, type FixContext } from '../context.js';
import type { Open, Step } from '../step.js';
import { storeStep } from './event-data-store.js';
import { failing, numberParam, valueOf } from './failing.js';
import { accountBlocksPublicAccess } from './public-access.js';
import { trailTags } from './tags.js';

/** Retentions that CloudWatch Logs knows. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Steps for keys, log groups, stores and Insights; undefined: a person has to decide. */
export function otherStep(open: Open, context: FixContext): Step | undefined {
  switch (open.policy.id) {
    case 'kms-key-rotates':
      return rotation(open);
    case 'kms-key-is-usable':
      return usable(open);
    case 'log-group-keeps-events':
    case 'log-group-retains-logs':
      return retention(open, context);
    case 'account-blocks-public-access':
      return accountBlocksPublicAccess(open, context);
    case 'trail-is-tagged':
      return trailTags(open, context);
    case 'trail-has-insights':
      return insights(open, context);
    default:
      return storeStep(open);
  }
}

function rotation(open: Open): Step {
  const { id, accountId, region } = open.group.root.target;
  const period = Math.max(90, Math.min(2560, numberParam(open, 'maxRotationDays', 365)));
  const kms = (operation: string, ...words: readonly string[]): Command => ({
    words: ['kms', operation, '--region', region, '--key-id', id, ...words],
  });
  return {
    stage: 'protection',
    accountId,
    region,
    fixes: [open],
    what: `Key ${id} rotates every ${period} days.`,
    commands: [kms('enable-key-rotation', '--rotation-period-in-days', String(period))],
    rollback: [kms('disable-key-rotation')],
    cost: 'the first two rotations by the month',
    notes: ['What was encrypted before stays readable.'],
  };
}

function usable(open: Open): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  const state = valueOf(open, 'key.keyState');
  const kms = (operation: string): Command => ({ words: ['kms', operation, '--region', region, '--key-id', id] });
  const enable = kms('enable-key');
  const commands =
    state === 'Disabled' ? [enable] : state === 'PendingDeletion' ? [kms('cancel-key-deletion'), enable] : [];
  if (commands.length === 0) return undefined;
  return {
    stage: 'destinations',
    accountId,
    region,
    fixes: [open],
    what: `Key ${id} can be used again; it is ${String(state)}.`,
    commands,
    rollback: [kms('disable-key')],
    cost: 'the key by the month',
    notes: [
      'Find out who did it, and why. Log files that could not be encrypted meanwhile are delivered again for 30 days.',
    ],
  };
}

function retention(open: Open, context: FixContext): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  const name = nameInArn(id, 'log-group:');
  const failed = failing(open);
  const days = retentions.find((it) => it >= numberParam(open, 'minDays', 365));
  // The class cannot be changed, and a key is a decision.
  if (name === undefined || days === undefined || failed.size !== 1 || !failed.has('retention')) return undefined;
  const details = context.logGroup(id)?.details;
  const before = details?.state === 'known' ? details.value.retentionInDays : undefined;
  const put = (count: number): Command => ({
    words: [
      'logs',
      'put-retention-policy',
      '--region',
      region,
      '--log-group-name',
      name,
      '--retention-in-days',
      String(count),
    ],
  });
  return {
    stage: 'protection',
    accountId,
    region,
    fixes: [open],
    what: `Log group ${name} keeps events for ${days} days.`,
    commands: [put(days)],
    rollback:
      before === undefined
        ? 'Set the former retention again. CloudWatch Logs then deletes what is older.'
        : [put(before)],
    cost: 'storage of CloudWatch Logs, by the gigabyte and month',
    notes: ['What was deleted by the former retention does not come back.'],
  };
}

function insights(open: Open, context: FixContext): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  const had = context.trail(id)?.insightSelectors;
  if (had === undefined || had.state === 'unknown') return undefined;
  const wanted = (open.group.root.params ?? open.policy.params)['types'];
  const types = Array.isArray(wanted) ? wanted.filter((it) => typeof it === 'string') : [];
  if (types.length === 0) return undefined;
  const before = (had.state === 'known' ? had.value : []).map((it) =>
    it.eventCategories.length === 0
      ? { InsightType: it.insightType }
      : { InsightType: it.insightType, EventCategories: it.eventCategories },
  );
  const missing = types.filter((type) => !before.some((it) => it.InsightType === type));
  const put = (selectors: readonly object[]): Command => ({
    words: [
      'cloudtrail',
      'put-insight-selectors',
      '--region',
      region,
      '--trail-name',
      id,
      '--insight-selectors',
      jsonWord(selectors),
    ],
  });
  // What is there already does not suffice for another reason.
  if (missing.length === 0) return undefined;
  return {
    stage: 'trails',
    accountId,
    region,
    fixes: [open],
    what: `Trail ${id} has Insights events for ${missing.join(' and ')}.`,
    commands: [put([...before, ...missing.map((it) => ({ InsightType: it }))])],
    rollback: [put(before)],
    cost: 'by the number of events that are analyzed',
  };
}
