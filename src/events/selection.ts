import type { AdvancedEventSelector, EventSelectors } from '../model/inventory.js';

/** What is taken in by advanced event selectors. */
export interface Selection {
  /** Events of CloudTrail at all: event data stores may hold configuration items, evidence or events from elsewhere. */
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
  return {
    isOfEvents: categories.some((it) => ofEvents.has(it)),
    allManagement: areAll(selectors.map(managementPart)),
    someData: categories.includes('Data'),
  };
}

/** Whether the selectors of a trail take in each management event. */
export function selectsAllManagement({ basic, advanced }: EventSelectors): boolean {
  const ofBasic = basic.map(
    ({ readWriteType, includeManagementEvents, excludeManagementEventSources, unsupported }) => {
      if (!includeManagementEvents || excludeManagementEventSources.length > 0) return undefined;
      if (unsupported !== undefined && unsupported.length > 0) return undefined;
      return { All: 'all', ReadOnly: 'true', WriteOnly: 'false' }[readWriteType];
    },
  );
  return areAll([...ofBasic, ...advanced.map(managementPart)]);
}

/** One for reads and one for writes are all of them. */
function areAll(parts: readonly (string | undefined)[]): boolean {
  return parts.includes('all') || (parts.includes('true') && parts.includes('false'));
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
