import { codeScanningLimits } from '../../model/code-scanning.js';
import type { Results } from '../../model/results.js';
import { listed } from '../parts/accounts.js';
import { accountLabel } from '../parts/describe.js';
import { gapGroups } from '../parts/gap-groups.js';
import { byId } from '../../text/order.js';
import { prose, shortened, visible } from '../../text/printable.js';
import type { FindingGroup } from './grouped.js';
import type { SarifDriver, SarifLevel, SarifNotification } from './log.js';
import { escapedLinks } from './message.js';
import { counted } from '../../text/plural.js';

/** Of each kind; the rest is summed up in one more. */
const most = 100;
const shownAccounts = 10;
const longestReason = 500;

const kinds = ['run-interrupted', 'account-not-readable', 'value-not-readable', 'findings-grouped'] as const;
type Kind = (typeof kinds)[number];

const descriptions: Readonly<Record<Kind, string>> = {
  'run-interrupted': 'The run was stopped before it was done.',
  'account-not-readable': 'An account could not be read.',
  'value-not-readable': 'A call was refused or failed, so a value is unknown.',
  'findings-grouped': 'Several findings of one policy are one alert.',
};

/** The kinds of notification, for the driver. */
export const notificationRules: SarifDriver['notifications'] = kinds.map((id) => ({
  id,
  shortDescription: { text: descriptions[id] },
}));

/** What could not be read: accounts one by one, gaps summed up by call and reason. */
export function notificationsOf(results: Results, groups: readonly FindingGroup[]): readonly SarifNotification[] {
  const accounts = results.coverage.accounts.unreadable
    .toSorted(byId)
    .map(
      ({ id, name, reason }) =>
        `Account ${accountLabel(id, new Map([[id, name]]))} could not be read: ${shortened(prose(reason), longestReason)}`,
    );
  const gaps = gapGroups(results.gaps).map((group) => {
    const where = listed(group.accounts.map(visible), shownAccounts, 'account');
    const times = counted(group.count, 'time');
    return `${visible(group.call)}: ${group.reason}, ${times}, in ${where}. For example: ${shortened(prose(group.example), longestReason)}`;
  });
  return [
    ...(results.run.interrupted ? [notification('run-interrupted', 'error', descriptions['run-interrupted'])] : []),
    ...bounded(accounts, 'account').map((it) => notification('account-not-readable', 'error', it)),
    ...bounded(gaps, 'kind of gap', 'kinds of gap').map((it) => notification('value-not-readable', 'warning', it)),
    ...(groups.length === 0 ? [] : [notification('findings-grouped', 'warning', groupedSentence(groups))]),
  ];
}

/** How many findings are in how many alerts together. */
export function groupedSentence(groups: readonly FindingGroup[]): string {
  const findings = groups.reduce((sum, it) => sum + it.findings.length, 0);
  return `GitHub keeps ${codeScanningLimits.keptResults} alerts of a scan: ${counted(findings, 'finding')} of the least severe policies are ${counted(groups.length, 'alert')}, one for each policy and account. results.json has each of them.`;
}

function bounded(texts: readonly string[], noun: string, nouns = `${noun}s`): readonly string[] {
  if (texts.length <= most) return texts;
  return [...texts.slice(0, most), `And ${counted(texts.length - most, `more ${noun}`, `more ${nouns}`)}.`];
}

function notification(kind: Kind, level: SarifLevel, text: string): SarifNotification {
  return { descriptor: { id: kind, index: kinds.indexOf(kind) }, level, message: { text: escapedLinks(text) } };
}
