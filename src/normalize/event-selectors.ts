import type { AdvancedEventSelector, EventSelector, EventSelectors, InsightSelector } from '../model/inventory.js';
import { MalformedAnswer, required } from './malformed-answer.js';
import { defined } from './text.js';

interface RawFieldSelector {
  readonly Field?: string | undefined;
  readonly Equals?: readonly string[] | undefined;
  readonly StartsWith?: readonly string[] | undefined;
  readonly EndsWith?: readonly string[] | undefined;
  readonly NotEquals?: readonly string[] | undefined;
  readonly NotStartsWith?: readonly string[] | undefined;
  readonly NotEndsWith?: readonly string[] | undefined;
}

export interface RawAdvancedEventSelector {
  readonly Name?: string | undefined;
  readonly FieldSelectors?: readonly RawFieldSelector[] | undefined;
}

interface RawEventSelector {
  readonly ReadWriteType?: string | undefined;
  readonly IncludeManagementEvents?: boolean | undefined;
  readonly ExcludeManagementEventSources?: readonly string[] | undefined;
  readonly DataResources?:
    | readonly { readonly Type?: string | undefined; readonly Values?: readonly string[] | undefined }[]
    | undefined;
}

interface RawEventSelectors {
  readonly EventSelectors?: readonly RawEventSelector[] | undefined;
  readonly AdvancedEventSelectors?: readonly RawAdvancedEventSelector[] | undefined;
  /** Paths of what AWS gave and the SDK does not know. */
  readonly unknownMembers?: readonly string[] | undefined;
}

/** What a trail records that never had a selector set: all management events. */
const defaultSelector: EventSelector = {
  readWriteType: 'All',
  includeManagementEvents: true,
  excludeManagementEventSources: [],
  dataResources: [],
};

/**
 * GetEventSelectors' answer with AWS's defaults filled in. AWS gives one list or the other; an answer with
 * neither is malformed, as a trail without selectors of its own has the default one.
 */
export function normalizeEventSelectors(raw: RawEventSelectors): EventSelectors {
  const advanced = normalizeAdvancedEventSelectors(raw.AdvancedEventSelectors ?? [], raw.unknownMembers);
  const basic = (raw.EventSelectors ?? []).map((selector, index) =>
    normalizeEventSelector(selector, below(raw.unknownMembers, `EventSelectors.${index}`)),
  );
  if (advanced.length > 0 && basic.length > 0)
    throw new MalformedAnswer('The answer has both kinds of event selectors.');
  if (advanced.length === 0 && raw.EventSelectors === undefined) required(undefined, 'EventSelectors');
  return { basic: advanced.length === 0 && basic.length === 0 ? [defaultSelector] : basic, advanced };
}

/** The advanced event selectors of a trail or event data store. */
export function normalizeAdvancedEventSelectors(
  raw: readonly RawAdvancedEventSelector[],
  unknownMembers: readonly string[] | undefined,
): AdvancedEventSelector[] {
  return raw.map((selector, index) =>
    normalizeAdvancedEventSelector(selector, below(unknownMembers, `AdvancedEventSelectors.${index}`)),
  );
}

function normalizeAdvancedEventSelector(
  raw: RawAdvancedEventSelector,
  unknownMembers: readonly string[],
): AdvancedEventSelector {
  return defined({
    name: raw.Name,
    fieldSelectors: required(raw.FieldSelectors, 'FieldSelectors').map((selector, index) =>
      defined({
        field: required(selector.Field, 'Field'),
        equals: [...(selector.Equals ?? [])],
        startsWith: [...(selector.StartsWith ?? [])],
        endsWith: [...(selector.EndsWith ?? [])],
        notEquals: [...(selector.NotEquals ?? [])],
        notStartsWith: [...(selector.NotStartsWith ?? [])],
        notEndsWith: [...(selector.NotEndsWith ?? [])],
        unsupported: namesIn(below(unknownMembers, `FieldSelectors.${index}`)),
      }),
    ),
    unsupported: namesIn(unknownMembers.filter((path) => !path.startsWith('FieldSelectors.'))),
  });
}

function normalizeEventSelector(raw: RawEventSelector, unknownMembers: readonly string[]): EventSelector {
  return defined({
    readWriteType: raw.ReadWriteType ?? defaultSelector.readWriteType,
    includeManagementEvents: raw.IncludeManagementEvents ?? defaultSelector.includeManagementEvents,
    excludeManagementEventSources: [...(raw.ExcludeManagementEventSources ?? [])],
    dataResources: (raw.DataResources ?? []).map((resource) => ({
      type: required(resource.Type, 'DataResources.Type'),
      values: [...(resource.Values ?? [])],
    })),
    unsupported: namesIn(unknownMembers),
  });
}

/** The paths below one, without it. */
function below(paths: readonly string[] | undefined, start: string): string[] {
  return (paths ?? []).filter((path) => path.startsWith(`${start}.`)).map((path) => path.slice(start.length + 1));
}

function namesIn(paths: readonly string[]): string[] | undefined {
  return paths.length === 0 ? undefined : [...paths];
}

export interface RawInsightSelectors {
  readonly InsightSelectors?:
    | readonly { readonly InsightType?: string | undefined; readonly EventCategories?: readonly string[] | undefined }[]
    | undefined;
}

/** Insights analyzed management events only before categories came: none given means Management. */
export function normalizeInsightSelectors(raw: RawInsightSelectors): InsightSelector[] {
  return required(raw.InsightSelectors, 'InsightSelectors').map((selector) => ({
    insightType: required(selector.InsightType, 'InsightType'),
    eventCategories: [...(selector.EventCategories ?? ['Management'])],
  }));
}
