/** Strings and what holds or separates them. The text is JSON already. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * A key that occurs twice in one object of this JSON text. EventBridge reads both, JSON.parse only the last: such a
 * pattern would seem wider than it is.
 */
export function duplicateKey(text: string): string | undefined {
  const objects: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [found] of text.matchAll(token)) {
    if (found === '{') objects.push(new Set());
    else if (found === '[') objects.push(undefined);
    else if (found === '}' || found === ']') objects.pop();
    else if (found === ':') {
      const keys = objects.at(-1);
      const key = String(JSON.parse(last));
      if (keys?.has(key) === true) return key;
      keys?.add(key);
    }
    last = found;
  }
  return undefined;
}
