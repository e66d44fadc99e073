/**
 * Whether the whole text is as the pattern says, where `*` stands for any text, also none. Between the stars the
 * leftmost place is as good as any, so nothing is ever tried twice.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}

/** Texts that the pattern matches: the shortest, and one with something in each place. */
export function examplesOf(pattern: string): readonly string[] {
  return pattern.includes('*') ? [pattern.replaceAll('*', ''), pattern.replaceAll('*', 'x')] : [pattern];
}
