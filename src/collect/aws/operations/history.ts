import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { operation } from '../service.js';
import { cloudtrailService, quota } from './services.js';

/** For Event history, which is read where somebody asks what happened, and never by a scan. */
export const historyOperations = {
  'cloudtrail:LookupEvents': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:LookupEvents',
      purpose: 'Events of the last 90 days, whether or not there is a trail',
      // Two a second: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
      quota: quota('cloudtrail-lookups', 2, 2),
    },
    (m, client, input: cloudtrail.LookupEventsCommandInput, o) => client.send(new m.LookupEventsCommand(input), o),
  ),
} as const;
