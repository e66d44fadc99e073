import type { CoverageBook, Trouble } from '../coverage.js';
import { spanOf, type ExpectedPlace } from '../expected-places.js';
import { plural } from '../../text/plural.js';
import { day, dayPath, deliverySpan, type Window } from '../window.js';
import { daysOf, holdsAccount, holdsDay, holdsRegion, listedBy } from './holds.js';
import type { TableLayout } from './layout.js';

interface Table {
  /** For people. */
  readonly name: string;
  readonly layout: TableLayout;
  readonly window: Window;
  /** When the run reads, in milliseconds. */
  readonly at: number;
  readonly expected: readonly ExpectedPlace[] | undefined;
}

const call = 'athena:GetTableMetadata';
const remedy = 'Make the table again with trailproof activity athena-table --inventory.';

/**
 * Accounts and Regions of which the table has no partitions: Athena gives no rows of them, and no error. Without an
 * inventory, those that the table names are expected.
 */
export function tellHoles(table: Table, book: CoverageBook): void {
  const { name, layout, window, expected } = table;
  if (expected === undefined) {
    const accounts = listedBy(layout.account) ?? [];
    const regions = listedBy(layout.region) ?? [];
    for (const account of accounts) for (const region of regions) book.see(account, region);
    return;
  }
  for (const place of expected) {
    const { account, region } = place;
    const lacks = !holdsAccount(layout, account)
      ? `account ${account}`
      : !holdsRegion(layout, region)
        ? `Region ${region}`
        : undefined;
    if (lacks === undefined) continue;
    const message = `Table ${name} has no partitions of ${lacks}, so that nothing is known of account ${account} in ${region}. ${remedy}`;
    book.unreadSpan(account, region, spanOf(place, window), trouble(name, message));
  }
}

/** Days of which the table has no partitions, of all places that are expected or were met. */
export function tellMissingDays({ name, layout, window, at, expected }: Table, book: CoverageBook): void {
  const missing = daysOf(deliverySpan(window)).filter((it) => it <= at && !holdsDay(layout.days, it));
  const [first] = missing;
  if (first === undefined) return;
  const others = missing.length - 1;
  const more = others > 0 ? ` and ${others} more ${plural(others, 'day')}` : '';
  const message = `Table ${name} has no partition of ${dayPath(first)}${more}, so that nothing is known of what was delivered then. Widen the range of days of its projection.`;
  for (const { account, region } of [...book.seenPlaces(), ...(expected ?? [])]) {
    for (const it of missing) book.undeliveredSpan(account, region, { from: it, to: it + day }, trouble(name, message));
  }
}

function trouble(name: string, message: string): Trouble {
  return { call, resource: name, reason: 'not-collected', message };
}
