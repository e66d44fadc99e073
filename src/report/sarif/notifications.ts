import { codeScanningLimits } from '../../model/code-scanning.js';
import { docsPage } from '../../model/project.js';
import type { Results } from '../../model/results.js';
import { listed } from '../parts/accounts.js';
import { accountLabel } from '../parts/describe.js';
import { gapGroups } from '../parts/gap-groups.js';
import { byId } from '../../text/order.js';
import { prose, shortened, visible } from '../../text/printable.js';
import type { FindingGroup } from './grouped.js';
import type { SarifDriver, SarifLevel, SarifNotification } from './log.js';
import { escapedLinks } from './message.js';
import { pascalCase } from './pascal-case.js';
import { counted } from '../../text/plural.js';

/** Of each kind; the rest is summed up in one more. */
const most = 100;
const shownAccounts = 10;
const longestReason = 500;

interface KindOfNotification {
  readonly level: SarifLevel;
  readonly short: string;
  readonly full: string;
  readonly help: string;
}

const kinds = {
  'run-interrupted': {
    level: 'error',
    short: 'The run was stopped before it was done.',
    full: 'The run was stopped before it was done. What it had not read is missing from the report, so that nothing of it may be taken for fixed.',
    help: 'Run it again. The report is not to be uploaded.',
  },
  'account-not-readable': {
    level: 'error',
    short: 'An account could not be read.',
    full: 'An account could not be entered, or its trails could not be listed. Its policies are INSUFFICIENT_DATA; what failed there when it was last read stays open.',
    help: 'trailproof doctor says why, and what to do in the account.',
  },
  'value-not-readable': {
    level: 'warning',
    short: 'A call was refused or failed, so a value is unknown.',
    full: 'A call was refused or failed, so a value is unknown. A policy that needs it to decide is INSUFFICIENT_DATA, neither a pass nor a fail.',
    help: 'trailproof permissions prints what the role needs. The message has what AWS said.',
  },
  'findings-grouped': {
    level: 'warning',
    short: 'Several findings of one policy are one alert.',
    full: 'GitHub keeps a limited number of alerts of a scan. Those of the least severe policies are grouped by policy and account, so that none of the others is lost.',
    help: 'results.json has each finding. The alerts are of their own again once there are fewer findings.',
  },
} as const satisfies Readonly<Record<string, KindOfNotification>>;

type Kind = keyof typeof kinds;

/** The names of the kinds, in the order in which descriptors stand. */
const kindNames = Object.keys(kinds) as readonly Kind[]; // the keys of the table above

/** The kinds of notification, for the driver. */
export const notificationRules: SarifDriver['notifications'] = kindNames.map((id) => {
  const { level, short, full, help } = kinds[id];
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: help },
    helpUri: docsPage('github-action.md#alerts-that-stay-true'),
    defaultConfiguration: { level },
  };
});

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
    ...(results.run.interrupted ? [notification('run-interrupted', kinds['run-interrupted'].short)] : []),
    ...bounded(accounts, 'account').map((it) => notification('account-not-readable', it)),
    ...bounded(gaps, 'kind of gap', 'kinds of gap').map((it) => notification('value-not-readable', it)),
    ...(groups.length === 0 ? [] : [notification('findings-grouped', groupedSentence(groups))]),
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

function notification(kind: Kind, text: string): SarifNotification {
  const { level } = kinds[kind];
  return { descriptor: { id: kind, index: kindNames.indexOf(kind) }, level, message: { text: escapedLinks(text) } };
}
