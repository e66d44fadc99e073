import { counted } from '../../../text/plural.js';
import { entryHtml } from '../shared/entry.js';
import { escaped } from '../shared/markup.js';
import type { Entry, PageData } from '../shared/page-data.js';
import { Selection, type Filter, type Grouping } from './select-entries.js';

const pageSize = 100;
const printed = 2000;

const form = element('filters', HTMLFormElement);
const list = element('entries', HTMLElement);
const status = element('shown', HTMLElement);
const more = element('more', HTMLButtonElement);
const text = element('data', HTMLElement).textContent;
// Written by the same program, beside this script.
const data = JSON.parse(text) as PageData;
const selection = new Selection(data);

let limit = pageSize;

form.hidden = false;
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => update(pageSize));
form.addEventListener('reset', () => setTimeout(() => update(pageSize)));
more.addEventListener('click', () => {
  const before = list.querySelectorAll('details').length;
  update(limit + pageSize);
  list.querySelectorAll('summary')[before]?.focus();
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-filter]') : null;
  if (link !== null) applyFilter(link.getAttribute('data-filter') ?? '');
});
addEventListener('hashchange', openTarget);
addEventListener('beforeprint', () => {
  update(Math.max(limit, printed));
  if (!more.hidden) status.textContent += `, of which the first ${limit} follow; filter to print others`;
  for (const it of list.querySelectorAll('details')) it.open = true;
});
addEventListener('afterprint', () => update(pageSize));
update(pageSize);
openTarget();

/** Shows what the filters ask for, up to a number of entries. */
function update(count: number): void {
  limit = count;
  const fields = new FormData(form);
  const field = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const filter: Filter = {
    search: field('search'),
    show: field('show'),
    severity: field('severity'),
    policy: field('policy'),
    control: field('control'),
    ou: field('ou'),
    account: field('account'),
  };
  // The form offers nothing else.
  const grouping = field('group') as Grouping;
  const found = selection.matching(filter);
  let left = limit;
  const parts: string[] = [];
  let total = 0;
  for (const { label, entries } of selection.grouped(found, grouping)) {
    total += entries.length;
    const shown = entries.slice(0, Math.max(0, left));
    left -= shown.length;
    if (shown.length > 0) parts.push(groupHtml(label, entries.length, shown));
  }
  list.innerHTML = parts.join('');
  const kind = filter.show === 'findings' ? 'finding' : 'evaluation';
  status.textContent = found.length === 0 ? 'Nothing matches.' : counted(found.length, kind);
  const hiddenCount = total - Math.min(total, limit);
  more.hidden = hiddenCount === 0;
  more.textContent = `Show more (${hiddenCount} left)`;
}

function groupHtml(label: string, count: number, entries: readonly Entry[]): string {
  const items = entries.map((it) => entryHtml(it, data)).join('');
  return `<section class="group"><h3>${escaped(label)} <span class="count">${count}</span></h3>${items}</section>`;
}

/** `policy=trail-is-logging&show=NON_COMPLIANT`: sets these filters, and clears the others. */
function applyFilter(wanted: string): void {
  form.reset();
  for (const [name, value] of new URLSearchParams(wanted)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = value;
  }
  setTimeout(() => update(pageSize));
}

/** A link to something that is folded opens it. */
function openTarget(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? null : document.getElementById(id);
  if (target instanceof HTMLDetailsElement) target.open = true;
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${id}.`);
  return found;
}
