/** Text made safe for element content and attributes; carriage returns would not survive parsing otherwise. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

type Leaf = string | number | boolean | Date | null | undefined;

/** An element with text; nothing at all when there is no value. */
export function leaf(name: string, value: Leaf): string {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** An element around elements. */
export function node(name: string, ...children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

/** An element around what is made of a value; nothing at all when there is no value. */
export function maybe<T>(name: string, value: T | null | undefined, inner: (value: T) => string): string {
  return value === null || value === undefined ? '' : node(name, inner(value));
}

/** An element for each item. */
export function each<T>(name: string, items: readonly T[] | null | undefined, inner: (item: T) => string): string {
  return (items ?? []).map((item) => node(name, inner(item))).join('');
}

/** A document: declaration and root element in its namespace. */
export function xmlDocument(root: string, namespace: string, ...children: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${children.join('')}</${root}>`;
}
