import { resourceKinds } from '../../model/resource-kinds.js';
import type { Target } from '../../model/results.js';
import { isInAccount, resourceLabel } from '../parts/resource.js';
import { shortened } from '../../text/printable.js';
import { code, escapedName } from './escape.js';

const longestName = 120;

/** A name of a resource or account, escaped, and not endless. */
export function markdownName(name: string): string {
  return escapedName(shortened(name, longestName));
}

/** `` `111111111111` (payments) ``. */
export function markdownAccount(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id);
  return name === undefined || name === id ? code(id) : `${code(id)} (${markdownName(name)})`;
}

/** `` Log bucket **acme-logs** in account `222222222222` (log-archive), eu-central-1, `arn:…` ``. */
export function markdownTarget(target: Target, names: ReadonlyMap<string, string>): string {
  const { title } = resourceKinds[target.type];
  if (target.type === 'account') return `${title} ${markdownAccount(target.id, names)}`;
  const owner =
    target.accountId === 'unknown'
      ? 'an account that is not known'
      : `account ${markdownAccount(target.accountId, names)}`;
  return [
    `${title} **${markdownName(resourceLabel(target))}**${isInAccount(target) ? ` in ${owner}` : ''}`,
    ...(target.region === 'global' ? [] : [escapedName(target.region)]),
    ...(target.arn === undefined ? [] : [code(target.arn)]),
  ].join(', ');
}
