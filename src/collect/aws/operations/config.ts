import type * as config from '@aws-sdk/client-config-service';
import { times, upTo } from '../../plan/range.js';
import { inEachRegion } from '../../plan/rule.js';
import { operation } from '../service.js';
import { configService, quota } from './services.js';

/** AWS Config publishes no rates; its answers to bursts of BatchGet calls are known to be "Rate exceeded". */
const configReads = quota('config', 20, 10);

/** Asked as the caller, with `--source config` and `config+live`; recorders also in the accounts, where a policy asks. */
export const configOperations = {
  'config:DescribeConfigurationAggregators': operation(
    configService,
    {
      action: 'config:DescribeConfigurationAggregators',
      purpose: 'Whether the aggregator exists, and which accounts and Regions it covers',
      quota: configReads,
      absentWhen: ['NoSuchConfigurationAggregatorException'],
    },
    (m, client, input: config.DescribeConfigurationAggregatorsCommandInput, o) =>
      client.send(new m.DescribeConfigurationAggregatorsCommand(input), o),
  ),
  'config:DescribeConfigurationAggregatorSourcesStatus': operation(
    configService,
    {
      action: 'config:DescribeConfigurationAggregatorSourcesStatus',
      purpose: 'Accounts and Regions whose data does not reach the aggregator',
      quota: configReads,
    },
    (m, client, input: config.DescribeConfigurationAggregatorSourcesStatusCommandInput, o) =>
      client.send(new m.DescribeConfigurationAggregatorSourcesStatusCommand(input), o),
  ),
  'config:SelectAggregateResourceConfig': operation(
    configService,
    {
      action: 'config:SelectAggregateResourceConfig',
      purpose: 'Trails, recorders, and where log buckets and keys are, in all accounts of the aggregator',
      quota: configReads,
    },
    (m, client, input: config.SelectAggregateResourceConfigCommandInput, o) =>
      client.send(new m.SelectAggregateResourceConfigCommand(input), o),
  ),
  'config:BatchGetAggregateResourceConfig': operation(
    configService,
    {
      action: 'config:BatchGetAggregateResourceConfig',
      purpose: 'Log buckets, keys and Block Public Access as the aggregator has them',
      quota: configReads,
    },
    (m, client, input: config.BatchGetAggregateResourceConfigCommandInput, o) =>
      client.send(new m.BatchGetAggregateResourceConfigCommand(input), o),
  ),
  'config:DescribeConfigurationRecorders': operation(
    configService,
    {
      action: 'config:DescribeConfigurationRecorders',
      purpose: "What an account's own recorder records",
      quota: configReads,
      plan: inEachRegion('read', ({ inputs, regions }) => times(inputs.withRecorders, regions)),
      notRecorded: "AWS Config's files do not show where an account has no recorder.",
    },
    (m, client, input: config.DescribeConfigurationRecordersCommandInput, o) =>
      client.send(new m.DescribeConfigurationRecordersCommand(input), o),
  ),
  'config:DescribeConfigurationRecorderStatus': operation(
    configService,
    {
      action: 'config:DescribeConfigurationRecorderStatus',
      purpose: 'Whether that recorder is recording',
      quota: configReads,
      plan: inEachRegion('read', ({ inputs, regions }) => upTo(times(inputs.withRecorders, regions).atMost)),
      notRecorded: 'AWS Config records whether a recorder is started, and not whether it works.',
    },
    (m, client, input: config.DescribeConfigurationRecorderStatusCommandInput, o) =>
      client.send(new m.DescribeConfigurationRecorderStatusCommand(input), o),
  ),
  'config:SelectResourceConfig': operation(
    configService,
    {
      action: 'config:SelectResourceConfig',
      purpose: 'Trails, and where log buckets and keys are, in one account and Region',
      quota: configReads,
    },
    (m, client, input: config.SelectResourceConfigCommandInput, o) =>
      client.send(new m.SelectResourceConfigCommand(input), o),
  ),
  'config:BatchGetResourceConfig': operation(
    configService,
    {
      action: 'config:BatchGetResourceConfig',
      purpose: 'Log buckets, keys and Block Public Access as the recorder has them',
      quota: configReads,
    },
    (m, client, input: config.BatchGetResourceConfigCommandInput, o) =>
      client.send(new m.BatchGetResourceConfigCommand(input), o),
  ),
  'config:ListDiscoveredResources': operation(
    configService,
    {
      action: 'config:ListDiscoveredResources',
      purpose: 'With a time in the past: trails, log buckets, keys and recorders that exist or existed',
      quota: configReads,
    },
    (m, client, input: config.ListDiscoveredResourcesCommandInput, o) =>
      client.send(new m.ListDiscoveredResourcesCommand(input), o),
  ),
  'config:GetResourceConfigHistory': operation(
    configService,
    {
      action: 'config:GetResourceConfigHistory',
      purpose: 'With a time in the past: what was recorded of each of them',
      quota: configReads,
      absentWhen: ['ResourceNotDiscoveredException'],
    },
    (m, client, input: config.GetResourceConfigHistoryCommandInput, o) =>
      client.send(new m.GetResourceConfigHistoryCommand(input), o),
  ),
} as const;
