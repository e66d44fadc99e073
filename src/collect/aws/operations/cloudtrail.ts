import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { exactly, sum, times, upTo, type Range } from '../../plan/range.js';
import { aboutResources, forEachTrail, inAccounts, inEachRegion, type PlanFigures } from '../../plan/rule.js';
import { operation } from '../service.js';
import { withUnknownMembers } from '../unknown-members.js';
import { cloudtrailService, quota } from './services.js';

const cloudtrailReads = quota('cloudtrail-reads', 10, 10);

export const cloudtrailOperations = {
  'cloudtrail:ListTrails': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListTrails',
      purpose: 'The trails of an account, wherever they are homed',
      quota: cloudtrailReads,
      plan: inAccounts(({ inputs: { read, otherReaders } }) => ({ atLeast: read, atMost: read + otherReaders })),
    },
    (m, client, input: cloudtrail.ListTrailsCommandInput, o) => client.send(new m.ListTrailsCommand(input), o),
  ),
  'cloudtrail:DescribeTrails': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:DescribeTrails',
      purpose: 'Their configuration',
      quota: cloudtrailReads,
      plan: aboutResources('owners', descriptions),
    },
    (m, client, input: cloudtrail.DescribeTrailsCommandInput, o) => client.send(new m.DescribeTrailsCommand(input), o),
  ),
  'cloudtrail:GetTrailStatus': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetTrailStatus',
      purpose: 'Whether a trail logs and delivers, as its owner and as each member sees it',
      quota: cloudtrailReads,
      absentWhen: ['TrailNotFoundException'],
      plan: forEachTrail('read', exactly(1), observed),
      notRecorded: 'AWS Config does not record whether a trail logs and delivers.',
    },
    (m, client, input: cloudtrail.GetTrailStatusCommandInput, o) => client.send(new m.GetTrailStatusCommand(input), o),
  ),
  'cloudtrail:GetEventSelectors': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetEventSelectors',
      purpose: 'Which events a trail records',
      quota: cloudtrailReads,
      plan: forEachTrail('owners', exactly(1)),
      notRecorded: 'AWS Config does not record which events a trail selects.',
    },
    (m, client, input: cloudtrail.GetEventSelectorsCommandInput, o) =>
      withUnknownMembers(o, async (options) => await client.send(new m.GetEventSelectorsCommand(input), options)),
  ),
  'cloudtrail:GetInsightSelectors': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetInsightSelectors',
      purpose: 'Which Insights events a trail records',
      quota: cloudtrailReads,
      absentWhen: ['InsightNotEnabledException'],
      plan: forEachTrail('owners', upTo(1)),
      notRecorded: 'AWS Config does not record which Insights events a trail selects.',
    },
    (m, client, input: cloudtrail.GetInsightSelectorsCommandInput, o) =>
      client.send(new m.GetInsightSelectorsCommand(input), o),
  ),
  'cloudtrail:ListTags': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListTags',
      purpose: 'The tags of trails, where a policy asks',
      quota: cloudtrailReads,
      plan: aboutResources('owners', ({ trails }) => ({
        atLeast: Math.min(1, trails.atLeast),
        atMost: trails.atMost,
      })),
      notRecorded: 'AWS Config does not record the tags of a trail.',
    },
    (m, client, input: cloudtrail.ListTagsCommandInput, o) => client.send(new m.ListTagsCommand(input), o),
  ),
  'cloudtrail:ListEventDataStores': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListEventDataStores',
      purpose: 'The event data stores of the management account and delegated administrators (members: with --deep)',
      quota: cloudtrailReads,
      // CloudTrail Lake is closed to new customers since 2026-05-31: an account without it has no stores.
      absentWhen: ['UnsupportedOperationException'],
      plan: inEachRegion('stores', ({ inputs, regions, wants }) =>
        wants('account:ListRegions') ? times(exactly(inputs.withStores), regions) : exactly(0),
      ),
      notRecorded: 'Whether there are event data stores besides those that AWS Config recorded is not known.',
    },
    (m, client, input: cloudtrail.ListEventDataStoresCommandInput, o) =>
      client.send(new m.ListEventDataStoresCommand(input), o),
  ),
  'cloudtrail:GetEventDataStore': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetEventDataStore',
      purpose: 'Which events an event data store records, and how long it keeps them',
      quota: cloudtrailReads,
      absentWhen: ['EventDataStoreNotFoundException'],
      plan: aboutResources('stores', ({ eventDataStores }) => eventDataStores),
    },
    (m, client, input: cloudtrail.GetEventDataStoreCommandInput, o) =>
      withUnknownMembers(o, async (options) => await client.send(new m.GetEventDataStoreCommand(input), options)),
  ),
} as const;

/** One for each home Region of an account's trails; alone, one more finds the organization's. */
function descriptions({ inputs, trails, readElsewhere }: PlanFigures): Range {
  return sum([
    { atLeast: Math.min(1, trails.atLeast), atMost: trails.atMost + readElsewhere },
    inputs.isAlone ? exactly(1) : upTo(inputs.otherReaders),
  ]);
}

/** Each account is asked for its own view of the organization's trails; with `--deep`, owners in each Region. */
function observed({ inputs, organizationTrails, trails, regions, wants }: PlanFigures): Range {
  if (!wants('account:ListRegions')) return exactly(0);
  const elsewhere = inputs.trailsEverywhere ? trails.atMost * regions.atMost : 0;
  return upTo(organizationTrails.atMost * inputs.read + elsewhere);
}
