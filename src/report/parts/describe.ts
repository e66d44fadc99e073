import { resourceKinds } from '../../model/resource-kinds.js';
import type { Results, Target } from '../../model/results.js';
import { isInAccount, resourceLabel } from './resource.js';
import { shortened, visible } from '../../text/printable.js';

/** A name as reports show it: visible, and not longer than a line. */
export function nameOf(name: string): string {
  return shortened(visible(name), 80);
}

/** `111111111111 (payments)`, or the id alone. */
export function accountLabel(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id);
  return name === undefined || name === '' || name === id ? visible(id) : `${visible(id)} (${nameOf(name)})`;
}

/** `Log bucket acme-logs in account 222222222222 (log-archive), eu-central-1`. */
export function describeTarget(target: Target, names: ReadonlyMap<string, string>): string {
  const { title } = resourceKinds[target.type];
  if (target.type === 'account') return `${title} ${accountLabel(target.id, names)}`;
  const label = `${title} ${nameOf(resourceLabel(target))}`;
  if (!isInAccount(target)) return label;
  const owner =
    target.accountId === 'unknown'
      ? 'in an account that is not known'
      : `in account ${accountLabel(target.accountId, names)}`;
  return `${label} ${owner}${target.region === 'global' ? '' : `, ${visible(target.region)}`}`;
}

/** `2026-11-21 08:00:05 UTC` for an ISO time; another text as it is. */
export function moment(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso);
  return match === null ? visible(iso) : `${match[1]} ${match[2]} UTC`;
}

/** What every report of the sample says first: nobody is to take it for his own. */
export const sampleNote =
  'This is the sample: an organization that Trailproof brings along. It says nothing about your accounts.';

export function isSample({ run }: Results): boolean {
  return run.source === 'sample';
}

/** `live, read 2026-11-21 08:00:05 UTC`, with what sets the run apart. */
export function describeSource(results: Results): string {
  const { run } = results;
  return [
    `${visible(run.source)}, read ${moment(run.capturedAt)}${run.isInventoryEdited === true ? ', changed by hand since' : ''}`,
    ...(run.asOf === undefined ? [] : [`evaluated as of ${moment(run.asOf)}`]),
    ...(run.deep ? ["members' own event data stores included"] : []),
    ...(run.interrupted ? ['stopped before it was done'] : []),
  ].join(', ');
}

/** `o-abc, managed by …`. What AWS Config recorded does not tell of an organization that could not be asked. */
export function describeOrganization(results: Results, names: ReadonlyMap<string, string>): string {
  const { organization, run } = results;
  if (organization === null) return run.source === 'live' ? 'none: a single account' : 'not known';
  return `${visible(organization.id)}, managed by account ${accountLabel(organization.managementAccountId, names)}`;
}
