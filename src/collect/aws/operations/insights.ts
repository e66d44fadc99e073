import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../service.js';
import { logsService, quota } from './services.js';

/**
 * For a log group that is asked with CloudWatch Logs Insights, and never for a scan. Starting and stopping a query change
 * nothing of what is asked, but start costs: a run must be told to do so.
 */
export const insightsOperations = {
  'logs:StartQuery': operation(
    logsService,
    {
      action: 'logs:StartQuery',
      purpose: 'Starts a query that finds events',
      quota: quota('logs-query-starts', 5, 5),
      optIn: 'insights',
    },
    (m, client, input: logs.StartQueryCommandInput, o) => client.send(new m.StartQueryCommand(input), o),
  ),
  'logs:GetQueryResults': operation(
    logsService,
    {
      action: 'logs:GetQueryResults',
      purpose: 'Whether the query is done, what it has read, and its result',
      quota: quota('logs-query-results', 5, 5),
    },
    (m, client, input: logs.GetQueryResultsCommandInput, o) => client.send(new m.GetQueryResultsCommand(input), o),
  ),
  'logs:StopQuery': operation(
    logsService,
    {
      action: 'logs:StopQuery',
      purpose: 'Stops it when the run is stopped, or the budget is reached',
      quota: quota('logs-query-starts', 5, 5),
      optIn: 'insights',
    },
    (m, client, input: logs.StopQueryCommandInput, o) => client.send(new m.StopQueryCommand(input), o),
  ),
} as const;
