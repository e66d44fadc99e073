import type { Account, Bucket } from '../model/inventory.js';
import { unknown } from '../model/known.js';
import type { World } from './world.js';

/** Block Public Access of the account that owns the bucket: unknown as long as the owner is. */
export function ownersBlock({ owner: it, name }: Bucket, world: World): Account['publicAccessBlock'] {
  if (it.state !== 'known') return it;
  const { accountId, region } = it.value;
  const account = world.lookup.account(accountId);
  if (account !== undefined) return account.publicAccessBlock;
  const message = `Block Public Access of account ${accountId}, which owns bucket ${name}, was not read.`;
  const call = 's3control:GetPublicAccessBlock';
  return unknown(world.note({ call, accountId, region, resource: name, reason: 'not-collected', message }));
}
