import type * as eventbridge from '@aws-sdk/client-eventbridge';
import { times, upTo } from '../../plan/range.js';
import { aboutResources, inEachRegion } from '../../plan/rule.js';
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
const places = ({ onePerTrail, organizationTrails, inputs, regions }: Figures): number =>
  onePerTrail.atMost +
  organizationTrails.atMost * inputs.otherReaders +
  inputs.chosen['event-bus'].atMost * regions.atMost;

type Figures = Parameters<Parameters<typeof aboutResources>[1]>[0];

/** Most accounts have no rule on changes of trails, others one, or one for each of the four changes. */
const rulesInPlace = 4;

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
      plan: aboutResources('owners', (figures) => upTo(places(figures))),
      notRecorded: 'Rules of EventBridge are read live: AWS Config records them, and not whom their targets tell.',
    },
    (m, client, input: eventbridge.ListRulesCommandInput, o) => client.send(new m.ListRulesCommand(input), o),
  ),
  'events:ListTargetsByRule': operation(
    eventbridgeService,
    {
      action: 'events:ListTargetsByRule',
      purpose: 'What these rules start',
      quota: ruleReads,
      absentWhen: ['ResourceNotFoundException'],
      plan: aboutResources('owners', (figures) => upTo(places(figures) * rulesInPlace)),
      notRecorded: 'Targets of EventBridge rules are read live.',
    },
    (m, client, input: eventbridge.ListTargetsByRuleCommandInput, o) =>
      client.send(new m.ListTargetsByRuleCommand(input), o),
  ),
} as const;
