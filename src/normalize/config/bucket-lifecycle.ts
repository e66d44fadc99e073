import type { LifecycleRule } from '../../model/inventory.js';
import { normalizeLifecycleRule, type RawLifecycleRule } from '../lifecycle.js';
import { MalformedAnswer } from '../malformed-answer.js';
import { numberIn, objectIn, objectsIn, textIn, type JsonObject } from './json.js';

/** The rules of a BucketLifecycleConfiguration, which writes -1 for what is not set and filters as predicates. */
export function normalizeLifecycle(configuration: JsonObject): LifecycleRule[] {
  return objectsIn(configuration, 'rules').map((rule) => normalizeLifecycleRule(rawRule(rule)));
}

function rawRule(rule: JsonObject): RawLifecycleRule {
  const filter = objectIn(rule, 'filter');
  const predicate = filter === undefined ? undefined : objectIn(filter, 'predicate');
  const date = rule['expirationDate'];
  const noncurrent = noncurrentOf(rule);
  return {
    ID: textIn(rule, 'id'),
    Status: textIn(rule, 'status'),
    Prefix: textIn(rule, 'prefix'),
    ...(predicate === undefined ? {} : { Filter: filterOf(predicate) }),
    Expiration: {
      Days: numberIn(rule, 'expirationInDays'),
      Date: typeof date === 'string' || typeof date === 'number' ? new Date(date) : undefined,
    },
    ...(noncurrent === undefined ? {} : { NoncurrentVersionExpiration: noncurrent }),
    Transitions: objectsIn(rule, 'transitions').map((it) => ({
      Days: numberIn(it, 'days'),
      StorageClass: textIn(it, 'storageClass'),
    })),
  };
}

/** The days alone in older items, an object in newer ones, whose days AWS's list of properties calls noncurrentDays. */
function noncurrentOf(rule: JsonObject): RawLifecycleRule['NoncurrentVersionExpiration'] {
  const object = objectIn(rule, 'noncurrentVersionExpiration');
  const days = numberIn(rule, 'noncurrentVersionExpirationInDays');
  if (object === undefined) return days === undefined ? undefined : { NoncurrentDays: days };
  return {
    NoncurrentDays: numberIn(object, 'noncurrentDays') ?? numberIn(object, 'days') ?? days,
    NewerNoncurrentVersions: numberIn(object, 'newerNoncurrentVersions'),
  };
}

interface Filter {
  Prefix?: string;
  Tags: object[];
  ObjectSizeGreaterThan?: number;
  ObjectSizeLessThan?: number;
}

function filterOf(predicate: JsonObject): NonNullable<RawLifecycleRule['Filter']> {
  const filter: Filter = { Tags: [] };
  addPredicate(filter, predicate);
  return { And: filter };
}

/** A predicate that is not known may take in less or more than the rest: the rules are malformed then. */
function addPredicate(filter: Filter, predicate: JsonObject): void {
  const type = textIn(predicate, 'type') ?? '';
  switch (type) {
    case 'LifecycleAndOperator': {
      for (const operand of objectsIn(predicate, 'operands')) addPredicate(filter, operand);
      return;
    }
    case 'LifecyclePrefixPredicate': {
      filter.Prefix = textIn(predicate, 'prefix') ?? '';
      return;
    }
    case 'LifecycleTagPredicate': {
      filter.Tags.push(objectIn(predicate, 'tag') ?? {});
      return;
    }
    case 'LifecycleObjectSizeGreaterThanPredicate': {
      filter.ObjectSizeGreaterThan = size(predicate, 'objectSizeGreaterThan');
      return;
    }
    case 'LifecycleObjectSizeLessThanPredicate': {
      filter.ObjectSizeLessThan = size(predicate, 'objectSizeLessThan');
      return;
    }
    default: {
      throw new MalformedAnswer(`The configuration item has a lifecycle predicate of the unknown type '${type}'.`);
    }
  }
}

function size(predicate: JsonObject, member: string): number {
  const bytes = numberIn(predicate, member);
  if (bytes === undefined) throw new MalformedAnswer(`The configuration item's predicate lacks ${member}.`);
  return bytes;
}
