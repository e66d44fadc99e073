import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateLoadBalancerCommand as CreateClassicCommand,
  ElasticLoadBalancingClient,
  ModifyLoadBalancerAttributesCommand as ModifyClassicCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { required } from '../../src/normalize/malformed-answer.js';
import type { Entrance } from './build-account.js';

/** An Application Load Balancer; its access logs go to the bucket, or are off. */
export async function buildLoadBalancer(entrance: Entrance, name: string, bucket: string | undefined): Promise<void> {
  const { Subnets } = await new EC2Client(entrance).send(new DescribeSubnetsCommand({}));
  const ids = required(Subnets, 'Subnets').map((it) => required(it.SubnetId, 'SubnetId'));
  const balancing = new ElasticLoadBalancingV2Client(entrance);
  const made = await balancing.send(new CreateLoadBalancerCommand({ Name: name, Subnets: ids.slice(0, 2) }));
  await balancing.send(
    new ModifyLoadBalancerAttributesCommand({
      LoadBalancerArn: required(made.LoadBalancers?.[0]?.LoadBalancerArn, 'LoadBalancerArn'),
      Attributes: [
        { Key: 'access_logs.s3.enabled', Value: String(bucket !== undefined) },
        ...(bucket === undefined ? [] : [{ Key: 'access_logs.s3.bucket', Value: bucket }]),
      ],
    }),
  );
}

/** The same of a Classic Load Balancer. */
export async function buildClassicLoadBalancer(
  entrance: Entrance,
  name: string,
  bucket: string | undefined,
): Promise<void> {
  const balancing = new ElasticLoadBalancingClient(entrance);
  const listener = { Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 };
  await balancing.send(
    new CreateClassicCommand({
      LoadBalancerName: name,
      Listeners: [listener],
      AvailabilityZones: [`${entrance.region}a`],
    }),
  );
  const logging = bucket === undefined ? { Enabled: false } : { Enabled: true, S3BucketName: bucket };
  await balancing.send(
    new ModifyClassicCommand({ LoadBalancerName: name, LoadBalancerAttributes: { AccessLog: logging } }),
  );
}
