import { array, assert, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { ServiceError } from './protocol/answer.js';
import type { Call } from './services/call.js';
import { pageOf, type Page } from './services/page.js';
import { matchesWildcard } from './protocol/wildcard.js';

/** As much of a call as paging looks at. */
function call(pages: Call['pages'], pageSizes: Readonly<Record<string, number>> = {}): Call {
  const parts = { service: 'kms', operation: 'ListKeys', pages, behavior: { pageSizes } };
  return parts as unknown as Call;
}

const badToken = (): ServiceError => new ServiceError(400, 'Bad', 'bad');

function allPages(items: readonly number[], size: number, asked: Call): readonly Page<number>[] {
  const pages: Page<number>[] = [];
  let token: string | undefined;
  do {
    const page = pageOf(asked, items, { token, size, badToken });
    pages.push(page);
    token = page.next;
  } while (token !== undefined);
  return pages;
}

const lists = array(integer(), { maxLength: 60 });

test('the pages of a list are the list, in order, none longer than asked for, none empty but the first', () => {
  assert(
    property(lists, integer({ min: 1, max: 20 }), integer({ min: 1, max: 20 }), (items, size, limit) => {
      const pages = allPages(items, size, call('end', { 'kms:ListKeys': limit }));
      expect(pages.flatMap((page) => page.items)).toEqual(items);
      expect(pages.every((page) => page.items.length <= Math.min(size, limit))).toBe(true);
      expect(pages.slice(1).every((page) => page.items.length > 0)).toBe(true);
    }),
  );
});

test('a token that nobody gave is refused, whatever it says', () => {
  assert(
    property(string(), (token) => {
      expect(() => pageOf(call('end'), [1, 2, 3], { token, size: 1, badToken })).toThrow('bad');
    }),
  );
  const { next } = pageOf(call('end'), [1, 2], { token: undefined, size: 1, badToken });
  const other = { ...call('end'), operation: 'ListAliases' };
  expect(() => pageOf(other, [1, 2], { token: next, size: 1, badToken })).toThrow('bad');
});

test('wildcards are those of IAM', () => {
  expect(matchesWildcard('s3:Get*', 's3:getBucketAcl')).toBe(true);
  expect(matchesWildcard('s3:Get*', 's3:PutBucketAcl')).toBe(false);
  expect(matchesWildcard('a.c', 'abc')).toBe(false);
  expect(matchesWildcard('a?c', 'abc')).toBe(true);
  expect(matchesWildcard('a?c', 'ac')).toBe(false);
  assert(
    property(string(), string(), (before, after) => {
      const literal = before.replaceAll(/[*?]/g, '');
      expect(matchesWildcard(`${literal}*`, literal + after)).toBe(true);
      expect(matchesWildcard(literal, literal)).toBe(true);
    }),
  );
});
