import type { AdvancedEventSelector, EventSelector, FieldSelector, InsightSelector } from '../model/inventory.js';
import { orAbsent, texts } from './convert.js';
import { PartObject } from './object.js';
import { Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import type { World } from './world.js';

/** Says of what a selector has and this version does not know why it is not known. */
export type Newer = (names: readonly string[]) => Unknown;

/** A trail's basic event selectors. */
export function eventSelectors(all: readonly EventSelector[], trail: ViewObject, newer: Newer): ViewList {
  const part = parts(trail, 'eventSelectors');
  return new ViewList(
    all.map((it) => {
      const resources = it.dataResources.map(({ type, values }) =>
        part('DataResource', { type, values: texts(values) }),
      );
      return part('EventSelector', {
        readWriteType: it.readWriteType,
        includeManagementEvents: it.includeManagementEvents,
        excludeManagementEventSources: list(it.excludeManagementEventSources, it.unsupported, newer),
        dataResources: list(resources, it.unsupported, newer),
      });
    }),
  );
}

/** A list that is open where there is more than this version knows. */
function list(all: readonly Value[], unsupported: readonly string[] | undefined, newer: Newer): ViewList {
  return unsupported === undefined ? new ViewList(all) : new ViewList(all, [], newer(unsupported));
}

/** The advanced event selectors of a trail or event data store. */
export function advancedEventSelectors(
  all: readonly AdvancedEventSelector[],
  owner: ViewObject,
  newer: Newer,
): ViewList {
  const part = parts(owner, 'advancedEventSelectors');
  return new ViewList(
    all.map(({ name, fieldSelectors, unsupported }) => {
      const shown = fieldSelectors.map((it) => part('FieldSelector', conditions(it, newer)));
      return part('AdvancedEventSelector', {
        name: orAbsent(name),
        fieldSelectors: list(shown, unsupported, newer),
      });
    }),
  );
}

/** With an operator that is not known, none of the others says all that the field is asked. */
function conditions(it: FieldSelector, newer: Newer) {
  const values = (all: readonly string[]): ViewList => list(all, it.unsupported, newer);
  return {
    field: it.field,
    equals: values(it.equals),
    startsWith: values(it.startsWith),
    endsWith: values(it.endsWith),
    notEquals: values(it.notEquals),
    notStartsWith: values(it.notStartsWith),
    notEndsWith: values(it.notEndsWith),
  };
}

/** The gap of what is newer in the selectors of a trail or event data store. */
export function newerIn(
  { arn, accountId, region }: { readonly arn: string; readonly accountId: string; readonly region: string },
  call: string,
  world: World,
): Newer {
  return (names) => {
    const message = `Its event selectors have ${names.join(', ')}, which this version of Trailproof does not know.`;
    return new Unknown([world.note({ call, accountId, region, resource: arn, reason: 'unsupported', message })]);
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
