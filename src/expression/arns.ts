import { matchesWildcards } from '../text/wildcards.js';
import type { Value, ViewObject } from './values.js';
import { string, type Field } from './types.js';

const text = (description: string): Field => ({ type: string, isOptional: false, description });

/** The fields of what `arn(…)` gives. */
export const arnFields: ReadonlyMap<string, Field> = new Map([
  ['partition', text('aws, aws-cn, aws-us-gov …')],
  ['service', text('e.g. cloudtrail')],
  ['region', text('empty for global services')],
  ['accountId', text('12 digits; empty for S3 buckets')],
  ['resourceType', text('what comes before the first / or : of the resource, else empty')],
  ['resource', text('the rest')],
]);

const pattern = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s;

export function isArn(candidate: string): boolean {
  return pattern.test(candidate);
}

/** The parts of an ARN, as an object of the type `Arn`. */
export function arnObject(arn: string): ViewObject {
  const [, partition = '', service = '', region = '', accountId = '', rest = ''] = pattern.exec(arn) ?? [];
  const separator = rest.search(/[/:]/);
  const fields: Readonly<Record<string, Value>> = {
    partition,
    service,
    region,
    accountId,
    resourceType: separator < 0 ? '' : rest.slice(0, separator),
    resource: separator < 0 ? rest : rest.slice(separator + 1),
  };
  return { type: 'Arn', label: arn, get: (field) => fields[field] ?? '', evidence: () => [] };
}

/**
 * IAM's ArnLike: each of the six parts is matched by itself; `*` and `?` are wildcards.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function arnLike(arn: string, like: string): boolean {
  const parts = sixParts(arn);
  const patterns = sixParts(like);
  if (parts === undefined || patterns === undefined) return false;
  return patterns.every((it, index) => matchesWildcards(it, parts[index] ?? ''));
}

function sixParts(full: string): readonly string[] | undefined {
  const parts = full.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
