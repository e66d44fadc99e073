import { placeholderName, type Command, type Word } from '../command.js';
import type { Open, Step } from '../step.js';
import { failing, numberParam, valueOf } from './failing.js';

/** The step for a finding of an event data store; undefined: a person has to decide. */
export function storeStep(open: Open): Step | undefined {
  switch (open.policy.id) {
    case 'event-data-store-keeps-events':
      return storeRetention(open);
    case 'event-data-store-is-ingesting':
      return ingestion(open);
    case 'event-data-store-records-every-region':
      return everyRegion(open);
    case 'event-data-store-encrypts-with-kms':
      return key(open);
    default:
      return undefined;
  }
}

function call({ group }: Open, operation: string, ...words: readonly Word[]): Command {
  const { id, region } = group.root.target;
  return { words: ['cloudtrail', operation, '--region', region, '--event-data-store', id, ...words] };
}

function ingestion(open: Open): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  // Where it is enabled, its key cannot be used: that is another step.
  if (valueOf(open, 'eventDataStore.status') !== 'STOPPED_INGESTION') return undefined;
  return {
    stage: 'logging',
    accountId,
    region,
    fixes: [open],
    what: `Event data store ${id} takes in events again.`,
    commands: [call(open, 'start-event-data-store-ingestion')],
    rollback: [call(open, 'stop-event-data-store-ingestion')],
    cost: 'ingestion of CloudTrail Lake, by the gigabyte',
    notes: ['Find out first who stopped it, and why. What happened meanwhile does not come later.'],
  };
}

function everyRegion(open: Open): Step {
  const { id, accountId, region } = open.group.root.target;
  return {
    stage: 'trails',
    accountId,
    region,
    fixes: [open],
    what: `Event data store ${id} takes in the events of all Regions.`,
    commands: [call(open, 'update-event-data-store', '--multi-region-enabled')],
    rollback: [call(open, 'update-event-data-store', '--no-multi-region-enabled')],
    cost: 'ingestion of CloudTrail Lake, by the gigabyte',
    notes: ['Where the law keeps events in their Region, waive the finding.'],
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html */
function key(open: Open): Step {
  const { id, accountId, region } = open.group.root.target;
  const placeholder = {
    placeholder: placeholderName('KMS_KEY_ARN', accountId, region),
    meaning: `the ARN of a symmetric key in ${region}, whose policy lets CloudTrail encrypt and the readers of the logs decrypt`,
  };
  return {
    stage: 'trails',
    accountId,
    region,
    fixes: [open],
    what: `Event data store ${id} encrypts with a KMS key.`,
    commands: [call(open, 'update-event-data-store', '--kms-key-id', placeholder)],
    rollback: 'A key that is set can be exchanged for another one, and not be removed again.',
    cost: 'the key by the month, and its requests',
    notes: ['A store stops to take in events when its key is disabled: keep it as long as the store.'],
  };
}

function storeRetention(open: Open): Step | undefined {
  const { id, accountId, region } = open.group.root.target;
  const failed = failing(open);
  if (failed.has('not-pending-deletion') || failed.size === 0) return undefined;
  const days = numberParam(open, 'minDays', 365);
  const period = failed.has('retention') ? ['--retention-period', String(days)] : [];
  const protection = failed.has('termination-protection') ? ['--termination-protection-enabled'] : [];
  return {
    stage: 'trails',
    accountId,
    region,
    fixes: [open],
    what: `Event data store ${id} ${[
      ...(period.length > 0 ? [`keeps events for ${days} days`] : []),
      ...(protection.length > 0 ? ['is protected from termination'] : []),
    ].join(', and ')}.`,
    commands: [call(open, 'update-event-data-store', ...period, ...protection)],
    rollback:
      'Set the former values again with update-event-data-store. Events older than a shorter retention are deleted.',
    cost: period.length > 0 ? 'longer retention of CloudTrail Lake, by the gigabyte' : 'none',
  };
}
