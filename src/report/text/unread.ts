import type { Results } from '../../model/results.js';
import { listed } from '../parts/accounts.js';
import { accountLabel } from '../parts/describe.js';
import { gapGroups, type GapGroup, type NotKnown } from '../parts/gap-groups.js';
import { byId, byText } from '../../text/order.js';
import { prose, shortened, visible } from '../../text/printable.js';
import { block, labelled, margin, padded, type Page } from './page.js';
import { outcomeMarks } from './paint.js';
import { counted, plural } from '../../text/plural.js';

const longestExample = 160;

/** What is INSUFFICIENT_DATA, and why. */
export function notKnownSection(
  page: Page,
  groups: readonly NotKnown[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  if (groups.length === 0) return [];
  const total = groups.reduce((sum, it) => sum + it.targets, 0);
  const { sign, look } = outcomeMarks.INSUFFICIENT_DATA;
  const said = new Set<string>();
  return [
    '',
    `${page.paint('bold', 'Not known')}  ${counted(total, 'evaluation')} ${plural(total, 'is', 'are')} INSUFFICIENT_DATA: neither holding nor failing`,
    ...alike(groups).flatMap((same) => {
      const [group] = same;
      const accounts = listed(
        group.accounts.map((id) => (id === 'unknown' ? 'an account that is not known' : accountLabel(id, names))),
        3,
      );
      const policies = same.map((it) => visible(it.policyId));
      const [first = '', ...others] = block(page, policies.join(', '), `${margin}  `);
      const targets = `${counted(group.targets, 'target')}${same.length > 1 ? ' of each' : ''}`;
      const why =
        group.gaps.length === 0
          ? prose(group.example)
          : listed(
              group.gaps.map((it) => gapOnce(it, said)),
              3,
              'reason',
            );
      const head = `${margin}${page.paint(look, sign)} ${page.paint('bold', first.trimStart())}`;
      const bold = others.map((line) => page.paint('bold', line));
      return [head].concat(bold, block(page, `${targets} in ${accounts}: ${why}`, `${margin}  `));
    }),
  ];
}

/** Policies that wait for the same answers about the same accounts say so once; in the order of the first of each. */
function alike(groups: readonly NotKnown[]): readonly (readonly [NotKnown, ...NotKnown[]])[] {
  const byWhy = new Map<string, [NotKnown, ...NotKnown[]]>();
  for (const it of groups) {
    const gaps = it.gaps.map(({ call, reason, count, example }) => [call, reason, count, example]);
    const key = JSON.stringify([it.targets, it.accounts, gaps.length === 0 ? it.example : gaps]);
    const same = byWhy.get(key);
    if (same === undefined) byWhy.set(key, [it]);
    else same.push(it);
  }
  return [...byWhy.values()];
}

/** One paragraph on what could not be read, and one on the calls made. */
export function callsSection(page: Page, results: Results): readonly string[] {
  const { apiCalls, accounts } = results.coverage;
  const most = Object.entries(apiCalls.byOperation)
    .toSorted(([a, x], [b, y]) => y - x || byText(a, b))
    .map(([operation, count]) => `${visible(operation)} ${count}`);
  const unreadable = accounts.unreadable
    .toSorted(byId)
    .map(({ id, name, reason }) => `${accountLabel(id, new Map([[id, name]]))}: ${shortened(prose(reason), 160)}`);
  // Why an account could not be entered is said with the account.
  const notEntered = new Set(accounts.unreadable.map((it) => it.id));
  const others = results.gaps.filter((it) => it.call !== 'sts:AssumeRole' || !notEntered.has(it.accountId));
  const unread = [
    ...(unreadable.length === 0 ? [] : [`${counted(unreadable.length, 'account')}, ${listed(unreadable, 3)}`]),
    ...(others.length === 0 ? [] : [listed(gapGroups(others).map(gapText), 5, 'reason')]),
  ].join('; ');
  const calls = `${apiCalls.total}${apiCalls.denied > 0 ? `, ${apiCalls.denied} denied` : ''}${most.length === 0 ? '' : `; most often ${listed(most, 4)}`}`;
  return [
    ...(unread === '' ? [] : labelled(page, padded('Not read', 11), unread, '', 11)),
    ...labelled(page, 'API calls', calls, '', 11),
  ];
}

/** What AWS said is said once: many policies wait for the same answer. */
function gapOnce(group: GapGroup, said: Set<string>): string {
  const key = `${group.call} ${group.reason} ${group.example}`;
  if (said.has(key)) return gapName(group);
  said.add(key);
  return gapText(group);
}

/** `kms:GetKeyRotationStatus access-denied (2 times): User: … is not authorized`. */
function gapText(group: GapGroup): string {
  return `${gapName(group)}: ${shortened(prose(group.example), longestExample)}`;
}

function gapName({ call, reason, count }: GapGroup): string {
  return `${visible(call)} ${reason}${count > 1 ? ` (${count} times)` : ''}`;
}
