import type { ServiceError } from '../protocol/answer.js';
import { callName, type Call } from './call.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

export interface PageRequest {
  readonly token: string | undefined;
  /** The largest page that is asked for and allowed. */
  readonly size: number;
  /** What the service says to a token that it did not give. */
  readonly badToken: () => ServiceError;
}

const sameToken = Buffer.from('again').toString('base64url');

/**
 * One page of a list, and the token of the next. Tokens belong to the operation that gave them.
 * With a fault on pages, tokens never end (fresh ones that lead to empty pages, or the same one for ever), or the
 * first page is empty and only its token leads to the rest, which is normal with Organizations.
 */
export function pageOf<T>(call: Call, items: readonly T[], request: PageRequest): Page<T> {
  const size = Math.min(request.size, call.behavior.pageSizes[callName(call)] ?? request.size);
  if (call.pages === 'empty-first' && request.token === undefined) return { items: [], next: tokenOf(call, 0) };
  if (call.pages === 'repeat') return { items: items.slice(0, size), next: sameToken };
  const start = request.token === undefined ? 0 : offsetOf(call, request.token);
  if (start === undefined) throw request.badToken();
  const end = start + size;
  const hasMore = call.pages === 'never-end' || end < items.length;
  return { items: items.slice(start, end), next: hasMore ? tokenOf(call, end) : undefined };
}

function tokenOf(call: Call, offset: number): string {
  return Buffer.from(`${callName(call)} ${offset}`).toString('base64url');
}

function offsetOf(call: Call, token: string): number | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const start = `${callName(call)} `;
  const offset = text.startsWith(start) ? Number(text.slice(start.length)) : Number.NaN;
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}
