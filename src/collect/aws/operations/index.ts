import type { ChosenType } from '../../../model/resource-kinds.js';
import type { Operation } from '../service.js';
import { alarmOperations } from './alarms.js';
import { athenaOperations } from './athena.js';
import { cloudfrontOperations } from './cloudfront.js';
import { cloudtrailOperations } from './cloudtrail.js';
import { configOperations } from './config.js';
import { deliveryOperations } from './deliveries.js';
import { ec2Operations } from './ec2.js';
import { eventBusOperations, eventsOperations } from './events.js';
import { fileOperations } from './files.js';
import { historyOperations } from './history.js';
import { insightsOperations } from './insights.js';
import { lakeOperations } from './lake.js';
import { iamOperations } from './iam.js';
import { destinationOperations } from './destinations.js';
import { loadBalancerOperations } from './load-balancers.js';
import { organizationsOperations } from './organizations.js';
import { s3Operations } from './s3.js';
import { securityHubOperations } from './security-hub.js';
import { snsOperations } from './sns.js';
import { stsOperations } from './sts.js';

/** What reads each kind that accounts are asked for only where a policy asks. */
export const chosenOperations = {
  vpc: ec2Operations,
  distribution: cloudfrontOperations,
  'load-balancer': loadBalancerOperations,
  'event-bus': eventBusOperations,
  'security-hub': securityHubOperations,
} as const satisfies Readonly<Record<ChosenType, object>>;

/**
 * Every API operation that Trailproof may send: reads only, but for `sts:AssumeRole` and, where it is chosen, starting and
 * stopping a query. The one table of calls.
 */
export const operations = {
  ...stsOperations,
  ...organizationsOperations,
  ...cloudtrailOperations,
  ...configOperations,
  ...s3Operations,
  ...destinationOperations,
  ...alarmOperations,
  ...eventsOperations,
  ...chosenOperations.vpc,
  ...chosenOperations.distribution,
  ...chosenOperations['load-balancer'],
  ...chosenOperations['event-bus'],
  ...chosenOperations['security-hub'],
  ...deliveryOperations,
  ...snsOperations,
  ...iamOperations,
  ...fileOperations,
  ...historyOperations,
  ...athenaOperations,
  ...lakeOperations,
  ...insightsOperations,
} as const;

/** What a scan never calls: log files, Event history and queries have commands of their own. */
export const beyondScans: ReadonlySet<string> = new Set([
  ...Object.keys(fileOperations),
  ...Object.keys(historyOperations),
  ...Object.keys(athenaOperations),
  ...Object.keys(lakeOperations),
  ...Object.keys(insightsOperations),
]);

export type OperationName = keyof typeof operations;

/** The SDK's input type of an operation. */
export type InputOf<N extends OperationName> = (typeof operations)[N] extends Operation<infer I, unknown> ? I : never;

/** The SDK's output type of an operation. */
export type OutputOf<N extends OperationName> = (typeof operations)[N] extends Operation<infer _I, infer O> ? O : never;
