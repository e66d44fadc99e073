import { parseArn } from '../model/identifiers.js';
import { mapKnown, unknown, type Known } from '../model/known.js';
import type { Inventory } from '../model/inventory.js';
import { doubt, sure, type BusRule, type ChainSources, type RuleSources } from '../facts/index.js';
import { busRule, placeOf, sendingSources } from './other-buses.js';
import { neverRecorded, type World } from './world.js';

/** Targets that start, stop or scale something, and tell no one. */
const toNoOne: ReadonlySet<string> = new Set(['autoscaling', 'batch', 'ec2', 'ecs', 'redshift', 'redshift-serverless']);

/** What an inventory tells of whom rules tell. */
export function ruleSources(
  { topicOf }: Pick<ChainSources, 'topicOf'>,
  inventory: Inventory,
  note: World['note'],
): RuleSources {
  const noteUnsupported = (resource: string, message: string): string => {
    const { accountId = 'unknown', region = 'global' } = parseArn(resource) ?? {};
    return note({ call: 'events:ListTargetsByRule', accountId, region, resource, reason: 'unsupported', message });
  };
  return {
    topicOf,
    ...sendingSources(inventory, note),
    tellsSomeone: (arn) => {
      const { service } = parseArn(arn) ?? {};
      if (service !== undefined && toNoOne.has(service)) return sure(false);
      return doubt([noteUnsupported(arn, `Whether ${arn}, which a rule starts, notifies anyone is not looked at.`)]);
    },
    noteUnsupported,
  };
}

/** The rules of an account and Region, as they were read. */
export function rulesAt(accountId: string, region: string, world: World): Known<readonly BusRule[]> {
  const place = placeOf(world.inventory, accountId, region);
  if (place !== undefined) return mapKnown(place.rules, (rules) => rules.map(busRule));
  const message = `The inventory tells nothing of the rules of account ${accountId} in ${region}.`;
  const reason = neverRecorded(world.inventory);
  return unknown(world.note({ call: 'events:ListRules', accountId, region, reason, message }));
}
