import type * as athena from '@aws-sdk/client-athena';
import { operation } from '../service.js';
import { athenaService, quota } from './services.js';

/**
 * For a table of log files that is asked with Athena, and never for a scan. Starting and stopping a query change nothing
 * of what is asked, but start costs and write a result: a run must be told to do so.
 * Quotas: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 */
export const athenaOperations = {
  'athena:GetTableMetadata': operation(
    athenaService,
    {
      action: 'athena:GetTableMetadata',
      purpose: 'The columns and partitions of a table of log files',
      quota: quota('athena-metadata', 5, 5),
    },
    (m, client, input: athena.GetTableMetadataCommandInput, o) => client.send(new m.GetTableMetadataCommand(input), o),
  ),
  'athena:StartQueryExecution': operation(
    athenaService,
    {
      action: 'athena:StartQueryExecution',
      purpose: 'Starts the query that finds the events',
      quota: quota('athena-starts', 5, 5),
      optIn: 'athena',
    },
    (m, client, input: athena.StartQueryExecutionCommandInput, o) =>
      client.send(new m.StartQueryExecutionCommand(input), o),
  ),
  'athena:GetQueryExecution': operation(
    athenaService,
    {
      action: 'athena:GetQueryExecution',
      purpose: 'Whether the query is done, and what it has read',
      quota: quota('athena-states', 100, 100),
    },
    (m, client, input: athena.GetQueryExecutionCommandInput, o) =>
      client.send(new m.GetQueryExecutionCommand(input), o),
  ),
  'athena:GetQueryResults': operation(
    athenaService,
    {
      action: 'athena:GetQueryResults',
      purpose: 'Its result, where the object with it cannot be read',
      quota: quota('athena-results', 100, 100),
    },
    (m, client, input: athena.GetQueryResultsCommandInput, o) => client.send(new m.GetQueryResultsCommand(input), o),
  ),
  'athena:StopQueryExecution': operation(
    athenaService,
    {
      action: 'athena:StopQueryExecution',
      purpose: 'Stops it when the run is stopped, or the budget is reached',
      quota: quota('athena-starts', 5, 5),
      optIn: 'athena',
    },
    (m, client, input: athena.StopQueryExecutionCommandInput, o) =>
      client.send(new m.StopQueryExecutionCommand(input), o),
  ),
} as const;
