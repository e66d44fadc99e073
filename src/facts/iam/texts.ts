/** A text or a list of texts, as a list; undefined for anything else, and for an empty list, which IAM refuses. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((it) => typeof it === 'string');
  return texts.length === all.length && texts.length > 0 ? texts : undefined;
}
