import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { operation } from '../service.js';
import { cloudtrailService, quota } from './services.js';

/**
 * For an event data store that is asked with CloudTrail Lake, and never for a scan. Starting and cancelling a query change
 * nothing of what is asked, but start costs: a run must be told to do so.
 * Quotas: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export const lakeOperations = {
  'cloudtrail:StartQuery': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:StartQuery',
      purpose: 'Starts the query that finds the events',
      quota: quota('cloudtrail-starts', 1, 1),
      optIn: 'lake',
    },
    (m, client, input: cloudtrail.StartQueryCommandInput, o) => client.send(new m.StartQueryCommand(input), o),
  ),
  'cloudtrail:DescribeQuery': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:DescribeQuery',
      purpose: 'Whether the query is done, and what it has read',
      quota: quota('cloudtrail-reads', 10, 10),
    },
    (m, client, input: cloudtrail.DescribeQueryCommandInput, o) => client.send(new m.DescribeQueryCommand(input), o),
  ),
  'cloudtrail:GetQueryResults': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:GetQueryResults',
      purpose: 'Its result',
      quota: quota('cloudtrail-reads', 10, 10),
    },
    (m, client, input: cloudtrail.GetQueryResultsCommandInput, o) =>
      client.send(new m.GetQueryResultsCommand(input), o),
  ),
  'cloudtrail:CancelQuery': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:CancelQuery',
      purpose: 'Stops it when the run is stopped, or the budget is reached',
      quota: quota('cloudtrail-starts', 1, 1),
      optIn: 'lake',
    },
    (m, client, input: cloudtrail.CancelQueryCommandInput, o) => client.send(new m.CancelQueryCommand(input), o),
  ),
} as const;
