import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { SnapshotItem, WorldAggregator, WorldConfig } from '../world/world.js';
import type { Call, Operation, Service } from './call.js';
import { asApiItem, asQueryRow } from './config-encodings.js';
import { pageOf } from './page.js';

export const config: Service = {
  name: 'config',
  operations: {
    DescribeConfigurationAggregators: operation('DescribeConfigurationAggregators', describeAggregators),
    DescribeConfigurationAggregatorSourcesStatus: paged('DescribeConfigurationAggregatorSourcesStatus', sourcesStatus),
    SelectAggregateResourceConfig: paged('SelectAggregateResourceConfig', selectAggregate),
    BatchGetAggregateResourceConfig: operation('BatchGetAggregateResourceConfig', batchGetAggregate),
    DescribeConfigurationRecorders: operation('DescribeConfigurationRecorders', describeRecorders),
    DescribeConfigurationRecorderStatus: operation('DescribeConfigurationRecorderStatus', describeRecorderStatus),
    SelectResourceConfig: paged('SelectResourceConfig', selectResources),
    ListDiscoveredResources: paged('ListDiscoveredResources', listDiscovered),
    GetResourceConfigHistory: paged('GetResourceConfigHistory', history),
    BatchGetResourceConfig: operation('BatchGetResourceConfig', batchGet),
  },
};

function operation(name: string, answer: Operation['answer']): Operation {
  return { action: `config:${name}`, answer };
}

function paged(name: string, answer: Operation['answer']): Operation {
  return { action: `config:${name}`, isPaged: true, answer };
}

const nothing: WorldConfig = { aggregators: [], recorders: [], items: [] };

const recorded = (call: Call): WorldConfig => call.index.world.config ?? nothing;

function findAggregator(call: Call, name: string): WorldAggregator {
  const found = recorded(call).aggregators.find(
    (it) => it.name === name && it.accountId === call.caller.accountId && it.region === call.region,
  );
  if (found !== undefined) return found;
  const message = `The configuration aggregator does not exist. Check the configuration aggregator name and try again.`;
  throw new ServiceError(400, 'NoSuchConfigurationAggregatorException', message);
}

function describeAggregators(call: Call): HttpAnswer {
  const names = call.input['ConfigurationAggregatorNames'];
  const wanted = Array.isArray(names)
    ? names.map((name) => findAggregator(call, String(name)))
    : recorded(call).aggregators;
  return jsonAnswer({ ConfigurationAggregators: wanted.map(describe) });
}

function describe({ name, accounts, filters }: WorldAggregator): object {
  const source =
    accounts === null
      ? { OrganizationAggregationSource: { RoleArn: 'arn:aws:iam::111122223333:role/config', AllAwsRegions: true } }
      : { AccountAggregationSources: [{ AccountIds: accounts, AllAwsRegions: true }] };
  return { ConfigurationAggregatorName: name, ...source, AggregatorFilters: filters };
}

function sourcesStatus(call: Call): HttpAnswer {
  const { failures = {}, outdated = [] } = findAggregator(
    call,
    requiredText(call.input, 'ConfigurationAggregatorName'),
  );
  const failing = Object.entries(failures).map(([SourceId, LastErrorMessage]) => ({
    SourceId,
    SourceType: 'ACCOUNT',
    AwsRegion: call.region,
    LastUpdateStatus: 'FAILED',
    LastErrorMessage,
  }));
  const all = [...failing, ...outdated];
  const { items, next } = page(call, all);
  return jsonAnswer({ AggregatedSourceStatusList: items, NextToken: next });
}

type IsSeen = (item: SnapshotItem) => boolean;

function inAggregator(call: Call): IsSeen {
  const name = requiredText(call.input, 'ConfigurationAggregatorName');
  const { accounts, failures = {}, filters } = findAggregator(call, name);
  const types = filters?.ResourceType?.Value;
  return (it) =>
    (accounts?.includes(it.awsAccountId) ?? true) &&
    !Object.hasOwn(failures, it.awsAccountId) &&
    (types?.includes(it.resourceType) ?? true);
}

function here(call: Call): IsSeen {
  return (it) => it.awsAccountId === call.caller.accountId && it.awsRegion === call.region;
}

/** Of large worlds nearly all items are recorders, which most queries are not about. */
const byType = new WeakMap<readonly SnapshotItem[], ReadonlyMap<string, readonly SnapshotItem[]>>();

function itemsOfType(call: Call, type: string): readonly SnapshotItem[] {
  const { items } = recorded(call);
  let types = byType.get(items);
  if (types === undefined) {
    const groups = new Map<string, SnapshotItem[]>();
    for (const it of items) {
      const group = groups.get(it.resourceType);
      if (group === undefined) groups.set(it.resourceType, [it]);
      else group.push(it);
    }
    types = groups;
    byType.set(items, types);
  }
  return types.get(type) ?? [];
}

function selectAggregate(call: Call): HttpAnswer {
  return select(call, inAggregator(call));
}

function selectResources(call: Call): HttpAnswer {
  return select(call, here(call));
}

/** The part of AWS Config's SQL that is asked: columns, one type, one list of values. */
const query =
  /^SELECT (?<columns>[\w., ]+) WHERE resourceType = '(?<type>[\w:]+)'(?: AND (?<column>resourceId|accountId) IN \((?<values>[^)]*)\))?$/;

function select(call: Call, isSeen: IsSeen): HttpAnswer {
  const expression = requiredText(call.input, 'Expression');
  const parsed = query.exec(expression)?.groups;
  if (parsed === undefined || expression.length > 4096) {
    throw new ServiceError(400, 'InvalidExpressionException', `Invalid expression: ${expression.slice(0, 200)}`);
  }
  const { columns = '', type = '', column, values = '' } = parsed;
  const wanted = new Set(values.split(', ').map((value) => value.slice(1, -1)));
  const found = itemsOfType(call, type).filter((it) => {
    if (!isSeen(it) || it.configurationItemStatus.startsWith('ResourceDeleted')) return false;
    if (column === undefined) return true;
    return wanted.has(column === 'accountId' ? it.awsAccountId : it.resourceId);
  });
  const { items: rows, next } = page(call, found);
  const names = columns.split(', ');
  return jsonAnswer({
    Results: rows.map((it) => JSON.stringify(asQueryRow(it, names))),
    QueryInfo: { SelectFields: names.map((Name) => ({ Name })) },
    NextToken: next,
  });
}

function page<T>(call: Call, items: readonly T[]) {
  const size = numberIn(call.input, 'Limit') ?? 25;
  if (size > 100) throw new ServiceError(400, 'InvalidLimitException', 'The limit is 100.');
  const badToken = (): ServiceError => new ServiceError(400, 'InvalidNextTokenException', 'The token is not valid.');
  return pageOf(call, items, { token: textIn(call.input, 'NextToken'), size, badToken });
}

function listDiscovered(call: Call): HttpAnswer {
  const type = requiredText(call.input, 'resourceType');
  const ids = call.input['resourceIds'];
  const isHere = here(call);
  const all = itemsOfType(call, type).filter(
    (it) => isHere(it) && (!Array.isArray(ids) || ids.includes(it.resourceId)),
  );
  const found = [...new Set(all.map((it) => it.resourceId))].filter(
    (id) => call.input['includeDeletedResources'] === true || !isDeleted(all.findLast((it) => it.resourceId === id)),
  );
  const size = numberIn(call.input, 'limit') ?? 100;
  const badToken = (): ServiceError => new ServiceError(400, 'InvalidNextTokenException', 'The token is not valid.');
  const { items, next } = pageOf(call, found, { token: textIn(call.input, 'nextToken'), size, badToken });
  return jsonAnswer({
    resourceIdentifiers: items.map((resourceId) => ({ resourceType: type, resourceId })),
    nextToken: next,
  });
}

function isDeleted(item: SnapshotItem | undefined): boolean {
  return item?.configurationItemStatus.startsWith('ResourceDeleted') === true;
}

/** Newest first, seven days a page: pages without an item lead on. */
function history(call: Call): HttpAnswer {
  const week = 7 * 86_400;
  const type = requiredText(call.input, 'resourceType');
  const id = requiredText(call.input, 'resourceId');
  const isHere = here(call);
  const seconds = (it: SnapshotItem): number => Date.parse(it.configurationItemCaptureTime) / 1000;
  const all = itemsOfType(call, type).filter((it) => isHere(it) && it.resourceId === id);
  const oldest = Math.min(...all.map(seconds));
  if (all.length === 0) throw new ServiceError(400, 'ResourceNotDiscoveredException', `Resource ${id} is not known.`);
  const token = textIn(call.input, 'nextToken');
  const until = token === undefined ? (numberIn(call.input, 'laterTime') ?? Date.now() / 1000) : Number(token);
  const items = all.filter((it) => seconds(it) <= until && seconds(it) > until - week);
  return jsonAnswer({
    configurationItems: items.toSorted((a, b) => seconds(b) - seconds(a)).map(asApiItem),
    nextToken: until - week >= oldest ? String(until - week) : undefined,
  });
}

interface ResourceKey {
  readonly ResourceId?: string;
  readonly resourceId?: string;
  readonly ResourceType?: string;
  readonly resourceType?: string;
  readonly SourceAccountId?: string;
  readonly SourceRegion?: string;
}

function batchGetAggregate(call: Call): HttpAnswer {
  const found = itemsNamed(call, 'ResourceIdentifiers', inAggregator(call));
  return jsonAnswer({ BaseConfigurationItems: found.map(asApiItem), UnprocessedResourceIdentifiers: [] });
}

function batchGet(call: Call): HttpAnswer {
  const found = itemsNamed(call, 'resourceKeys', here(call));
  return jsonAnswer({ baseConfigurationItems: found.map(asApiItem), unprocessedResourceKeys: [] });
}

function itemsNamed(call: Call, member: string, isSeen: IsSeen): SnapshotItem[] {
  // The SDK has checked the shape: it comes from its typed input.
  const keys = call.input[member] as readonly ResourceKey[] | undefined;
  if (keys === undefined || keys.length === 0 || keys.length > 100) {
    throw new ServiceError(400, 'ValidationException', `${member} must have 1 to 100 members.`);
  }
  return keys.flatMap((key) =>
    itemsOfType(call, key.ResourceType ?? key.resourceType ?? '').filter(
      (it) =>
        isSeen(it) &&
        it.resourceId === (key.ResourceId ?? key.resourceId) &&
        it.awsAccountId === (key.SourceAccountId ?? it.awsAccountId) &&
        it.awsRegion === (key.SourceRegion ?? it.awsRegion),
    ),
  );
}

function recordersHere(call: Call) {
  return recorded(call).recorders.filter((it) => it.accountId === call.caller.accountId && it.region === call.region);
}

function describeRecorders(call: Call): HttpAnswer {
  return jsonAnswer({ ConfigurationRecorders: recordersHere(call).map((it) => it.description) });
}

function describeRecorderStatus(call: Call): HttpAnswer {
  return jsonAnswer({
    ConfigurationRecordersStatus: recordersHere(call).map((it) =>
      Object.assign({ name: it.description.name, recording: it.recording }, it.status),
    ),
  });
}
