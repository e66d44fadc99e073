type Place = 'whole' | 'start' | 'end';

/**
 * Whether the pattern is the whole text, its start or its end, where each of its characters may stand in lower or in
 * upper case. EventBridge takes characters one by one, so ß may also be SS.
 */
export function matchesIgnoringCase(pattern: string, text: string, place: Place): boolean {
  if (place === 'end') return endsIgnoringCase(pattern, text);
  // All places up to which the pattern may have been found: the two cases of a character may differ in length.
  let ends = new Set([0]);
  for (let index = 0; index < pattern.length; index += 1) {
    const next = new Set<number>();
    for (const form of formsOf(pattern.charAt(index))) {
      for (const end of ends) if (text.startsWith(form, end)) next.add(end + form.length);
    }
    if (next.size === 0) return false;
    ends = next;
  }
  return place === 'start' || ends.has(text.length);
}

function endsIgnoringCase(pattern: string, text: string): boolean {
  let starts = new Set([text.length]);
  for (let index = pattern.length - 1; index >= 0; index -= 1) {
    const next = new Set<number>();
    for (const form of formsOf(pattern.charAt(index))) {
      for (const start of starts) if (text.endsWith(form, start)) next.add(start - form.length);
    }
    if (next.size === 0) return false;
    starts = next;
  }
  return true;
}

function formsOf(character: string): ReadonlySet<string> {
  return new Set([character.toLowerCase(), character.toUpperCase()]);
}
