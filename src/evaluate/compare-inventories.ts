import type { Inventory } from '../model/inventory.js';
import { listedTypes, resourceKinds, resourcesOf, targetOf } from '../model/resource-kinds.js';
import { byText } from '../text/order.js';

/** A value of the state that is not what it was; `undefined`: not there. */
export interface ChangedValue {
  /** `trail arn:…` */
  readonly resource: string;
  /** `status.isLogging` */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Times of a healthy trail move all the time, and evidence is about the run. */
const restless = new Set([
  'latestDeliveryTime',
  'latestDigestDeliveryTime',
  'latestCloudWatchLogsDeliveryTime',
  'latestNotificationTime',
  'evidence',
]);

/** Compares two states value by value: the organization, and each resource by its ARN, name or id. */
export function compareInventories(before: Inventory, after: Inventory): readonly ChangedValue[] {
  const [first, second] = [valuesOf(before), valuesOf(after)];
  const keys = [...new Set([...first.keys(), ...second.keys()])].toSorted(byText);
  return keys.flatMap((key) => {
    const [one, two] = [first.get(key), second.get(key)];
    if (one === two) return [];
    const [resource = '', path = ''] = key.split('\n');
    return [{ resource, path, before: one, after: two }];
  });
}

function valuesOf(inventory: Inventory): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (inventory.organization !== null)
    flatten(`organization ${inventory.organization.id}`, '', inventory.organization, values);
  for (const kind of listedTypes) {
    for (const it of resourcesOf(kind, inventory)) {
      flatten(`${resourceKinds[kind].noun} ${targetOf(kind, it).id}`, '', it, values);
    }
  }
  return values;
}

/** One line for each value; what is known reads like the value itself, a gap as unknown. */
function flatten(resource: string, path: string, value: unknown, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(`${resource}\n${path}`, String(value));
    return;
  }
  if ('state' in value && value.state === 'known' && 'value' in value) {
    flatten(resource, path, value.value, into);
    return;
  }
  if ('state' in value && (value.state === 'absent' || value.state === 'unknown')) {
    into.set(`${resource}\n${path}`, value.state);
    return;
  }
  if (Array.isArray(value)) {
    into.set(`${resource}\n${path}`, JSON.stringify(value, withoutRestless));
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (!restless.has(key)) flatten(resource, path === '' ? key : `${path}.${key}`, member, into);
  }
}

function withoutRestless(key: string, value: unknown): unknown {
  return restless.has(key) ? undefined : value;
}
