/** What a part of an inventory refers to by id. */
export interface References {
  readonly gaps: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
}

const gapMembers: ReadonlySet<string> = new Set([
  'gap',
  'accountsGap',
  'trailsGap',
  'ownTrailsGap',
  'recordersGap',
  'eventDataStoresGap',
]);

/** The gaps and the evidence that a value names, anywhere within. */
export function referencesOf(value: unknown): References {
  const gaps = new Set<string>();
  const evidence = new Set<string>();
  collect(value, gaps, evidence);
  return { gaps, evidence };
}

function collect(value: unknown, gaps: Set<string>, evidence: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const it of value) collect(it, gaps, evidence);
    return;
  }
  for (const [key, it] of Object.entries(value)) {
    if (typeof it === 'string' && gapMembers.has(key)) gaps.add(it);
    else if (key === 'evidence' && typeof it === 'object' && it !== null) addAll(Object.values(it), evidence);
    else collect(it, gaps, evidence);
  }
}

function addAll(values: readonly unknown[], to: Set<string>): void {
  for (const it of values) if (typeof it === 'string') to.add(it);
}
