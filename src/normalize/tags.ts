import { required } from './malformed-answer.js';
import { byText } from '../text/order.js';

interface RawTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by key, sorted; a tag may have no value. */
export function tagsOf(tags: readonly RawTag[]): Readonly<Record<string, string>> {
  const pairs = tags.map(({ Key, Value }) => [required(Key, 'Tag.Key'), Value ?? ''] as const);
  return Object.fromEntries(pairs.toSorted(([a], [b]) => byText(a, b)));
}
