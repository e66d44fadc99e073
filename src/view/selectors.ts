import type { AdvancedEventSelector, EventSelector, FieldSelector, InsightSelector } from '../model/inventory.js';
import { orAbsent, texts } from './convert.js';
import { PartObject } from './object.js';
import { ViewList, type ViewObject } from '../expression/index.js';

/** A trail's basic event selectors. */
export function eventSelectors(all: readonly EventSelector[], trail: ViewObject): ViewList {
  const part = parts(trail, 'eventSelectors');
  return new ViewList(
    all.map((it) =>
      part('EventSelector', {
        readWriteType: it.readWriteType,
        includeManagementEvents: it.includeManagementEvents,
        excludeManagementEventSources: texts(it.excludeManagementEventSources),
        dataResources: new ViewList(
          it.dataResources.map(({ type, values }) => part('DataResource', { type, values: texts(values) })),
        ),
      }),
    ),
  );
}

/** The advanced event selectors of a trail or event data store. */
export function advancedEventSelectors(all: readonly AdvancedEventSelector[], owner: ViewObject): ViewList {
  const part = parts(owner, 'advancedEventSelectors');
  return new ViewList(
    all.map(({ name, fieldSelectors }) =>
      part('AdvancedEventSelector', {
        name: orAbsent(name),
        fieldSelectors: new ViewList(fieldSelectors.map((it) => part('FieldSelector', conditions(it)))),
      }),
    ),
  );
}

function conditions(it: FieldSelector) {
  return {
    field: it.field,
    equals: texts(it.equals),
    startsWith: texts(it.startsWith),
    endsWith: texts(it.endsWith),
    notEquals: texts(it.notEquals),
    notStartsWith: texts(it.notStartsWith),
    notEndsWith: texts(it.notEndsWith),
  };
}

export function insightSelectors(all: readonly InsightSelector[], trail: ViewObject): ViewList {
  const part = parts(trail, 'insightSelectors');
  return new ViewList(
    all.map(({ insightType, eventCategories }) =>
      part('InsightSelector', { insightType, eventCategories: texts(eventCategories) }),
    ),
  );
}

function parts(owner: ViewObject, field: string) {
  return (type: string, values: ConstructorParameters<typeof PartObject>[1]): PartObject =>
    new PartObject(type, values, owner, field);
}
