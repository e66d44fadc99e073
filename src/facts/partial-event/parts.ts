/**
 * Whether the whole text is these parts, one after the other, with any text, also none, between them. The leftmost
 * place of a part is as good as any, so nothing is ever tried twice.
 */
export function matchesParts([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}
