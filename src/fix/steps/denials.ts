import { isObject } from '../../model/is-object.js';
import { matchesWildcards } from '../../text/wildcards.js';

const asked = ['s3:getbucketacl', 's3:putobject'];

/**
 * Statements of a bucket's policy that may refuse what CloudTrail asks for a delivery, by Sid or number: beside such a
 * one, another Allow changes nothing. What is surely about others, plain HTTP or people is left out; of any other
 * condition nothing is promised.
 */
export function denialsOfDelivery(statements: readonly unknown[]): readonly string[] {
  return statements.flatMap((it, index) => {
    if (!isObject(it) || it['Effect'] !== 'Deny' || !mayMean(it)) return [];
    return [typeof it['Sid'] === 'string' && it['Sid'] !== '' ? it['Sid'] : `number ${index + 1}`];
  });
}

function mayMean(statement: Readonly<Record<string, unknown>>): boolean {
  return meansCloudTrail(statement['Principal']) && meansDelivery(statement['Action']) && !isOfOthers(statement);
}

/** NotPrincipal and NotAction may mean anything. */
function meansCloudTrail(principal: unknown): boolean {
  if (!isObject(principal)) return true;
  const { AWS, Service } = principal;
  return texts(AWS).includes('*') || texts(Service).some((it) => it === '*' || it.startsWith('cloudtrail.'));
}

function meansDelivery(action: unknown): boolean {
  return action === undefined || meansAny(action, asked);
}

/** Whether a statement's actions, one or many, take in one of these; names are in lower case. */
export function meansAny(action: unknown, names: readonly string[]): boolean {
  return texts(action).some((it) => names.some((name) => matchesWildcards(it.toLowerCase(), name)));
}

/** CloudTrail writes over TLS, and is a service of AWS: a condition that asks for the contrary never holds. */
function isOfOthers({ Condition }: Readonly<Record<string, unknown>>): boolean {
  if (!isObject(Condition)) return false;
  return Object.entries(Condition).some(([operator, keys]) => {
    if (!/^bool(?:ifexists)?$/i.test(operator) || !isObject(keys)) return false;
    return Object.entries(keys).some(
      ([key, value]) =>
        ['aws:securetransport', 'aws:principalisawsservice'].includes(key.toLowerCase()) &&
        texts(value).every((it) => it === 'false'),
    );
  });
}

function texts(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map(String);
}
