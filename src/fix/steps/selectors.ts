import type { AdvancedEventSelector, EventSelector, EventSelectors, Trail } from '../../model/inventory.js';
import { jsonWord, type Command } from '../command.js';
import { descriptionOf, hasNoBucket, type FixContext } from '../context.js';
import type { Open, Step } from '../step.js';
import { isAboutData, wantedData, type WantedData } from './wanted-data.js';

const management = 'account-records-management-events';

/** What a trail may have. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const mostBasic = 5;

/** Policies of accounts that a trail's selectors can fix. */
export function isAboutSelectors({ policy }: Open): boolean {
  return policy.id === management || isAboutData(policy.id);
}

/**
 * One step for the selectors of the one trail of the account that can record what is lost: put-event-selectors replaces all
 * of them, so they are read from the inventory and completed. Undefined where there is no such trail, or several.
 */
export function selectorStep(opens: readonly Open[], context: FixContext): Step | undefined {
  const [first] = opens;
  if (first === undefined || opens.some(hasNoTrail)) return undefined;
  const trail = trailFor(first.group.root.target.accountId, context);
  const selectors = trail?.eventSelectors;
  const description = descriptionOf(trail);
  if (trail === undefined || description === undefined || selectors?.state !== 'known') return undefined;
  const wantsManagement = opens.some((it) => it.policy.id === management);
  const data = wantedData(opens, `arn:${context.partition}:s3:::${description.s3BucketName}/`, context.partition);
  const before = requestOf(selectors.value);
  const after = completed(selectors.value, wantsManagement, data);
  if (before === undefined || after === undefined) return undefined;
  const put = (flags: NonNullable<typeof after>): Command => ({
    words: [
      'cloudtrail',
      'put-event-selectors',
      '--region',
      trail.homeRegion,
      '--trail-name',
      trail.arn,
      flags.flag,
      jsonWord(flags.selectors),
    ],
  });
  const what = [...(wantsManagement ? ['all management events'] : []), ...data.map((it) => it.what)];
  return {
    stage: 'trails',
    accountId: trail.accountId,
    region: trail.homeRegion,
    fixes: opens,
    what: `Trail ${trail.arn} selects ${what.join(' and ')}, beside what it selects now.`,
    commands: [put(after)],
    rollback: [put(before)],
    cost:
      data.length > 0
        ? 'data events and network activity events by their number, which may be large; storage in S3'
        : 'the first copy of management events is free in each Region; storage in S3',
    notes: [
      `It was made from the selectors as they were on ${context.results.run.capturedAt}: where they have changed since, read them again.`,
    ],
  };
}

/** Losses that no selector brings back: nothing records there, or deliveries fail. */
function hasNoTrail({ group }: Open): boolean {
  const because = group.root.reasons.flatMap((it) => it.because);
  return because.some(
    ({ expr, value }) =>
      (/Losses\[\d+\]\.eventSource$/.test(expr) && value === '*') || /^now - .*\.failingSince$/.test(expr),
  );
}

function trailFor(accountId: string, context: FixContext): Trail | undefined {
  const own = context.trails.filter((it) => {
    const description = descriptionOf(it);
    const isLogging = it.status.state === 'known' && it.status.value.isLogging;
    const isMultiRegion = description?.isMultiRegionTrail === true;
    return it.accountId === accountId && isLogging && isMultiRegion && !hasNoBucket(it.arn, context);
  });
  const ofOrganization = own.filter((it) => descriptionOf(it)?.isOrganizationTrail === true);
  const candidates = ofOrganization.length > 0 ? ofOrganization : own;
  return candidates.length === 1 ? candidates[0] : undefined;
}

interface Flagged {
  readonly flag: '--event-selectors' | '--advanced-event-selectors';
  readonly selectors: readonly object[];
}

/** What is set now, as the call takes it; undefined where some of it was not understood. */
function requestOf({ basic, advanced }: EventSelectors): Flagged | undefined {
  const parts = [...basic, ...advanced, ...advanced.flatMap((it) => it.fieldSelectors)];
  if (parts.some((it) => (it.unsupported ?? []).length > 0)) return undefined;
  if (advanced.length > 0) return { flag: '--advanced-event-selectors', selectors: advanced.map(advancedOf) };
  return {
    flag: '--event-selectors',
    selectors: basic.map((it) => ({
      ReadWriteType: it.readWriteType,
      IncludeManagementEvents: it.includeManagementEvents,
      DataResources: it.dataResources.map(({ type, values }) => ({ Type: type, Values: values })),
      ExcludeManagementEventSources: it.excludeManagementEventSources,
    })),
  };
}

function advancedOf({ name, fieldSelectors }: AdvancedEventSelector): object {
  return {
    ...(name === undefined ? {} : { Name: name }),
    FieldSelectors: fieldSelectors.map((it) => {
      const lists: Readonly<Record<string, readonly string[]>> = {
        Equals: it.equals,
        StartsWith: it.startsWith,
        EndsWith: it.endsWith,
        NotEquals: it.notEquals,
        NotStartsWith: it.notStartsWith,
        NotEndsWith: it.notEndsWith,
      };
      return {
        Field: it.field,
        ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
      };
    }),
  };
}

/** Basic selectors without exclusions of management events, one of them for reads and writes. */
function wholeManagement(basic: readonly EventSelector[]): readonly EventSelector[] | undefined {
  const open = basic.map((it) => (it.includeManagementEvents ? { ...it, excludeManagementEventSources: [] } : it));
  if (open.some((it) => it.includeManagementEvents && it.readWriteType === 'All')) return open;
  const all = {
    readWriteType: 'All',
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    dataResources: [],
  };
  // What selects data events keeps its kind: another one would record, and charge, more of them.
  const at = open.findIndex((it) => it.dataResources.length === 0);
  if (at >= 0) return open.map((it, index) => (index === at ? all : it));
  return open.length < mostBasic ? [...open, all] : undefined;
}

const allManagement = {
  Name: 'All management events',
  FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
};

function completed(now: EventSelectors, wantsManagement: boolean, data: readonly WantedData[]): Flagged | undefined {
  if (now.basic.length > 0) return completedBasic(now, wantsManagement, data);
  const isManagement = ({ fieldSelectors }: AdvancedEventSelector) =>
    fieldSelectors.some((it) => it.field === 'eventCategory' && it.equals.includes('Management'));
  const kept = wantsManagement ? now.advanced.filter((it) => !isManagement(it)) : now.advanced;
  const names = new Set(kept.map((it) => it.name));
  const added = [...(wantsManagement ? [allManagement] : []), ...data.flatMap((it) => it.advanced)];
  // Names are unique within a trail.
  if (added.some((it) => names.has(it.Name))) return undefined;
  return { flag: '--advanced-event-selectors', selectors: [...kept.map(advancedOf), ...added] };
}

function completedBasic(
  now: EventSelectors,
  wantsManagement: boolean,
  data: readonly WantedData[],
): Flagged | undefined {
  const basic = wantsManagement ? wholeManagement(now.basic) : now.basic;
  const resources = data.map((it) => it.basic);
  if (requestOf(now) === undefined || basic === undefined) return undefined;
  if (resources.includes(undefined)) {
    const advanced = asAdvanced(now.basic);
    return advanced === undefined ? undefined : completed({ basic: [], advanced }, wantsManagement, data);
  }
  if (resources.length === 0) return requestOf({ basic, advanced: [] });
  const added = {
    readWriteType: 'All',
    includeManagementEvents: false,
    excludeManagementEventSources: [],
    dataResources: resources.filter((it) => it !== undefined),
  };
  return basic.length < mostBasic ? requestOf({ basic: [...basic, added], advanced: [] }) : undefined;
}

/**
 * The same in advanced selectors, which take the place of basic ones; undefined where these select data events.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
function asAdvanced(basic: readonly EventSelector[]): readonly AdvancedEventSelector[] | undefined {
  if (basic.some((it) => it.dataResources.length > 0)) return undefined;
  return basic
    .filter((it) => it.includeManagementEvents)
    .map(({ readWriteType, excludeManagementEventSources }, index) => ({
      name: `Management events ${index + 1}`,
      fieldSelectors: [
        { ...field, field: 'eventCategory', equals: ['Management'] },
        ...(readWriteType === 'All'
          ? []
          : [{ ...field, field: 'readOnly', equals: [String(readWriteType === 'ReadOnly')] }]),
        ...(excludeManagementEventSources.length === 0
          ? []
          : [{ ...field, field: 'eventSource', notEquals: excludeManagementEventSources }]),
      ],
    }));
}

const field = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
