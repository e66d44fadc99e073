const compiled = new Map<string, RegExp>();

/** Matches as IAM does: `*` any run of characters, `?` any one; letters of either case are the same. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let regexp = compiled.get(pattern);
  if (regexp === undefined) {
    const source = pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    regexp = new RegExp(`^${source}$`, 'is');
    compiled.set(pattern, regexp);
  }
  return regexp.test(text);
}
