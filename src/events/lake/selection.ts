import type { AdvancedEventSelector } from '../../model/inventory.js';

/** What an event data store takes in, by its selectors. */
export interface Selection {
  /** Events of CloudTrail at all: other stores hold configuration items, evidence or events from elsewhere. */
  readonly isOfEvents: boolean;
  /** Each management event. */
  readonly allManagement: boolean;
  readonly someData: boolean;
}

const ofEvents: ReadonlySet<string> = new Set(['Management', 'Data', 'NetworkActivity']);

export function selectionOf(selectors: readonly AdvancedEventSelector[]): Selection {
  const categories = selectors.flatMap(
    ({ fieldSelectors }) => fieldSelectors.find((it) => it.field === 'eventCategory')?.equals ?? [],
  );
  // One for reads and one for writes are all of them.
  const parts = new Set(selectors.map(managementPart));
  return {
    isOfEvents: categories.some((it) => ofEvents.has(it)),
    allManagement: parts.has('all') || (parts.has('true') && parts.has('false')),
    someData: categories.includes('Data'),
  };
}

/** `all`, or the value of readOnly; undefined: other events, or management events under further conditions. */
function managementPart({ fieldSelectors, unsupported }: AdvancedEventSelector): string | undefined {
  if (unsupported !== undefined && unsupported.length > 0) return undefined;
  const values = new Map<string, string>();
  for (const it of fieldSelectors) {
    const others = [it.startsWith, it.endsWith, it.notEquals, it.notStartsWith, it.notEndsWith, it.unsupported ?? []];
    const [value] = it.equals;
    if (value === undefined || it.equals.length > 1 || others.some((list) => list.length > 0)) return undefined;
    if (values.has(it.field)) return undefined;
    values.set(it.field, value);
  }
  if (values.get('eventCategory') !== 'Management') return undefined;
  if (values.size === 1) return 'all';
  return values.size === 2 ? values.get('readOnly') : undefined;
}
