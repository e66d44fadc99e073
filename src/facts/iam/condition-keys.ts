import type { ContextValue } from './request.js';

const yesOrNo = ['true', 'false'];

/**
 * Keys of which more is known than that they hold text.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const known: Readonly<Record<string, ContextValue>> = {
  'aws:securetransport': { state: 'any', among: yesOrNo, orAbsent: false },
  'aws:viaawsservice': { state: 'any', among: yesOrNo, orAbsent: false },
  'aws:principalisawsservice': { state: 'any', among: yesOrNo, orAbsent: false },
  'aws:multifactorauthpresent': { state: 'any', among: yesOrNo, orAbsent: true },
  'aws:currenttime': { state: 'any', orAbsent: false },
  'aws:epochtime': { state: 'any', orAbsent: false },
  'kms:grantisforawsresource': { state: 'any', among: yesOrNo, orAbsent: true },
  'kms:bypasspolicylockoutsafetycheck': { state: 'any', among: yesOrNo, orAbsent: true },
};

/** What a key that a question does not speak of may be. */
export function freely(key: string): ContextValue {
  return (Object.hasOwn(known, key) ? known[key] : undefined) ?? { state: 'any', orAbsent: true };
}

const multivalued = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
  's3:requestobjecttagkeys',
]);

const singleValued = new Set([
  ...Object.keys(known),
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:referer',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:useragent',
  'aws:userid',
  'aws:username',
  'aws:vpcsourceip',
  'kms:calleraccount',
  'kms:viaservice',
  's3:x-amz-acl',
]);

/** Whether a key can have several values at once; undefined when we do not know the key. */
export function isMultivalued(key: string): boolean | undefined {
  if (multivalued.has(key)) return true;
  return singleValued.has(key) ? false : undefined;
}
