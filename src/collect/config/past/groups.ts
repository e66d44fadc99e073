import { parseArn } from '../../../model/identifiers.js';
import type { ConfigItem } from '../../../normalize/index.js';
import { bucketKeyOf } from './named-keys.js';
import type { ItemVersions } from './item-versions.js';
import { trailOfItem } from './trail-of-item.js';

/**
 * Accounts whose verdicts may depend on each other, over the whole window: an account, the buckets and keys that its
 * trails ever name, the accounts that own these, and the other accounts whose trails name them.
 */
export class Groups {
  private readonly parents = new Map<string, string>();

  constructor(versions: ItemVersions) {
    for (const trail of versions.resources('AWS::CloudTrail::Trail')) for (const it of trail) this.addTrail(it);
    for (const bucket of versions.resources('AWS::S3::Bucket')) for (const it of bucket) this.addBucket(it);
  }

  ofAccount(accountId: string): string {
    return this.find(account(accountId));
  }

  ofBucket(name: string): string {
    return this.find(bucketNode(name));
  }

  ofLogGroup(arn: string): string {
    return this.find(logGroupNode(arn));
  }

  private addTrail(item: ConfigItem): void {
    const owner = account(item.accountId);
    const trail = trailOfItem(item);
    this.joinArn(owner, trail?.arn);
    if (trail?.description === undefined) return;
    const { s3BucketName, kmsKeyId, cloudWatchLogsLogGroupArn } = trail.description;
    this.join(owner, bucketNode(s3BucketName));
    this.joinArn(owner, kmsKeyId);
    // Of a log group nothing is recorded but who names it.
    if (cloudWatchLogsLogGroupArn !== undefined) this.join(owner, logGroupNode(cloudWatchLogsLogGroupArn));
  }

  private addBucket(item: ConfigItem): void {
    const node = bucketNode(item.resourceId);
    this.join(node, account(item.accountId));
    this.joinArn(node, bucketKeyOf(item));
  }

  private joinArn(node: string, arn: string | undefined): void {
    const owner = parseArn(arn ?? '')?.accountId ?? '';
    if (owner !== '') this.join(node, account(owner));
  }

  private join(a: string, b: string): void {
    const [first, second] = [this.find(a), this.find(b)].toSorted();
    if (first !== undefined && second !== undefined && first !== second) this.parents.set(second, first);
  }

  private find(node: string): string {
    let at = node;
    for (let next = this.parents.get(at); next !== undefined; next = this.parents.get(at)) at = next;
    if (at !== node) this.parents.set(node, at);
    return at;
  }
}

function account(id: string): string {
  return `account ${id}`;
}

function bucketNode(name: string): string {
  return `bucket ${name}`;
}

function logGroupNode(arn: string): string {
  return `log group ${arn}`;
}
