import type * as eventbridge from '@aws-sdk/client-eventbridge';
import { times, upTo } from '../../plan/range.js';
import { aboutResources, inEachRegion, type PlanFigures } from '../../plan/rule.js';
import { operation } from '../service.js';
import { eventbridgeService, quota } from './services.js';

/**
 * EventBridge allows 50 calls a second of all but the writing of events.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const ruleReads = quota('events-reads', 50, 50);

/**
 * Whose event buses get changes of trails: of their owners, of organization trails those of administrators, too; and those
 * of each Region where they are asked for.
 */
const places = ({ onePerTrail, organizationTrails, inputs, regions }: PlanFigures): number =>
  onePerTrail.atMost +
  organizationTrails.atMost * inputs.otherReaders +
  inputs.chosen['event-bus'].atMost * regions.atMost;

/** Most accounts have no rule on changes of trails, others one, or one for each of the four changes. */
const rulesInPlace = 4;

/** Rules that send events on send them to a central event bus, most often in another Region or account. */
const busesInPlace = 1;

/** So many event buses are reckoned with to which rules send events on, where rules are asked for. */
export function busesSentTo(figures: PlanFigures): number {
  return figures.wants('events:ListEventBuses') ? places(figures) * busesInPlace : 0;
}

export const eventBusOperations = {
  'events:DescribeEventBus': operation(
    eventbridgeService,
    {
      action: 'events:DescribeEventBus',
      purpose: 'The default event bus of each Region, where a policy asks for it',
      quota: ruleReads,
      plan: inEachRegion('read', ({ inputs, regions }) => times(inputs.chosen['event-bus'], regions)),
    },
    (m, client, input: eventbridge.DescribeEventBusCommandInput, o) =>
      client.send(new m.DescribeEventBusCommand(input), o),
  ),
} as const;

export const eventsOperations = {
  'events:ListRules': operation(
    eventbridgeService,
    {
      action: 'events:ListRules',
      purpose: 'The EventBridge rules that react to changes of trails, or to any event of CloudTrail',
      quota: ruleReads,
      plan: aboutResources('owners', (figures) => upTo(places(figures) * (1 + busesInPlace))),
      notRecorded: 'Rules of EventBridge are read live: AWS Config records them, and not whom their targets tell.',
    },
    (m, client, input: eventbridge.ListRulesCommandInput, o) => client.send(new m.ListRulesCommand(input), o),
  ),
  'events:ListEventBuses': operation(
    eventbridgeService,
    {
      action: 'events:ListEventBuses',
      purpose: 'Policies of the event buses to which these rules send events on',
      quota: ruleReads,
      plan: aboutResources('anywhere', (figures) => upTo(busesSentTo(figures))),
      notRecorded: 'Event buses are read live: AWS Config is not asked for their policies.',
    },
    (m, client, input: eventbridge.ListEventBusesCommandInput, o) => client.send(new m.ListEventBusesCommand(input), o),
  ),
  'events:ListTargetsByRule': operation(
    eventbridgeService,
    {
      action: 'events:ListTargetsByRule',
      purpose: 'What these rules start',
      quota: ruleReads,
      absentWhen: ['ResourceNotFoundException'],
      plan: aboutResources('owners', (figures) => upTo(places(figures) * rulesInPlace * (1 + busesInPlace))),
      notRecorded: 'Targets of EventBridge rules are read live.',
    },
    (m, client, input: eventbridge.ListTargetsByRuleCommandInput, o) =>
      client.send(new m.ListTargetsByRuleCommand(input), o),
  ),
} as const;
