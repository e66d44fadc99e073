/**
 * True where a tree speaks of a name of its scope. A macro's variable cannot hide a name, so each node of this kind and
 * name is meant.
 */
export function speaksOf(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((it) => speaksOf(it, name));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === name) return true;
  return Object.values(node).some((it) => speaksOf(it, name));
}

/** The fields that a tree selects of a name of its scope: of `params`, those parameters that it reads. */
export function fieldsOfName(node: unknown, name: string, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const it of node) fieldsOfName(it, name, found);
  if (typeof node !== 'object' || node === null) return found;
  if ('kind' in node && node.kind === 'select' && 'field' in node && 'object' in node) {
    const { field, object } = node;
    const isOfName = typeof object === 'object' && object !== null && 'name' in object && object.name === name;
    if (isOfName && typeof field === 'string') found.add(field);
  }
  for (const it of Object.values(node)) fieldsOfName(it, name, found);
  return found;
}
