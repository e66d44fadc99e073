import type { ItemType } from '../../normalize/index.js';
import type { Wanted } from './item-source.js';

/** AWS Config takes 4,096 characters; a bucket's name has at most 63. */
const idsAtOnce = 40;

/** What an id may be made of to stand in a query: names and ids of the resources that are asked for all are. */
const plain = /^[\w.:/-]{1,128}$/;

export interface Query {
  readonly expression: string;
  /** For evidence and gaps: the type, and the one id if it is one. */
  readonly resource: string;
}

/**
 * The queries for resources of a type, each short enough. Items with their configuration, or what names them only:
 * policies and access control lists are no properties that a query may name.
 */
export function queriesFor(type: ItemType, { ids, accounts }: Wanted, withConfiguration: boolean): Query[] {
  const columns = [
    'resourceType',
    'resourceId',
    'accountId',
    'awsRegion',
    'arn',
    ...(withConfiguration ? ['configuration', 'configurationItemStatus', 'configurationItemCaptureTime'] : []),
  ];
  const start = `SELECT ${columns.join(', ')} WHERE resourceType = '${type}'`;
  if (ids !== undefined)
    return conditions('resourceId', ids).map((it) => ({ expression: `${start}${it}`, resource: type }));
  if (accounts !== undefined) {
    return conditions('accountId', accounts).map((it) => ({ expression: `${start}${it}`, resource: type }));
  }
  return [{ expression: start, resource: type }];
}

function conditions(column: string, values: readonly string[]): string[] {
  const asked = [...new Set(values)].filter((it) => plain.test(it)).toSorted();
  return batches(asked, idsAtOnce).map((batch) => ` AND ${column} IN (${batch.map((it) => `'${it}'`).join(', ')})`);
}

/** The list in parts of at most so many. */
export function batches<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts;
}
