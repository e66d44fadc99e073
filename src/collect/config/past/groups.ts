import { parseArn } from '../../../model/identifiers.js';
import { keyArn } from '../../../model/naming.js';
import type { ConfigItem } from '../../../normalize/index.js';
import { bucketArnOf, bucketKeyOf } from './named-keys.js';
import type { ItemVersions } from './item-versions.js';
import { storeOfItem } from './store-of-item.js';
import { namedByTrailOf, trailOfItem } from './trail-of-item.js';

/**
 * Accounts whose verdicts may depend on each other, over the whole window: an account, the buckets and keys that its
 * trails ever name, the accounts that own these, and the other accounts whose trails name them.
 */
export class Groups {
  private readonly parents = new Map<string, string>();

  constructor(versions: ItemVersions) {
    for (const trail of versions.resources('AWS::CloudTrail::Trail')) for (const it of trail) this.addTrail(it);
    for (const store of versions.resources('AWS::CloudTrail::EventDataStore'))
      for (const it of store) this.addStore(it);
    for (const bucket of versions.resources('AWS::S3::Bucket')) for (const it of bucket) this.addBucket(it);
  }

  ofAccount(accountId: string): string {
    return this.find(account(accountId));
  }

  /** Of what trails name, by its ARN. */
  ofNamed(arn: string): string {
    return this.find(named(arn));
  }

  private addTrail(item: ConfigItem): void {
    const owner = account(item.accountId);
    const trail = trailOfItem(item);
    if (trail === undefined) return;
    this.joinArn(owner, trail.arn);
    for (const arn of namedByTrailOf(trail)) this.joinNamed(owner, arn);
  }

  private addStore(item: ConfigItem): void {
    const { arn, keyArn: key } = storeOfItem(item) ?? {};
    if (arn === undefined) return;
    this.joinArn(account(item.accountId), arn);
    if (key !== undefined) this.joinNamed(account(item.accountId), key);
  }

  private addBucket(item: ConfigItem): void {
    const bucket = bucketArnOf(item);
    this.join(named(bucket), account(item.accountId));
    const key = bucketKeyOf(item);
    if (key !== undefined) this.joinNamed(named(bucket), keyArn(key, { ...item, arn: bucket }));
  }

  /** With the account, too, in which it lives, if its ARN tells. */
  private joinNamed(node: string, arn: string): void {
    this.join(node, named(arn));
    this.joinArn(node, arn);
  }

  private joinArn(node: string, arn: string): void {
    const owner = parseArn(arn)?.accountId ?? '';
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

function named(arn: string): string {
  return `named ${arn}`;
}
