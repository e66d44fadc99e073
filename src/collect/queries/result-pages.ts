import type { Known } from '../../model/known.js';
import { Unreadable } from '../../model/object-store.js';
import type { Failure } from '../aws/classify-error.js';
import { unreadable } from './run-query.js';

export interface ResultPage<T> {
  readonly rows: readonly T[];
  /** Undefined, or an empty text: it is the last one. */
  readonly token: string | undefined;
}

/**
 * The rows of a result, page after page.
 *
 * @throws Unreadable when a page cannot be read
 */
export async function* resultPages<T>(
  read: (token: string | undefined) => Promise<{ readonly it: Known<ResultPage<T>> } | { readonly failure: Failure }>,
): AsyncGenerator<T, void, undefined> {
  let token: string | undefined;
  const tokens = new Set<string>();
  for (;;) {
    const answer = await read(token);
    if ('failure' in answer) throw unreadable(answer.failure, 'a page of its result could not be read');
    if (answer.it.state !== 'known') throw new Unreadable('error', 'a page of its result is not there any more');
    yield* answer.it.value.rows;
    ({ token } = answer.it.value);
    if (token === undefined || token === '') return;
    if (tokens.has(token)) throw new Unreadable('error', 'the same page token of its result came twice');
    tokens.add(token);
  }
}
