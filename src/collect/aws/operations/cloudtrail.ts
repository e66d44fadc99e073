import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { operation } from '../service.js';
import { cloudtrailService, quota } from './services.js';

const cloudtrailReads = quota('cloudtrail-reads', 10, 10);

export const cloudtrailOperations = {
  'cloudtrail:ListTrails': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListTrails',
      purpose: 'The trails of an account, wherever they are homed',
      quota: cloudtrailReads,
    },
    (m, client, input: cloudtrail.ListTrailsCommandInput, o) => client.send(new m.ListTrailsCommand(input), o),
  ),
  'cloudtrail:DescribeTrails': operation(
    cloudtrailService,
    { action: 'cloudtrail:DescribeTrails', purpose: 'Their configuration', quota: cloudtrailReads },
    (m, client, input: cloudtrail.DescribeTrailsCommandInput, o) => client.send(new m.DescribeTrailsCommand(input), o),
  ),
  'cloudtrail:GetTrailStatus': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetTrailStatus',
      purpose: 'Whether a trail logs and delivers, as its owner and as each member sees it',
      quota: cloudtrailReads,
      absentWhen: ['TrailNotFoundException'],
    },
    (m, client, input: cloudtrail.GetTrailStatusCommandInput, o) => client.send(new m.GetTrailStatusCommand(input), o),
  ),
  'cloudtrail:GetEventSelectors': operation(
    cloudtrailService,
    { action: 'cloudtrail:GetEventSelectors', purpose: 'Which events a trail records', quota: cloudtrailReads },
    (m, client, input: cloudtrail.GetEventSelectorsCommandInput, o) =>
      client.send(new m.GetEventSelectorsCommand(input), o),
  ),
  'cloudtrail:GetInsightSelectors': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetInsightSelectors',
      purpose: 'Which Insights events a trail records',
      quota: cloudtrailReads,
      absentWhen: ['InsightNotEnabledException'],
    },
    (m, client, input: cloudtrail.GetInsightSelectorsCommandInput, o) =>
      client.send(new m.GetInsightSelectorsCommand(input), o),
  ),
  'cloudtrail:ListEventDataStores': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListEventDataStores',
      purpose: 'The event data stores of the management account and delegated administrators (members: with --deep)',
      quota: cloudtrailReads,
      // CloudTrail Lake is closed to new customers since 2026-05-31: an account without it has no stores.
      absentWhen: ['UnsupportedOperationException'],
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
    },
    (m, client, input: cloudtrail.GetEventDataStoreCommandInput, o) =>
      client.send(new m.GetEventDataStoreCommand(input), o),
  ),
} as const;
