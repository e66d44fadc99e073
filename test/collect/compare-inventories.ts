import type { Inventory } from '../../src/model/inventory.js';

/**
 * Where an inventory that was read under a fault says something else than the one read without: paths of values that
 * are not what they were, other than by having become unknown. Things that are missing altogether are not listed.
 */
export function contradictions(sound: Inventory, faulty: Inventory): string[] {
  return parts.flatMap((part) => compare(sound[part], faulty[part], part));
}

const parts = [
  'partition',
  'caller',
  'organization',
  'accounts',
  'trails',
  'eventDataStores',
  'buckets',
  'keys',
  'logGroups',
  'alarms',
  'eventRules',
  'targetBuses',
  'topics',
] as const;

/** Evidence and gaps say nothing of AWS. Names are labels: a thing that could not be described is called by its id. */
const aboutTheRun = new Set(['evidence', 'name', 'gap', 'accountsGap', 'trailsGap', 'eventDataStoresGap']);

/**
 * Whether an account is asked for event data stores, for the holders of full access and for rights on trails follows from
 * who is a delegated administrator, and whether for access points from the policies of its buckets; what subscriptions take
 * is asked where alarms or rules publish, and mute rules where there are alarms. What was not asked is not known.
 */
const maybeNotAsked = new Set(['eventDataStores', 'accessPoints', 'fullAccess', 'trailRights', 'filter', 'muteRules']);

function compare(sound: unknown, faulty: unknown, path: string): string[] {
  if (isUnknown(faulty)) return [];
  if (Array.isArray(sound) && Array.isArray(faulty)) return compareLists(sound, faulty, path);
  if (isRecord(sound) && isRecord(faulty)) {
    const keys = [...new Set([...Object.keys(sound), ...Object.keys(faulty)])].filter((key) => !aboutTheRun.has(key));
    return keys.flatMap((key) =>
      faulty[key] === undefined && maybeNotAsked.has(key) ? [] : compare(sound[key], faulty[key], `${path}.${key}`),
    );
  }
  return sound === faulty ? [] : [`${path}: ${JSON.stringify(sound)} → ${JSON.stringify(faulty)}`];
}

/** Things with a name are compared by it; one that has come up under the fault alone is a contradiction. Others by their place. */
function compareLists(sound: readonly unknown[], faulty: readonly unknown[], path: string): string[] {
  if (!faulty.every((it) => nameOf(it) !== undefined) || !sound.every((it) => nameOf(it) !== undefined)) {
    return sound.length === faulty.length
      ? faulty.flatMap((it, index) => compare(sound[index], it, `${path}[${index}]`))
      : [`${path}: ${JSON.stringify(sound)} → ${JSON.stringify(faulty)}`];
  }
  const byName = new Map(sound.map((it) => [nameOf(it), it]));
  return faulty
    .filter((it) => byName.has(nameOf(it)) || !isBusWithoutRules(it))
    .flatMap((it) => compare(byName.get(nameOf(it)), it, `${path}[${nameOf(it)}]`));
}

/** Where the Regions of an account could not be listed, those that are enabled by default are asked for their rules. */
function isBusWithoutRules(it: unknown): boolean {
  return isRecord(it) && isRecord(it['rules']) && JSON.stringify(it['rules']['value']) === '[]';
}

function nameOf(it: unknown): string | undefined {
  if (!isRecord(it)) return undefined;
  const name = it['arn'] ?? it['id'] ?? it['trailArn'];
  if (typeof name === 'string') return name;
  if ('users' in it && typeof it['name'] === 'string') return it['name'];
  return 'alarms' in it || 'rules' in it ? `${String(it['accountId'])} ${String(it['region'])}` : undefined;
}

function isUnknown(it: unknown): boolean {
  return isRecord(it) && it['state'] === 'unknown';
}

function isRecord(it: unknown): it is Readonly<Record<string, unknown>> {
  return typeof it === 'object' && it !== null && !Array.isArray(it);
}
