import { accountManagement } from './account.js';
import { athena } from './athena.js';
import type { Operation, Service, ServiceName } from './call.js';
import { cloudfront } from './cloudfront.js';
import { cloudwatch } from './cloudwatch.js';
import { cloudtrail } from './cloudtrail.js';
import { config } from './config.js';
import { ec2 } from './ec2.js';
import { events } from './events.js';
import { elb, elbv2 } from './load-balancers.js';
import { iam } from './iam.js';
import { kms } from './kms.js';
import { logs } from './logs.js';
import { organizations } from './organizations.js';
import { s3control } from './s3-control.js';
import { s3 } from './s3.js';
import { securityhub } from './security-hub.js';
import { sns } from './sns.js';
import { sts } from './sts.js';

const services: readonly Service[] = [
  accountManagement,
  athena,
  cloudfront,
  cloudtrail,
  cloudwatch,
  config,
  ec2,
  elb,
  elbv2,
  events,
  iam,
  kms,
  logs,
  organizations,
  s3,
  s3control,
  securityhub,
  sns,
  sts,
];

const byName = new Map<string, Service>(services.map((service) => [service.name, service]));

/** Every operation that the fake answers, as `service:Operation`. */
export const operationNames: readonly string[] = services.flatMap((service) =>
  Object.keys(service.operations).map((name) => `${service.name}:${name}`),
);

export function findOperation(service: ServiceName, operation: string): Operation | undefined {
  const known = byName.get(service)?.operations ?? {};
  return Object.hasOwn(known, operation) ? known[operation] : undefined;
}
