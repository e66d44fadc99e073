import type { AdvancedEventSelector, EventSelector, Trail } from '../../model/inventory.js';
import type { HclBlock, HclValue } from '../hcl.js';

/** The selectors of a trail as Terraform has them; undefined where they were not read, or not understood, as a whole. */
export function selectorBlocks({ eventSelectors, insightSelectors }: Trail): readonly HclBlock[] | undefined {
  if (eventSelectors.state !== 'known' || insightSelectors.state === 'unknown') return undefined;
  const { basic, advanced } = eventSelectors.value;
  const isUnderstood = (it: { readonly unsupported?: readonly string[] }) => (it.unsupported ?? []).length === 0;
  const fields = advanced.flatMap((it) => it.fieldSelectors);
  if (![...basic, ...advanced, ...fields].every(isUnderstood)) return undefined;
  const insights = insightSelectors.state === 'known' ? insightSelectors.value : [];
  return [
    ...basic.map(basicBlock),
    ...advanced.map(advancedBlock),
    ...insights.map((it) => block('insight_selector', { insight_type: it.insightType })),
  ];
}

function basicBlock(it: EventSelector): HclBlock {
  return block(
    'event_selector',
    {
      read_write_type: it.readWriteType,
      include_management_events: it.includeManagementEvents,
      ...(it.excludeManagementEventSources.length === 0
        ? {}
        : { exclude_management_event_sources: it.excludeManagementEventSources }),
    },
    it.dataResources.map(({ type, values }) => block('data_resource', { type, values })),
  );
}

function advancedBlock({ name, fieldSelectors }: AdvancedEventSelector): HclBlock {
  const fields = fieldSelectors.map((it) => {
    const lists: Readonly<Record<string, readonly string[]>> = {
      equals: it.equals,
      starts_with: it.startsWith,
      ends_with: it.endsWith,
      not_equals: it.notEquals,
      not_starts_with: it.notStartsWith,
      not_ends_with: it.notEndsWith,
    };
    const used = Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
    return block('field_selector', { field: it.field, ...used });
  });
  return block('advanced_event_selector', name === undefined ? {} : { name }, fields);
}

function block(
  kind: string,
  attributes: Readonly<Record<string, HclValue>>,
  blocks: readonly HclBlock[] = [],
): HclBlock {
  return { kind, labels: [], attributes, blocks };
}
