import type { SnapshotItem } from '../world/world.js';

type Json = Readonly<Record<string, unknown>>;

/** As GetResourceConfigHistory and BatchGet encode it: other names, and JSON as text. */
export function asApiItem(item: SnapshotItem): Json {
  const { awsAccountId, ARN, configuration, supplementaryConfiguration, configurationItemCaptureTime, ...rest } = item;
  return {
    ...rest,
    version: '1.3',
    accountId: awsAccountId,
    arn: ARN,
    configurationItemCaptureTime: Date.parse(configurationItemCaptureTime) / 1000,
    configuration: configuration === null ? '' : JSON.stringify(configuration),
    // A text, such as the access control list, becomes a text of a text.
    supplementaryConfiguration: Object.fromEntries(
      Object.entries(supplementaryConfiguration).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
}

/** A row of SelectResourceConfig: the columns that were asked for, as objects. */
export function asQueryRow(item: SnapshotItem, columns: readonly string[]): Json {
  const all: Json = { ...item, accountId: item.awsAccountId, arn: item.ARN };
  return Object.fromEntries(columns.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
}

/** The item inside an old notification, which has the names of both. */
export function asNotificationItem(item: SnapshotItem): Json {
  return { ...item, configurationItemVersion: '1.3', version: '1.3', configurationStateId: 1_542_345_678_901 };
}
