import { severities } from '../../../text/order.js';
import { accountOf, accountText } from '../shared/entry.js';
import { outcomeLabels } from '../shared/markup.js';
import type { Entry, PageData } from '../shared/page-data.js';

/** What the reader asks for; an empty text asks for all. */
export interface Filter {
  /** Words that must all be there. */
  readonly search: string;
  /** `findings`, an outcome, `waived`, or empty for every evaluation. */
  readonly show: string;
  readonly severity: string;
  readonly policy: string;
  /** `cis-3.0 3.1`, or a framework alone. */
  readonly control: string;
  /** `Root / Workloads`: with all that is below. */
  readonly ou: string;
  readonly account: string;
}

export type Grouping = 'severity' | 'policy' | 'account' | 'ou' | 'control';

export interface Group {
  readonly label: string;
  readonly entries: readonly Entry[];
}

const severityPlaces: readonly string[] = severities;

/** Selects among the entries; each is made searchable once. */
export class Selection {
  private readonly data: PageData;
  private readonly texts: readonly string[];

  constructor(data: PageData) {
    this.data = data;
    this.texts = data.entries.map((it) => searchText(it, data));
  }

  matching(filter: Filter): readonly Entry[] {
    const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
    return this.data.entries.filter((entry, at) => {
      const text = this.texts[at] ?? '';
      return this.isAsked(entry, filter) && words.every((word) => text.includes(word));
    });
  }

  /** In the order in which a reader wants them: the worst first, else by name. An entry is in each group that it belongs to. */
  grouped(entries: readonly Entry[], by: Grouping): readonly Group[] {
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      for (const label of this.labelsOf(entry, by)) {
        const group = groups.get(label);
        if (group === undefined) groups.set(label, [entry]);
        else group.push(entry);
      }
    }
    const rank = (label: string) => (by === 'severity' ? severityPlaces.indexOf(label) : 0);
    return [...groups]
      .toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }))
      .map(([label, members]) => ({ label, entries: members }));
  }

  private isAsked(entry: Entry, { show, severity, policy, control, ou, account }: Filter): boolean {
    const its = this.data.policies[entry.policy];
    const owner = accountOf(entry, this.data);
    return (
      isShown(entry, show) &&
      (severity === '' || entry.severity === severity) &&
      (policy === '' || its?.id === policy) &&
      (control === '' || (its?.controls ?? []).some((it) => it === control || it.startsWith(`${control} `))) &&
      (ou === '' || owner?.ou === ou || (owner?.ou ?? '').startsWith(`${ou} / `)) &&
      (account === '' || owner?.id === account)
    );
  }

  private labelsOf(entry: Entry, by: Grouping): readonly string[] {
    const policy = this.data.policies[entry.policy];
    const account = accountOf(entry, this.data);
    switch (by) {
      case 'severity':
        return [entry.severity];
      case 'policy':
        return [policy?.title ?? ''];
      case 'account':
        return [accountText(account)];
      case 'ou':
        return [account === undefined || account.ou === '' ? 'OU not known' : account.ou];
      case 'control':
        return policy === undefined || policy.controls.length === 0 ? ['no control'] : policy.controls;
    }
  }
}

function isShown(entry: Entry, show: string): boolean {
  if (show === '') return true;
  if (show === 'findings') return entry.isFinding === true;
  if (show === 'waived') return entry.waiver !== undefined;
  return entry.outcome === show && entry.waiver === undefined;
}

function searchText(entry: Entry, data: PageData): string {
  const policy = data.policies[entry.policy];
  const account = accountOf(entry, data);
  return [
    entry.name,
    entry.id,
    entry.kind,
    entry.region,
    entry.severity,
    entry.outcome,
    outcomeLabels[entry.outcome] ?? '',
    ...entry.text,
    entry.waiver ?? '',
    entry.fingerprint,
    policy?.id ?? '',
    policy?.title ?? '',
    ...(policy?.controls ?? []),
    account?.id ?? '',
    account?.name ?? '',
    account?.ou ?? '',
  ]
    .join('\n')
    .toLowerCase();
}
