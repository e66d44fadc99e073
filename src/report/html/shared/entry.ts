import { counted, plural } from '../../../text/plural.js';
import { badge, escaped, outcomeLabels } from './markup.js';
import type { Entry, PageAccount, PageData } from './page-data.js';

const shownAccounts = 50;

/** One evaluation as a line that opens. */
export function entryHtml(entry: Entry, data: PageData): string {
  const policy = data.policies[entry.policy];
  const account = accountOf(entry, data);
  const where = [entry.kind, ...(entry.account < 0 ? ['in an account that is not known'] : [accountText(account)])].map(
    escaped,
  );
  if (entry.region !== 'global') where.push(`<span class="unbroken">${escaped(entry.region)}</span>`);
  const state = entry.isFinding === true ? badge(entry.severity) : outcomeBadge(entry);
  return [
    `<details class="entry"><summary>${state}`,
    `<span class="what"><span class="name">${escaped(entry.name)}</span> `,
    // A title says what holds when all is well.
    `<span class="title">${entry.isFinding === true ? 'Fails: ' : ''}${escaped(policy?.title ?? '')}</span></span> `,
    `<span class="where">${where.join(' · ')}</span></summary>`,
    `<div class="body">`,
    ...entry.text.map((it) => `<p>${escaped(it)}</p>`),
    factList(entry, data),
    '</div></details>',
  ].join('');
}

/** A waived one is NON_COMPLIANT, and accepted. */
function outcomeBadge({ outcome, waiver }: Entry): string {
  if (waiver !== undefined) return badge('waived', 'Waived');
  return badge(outcome, outcomeLabels[outcome] ?? outcome);
}

function factList(entry: Entry, data: PageData): string {
  const policy = data.policies[entry.policy];
  const fails = entry.outcome === 'NON_COMPLIANT';
  const rows: readonly (readonly [label: string, html: string])[] = [
    ['Resource', `<code>${escaped(entry.id)}</code>`],
    ['Touches', accountsHtml(entry, data)],
    ['Last seen', escaped(entry.lastSeen ?? '')],
    ['Waived', escaped(entry.waiver ?? '')],
    ['Follows from', entry.causedBy === undefined ? '' : `<code>${escaped(entry.causedBy)}</code>`],
    ['Decided by', itemsHtml(entry.because ?? [])],
    ['Fix', fails && policy !== undefined ? fixHtml(policy.fix, policy.id) : ''],
    ['Not read', itemsHtml((entry.gaps ?? []).map((at) => data.gaps[at] ?? ''))],
    ['Evidence', foldedHtml((entry.evidence ?? []).map((at) => data.evidence[at] ?? ''))],
    ['Policy', policy === undefined ? '' : `<a href="#policy-${escaped(policy.id)}">${escaped(policy.id)}</a>`],
    ['Controls', escaped((policy?.controls ?? []).join(', '))],
    ['Fingerprint', `<code>${escaped(entry.fingerprint)}</code>`],
  ];
  const shown = rows.filter(([, html]) => html !== '');
  return `<dl>${shown.map(([label, html]) => `<div><dt>${label}</dt><dd>${html}</dd></div>`).join('')}</dl>`;
}

function fixHtml(fix: string, id: string): string {
  return `${escaped(fix)} <a href="#policy-${escaped(id)}">Commands and templates</a>`;
}

function accountsHtml({ touched = [], following = 0 }: Entry, data: PageData): string {
  if (touched.length === 0) return '';
  const names = touched.slice(0, shownAccounts).map((at) => accountText(data.accounts[at]));
  const more = touched.length - names.length;
  const list = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
  const count = counted(touched.length, 'account');
  const also =
    following === 0
      ? ''
      : `; ${counted(following, 'more evaluation')} ${plural(following, 'follows', 'follow')} from it`;
  return escaped(`${count}: ${list}${also}`);
}

function itemsHtml(items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<ul>${items.map((it) => `<li>${escaped(it)}</li>`).join('')}</ul>`;
}

/** Answers of AWS's: for who has to prove it, and long. */
function foldedHtml(items: readonly string[]): string {
  if (items.length === 0) return '';
  const count = `${counted(items.length, 'answer')} of AWS`;
  return `<details><summary>${count}</summary>${itemsHtml(items)}</details>`;
}

export function accountOf({ account }: Entry, data: PageData): PageAccount | undefined {
  return account < 0 ? undefined : data.accounts[account];
}

/** `payments (111111111111)`, or the id alone. */
export function accountText(account: PageAccount | undefined): string {
  if (account === undefined) return 'an account that is not known';
  return account.name === '' || account.name === account.id ? account.id : `${account.name} (${account.id})`;
}
