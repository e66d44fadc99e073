import {
  type IamDocument,
  isMalformed,
  type MalformedDocument,
  type PrincipalMember,
  type Statement,
} from './document.js';
import { describeMember } from './describe.js';

/** The account ids that stand anywhere in a document's principals and conditions, sorted. */
export function accountsNamedIn(document: IamDocument | MalformedDocument): readonly string[] {
  const texts = textsIn(document);
  const ids = texts.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []);
  return [...new Set([...ids, ...texts.flatMap(accountPatterns)])].toSorted();
}

/** The organizations that stand anywhere in a document's conditions, sorted. */
export function organizationsNamedIn(document: IamDocument | MalformedDocument): readonly string[] {
  const ids = textsIn(document).flatMap((text) => text.match(/(?<![\w-])o-[a-z0-9]{10,32}(?![\w-])/g) ?? []);
  return [...new Set(ids)].toSorted();
}

/** The principals that statements name, each once. */
export function principalsNamedIn(document: IamDocument | MalformedDocument): readonly PrincipalMember[] {
  if ('problem' in document) return [];
  const members = document.statements.flatMap(({ principal }) =>
    principal === undefined || isMalformed(principal) ? [] : principal.members,
  );
  return [...new Map(members.map((it) => [`${it.type} ${describeMember(it)}`, it])).values()];
}

/** Keys that only services have. */
const ofServices = new Set([
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** A service that no document names. */
const anyService = 'any.amazonaws.com';

/**
 * Services that statements let in without naming them: those in conditions, and any other, where an Allow to everyone
 * asks for what only services have.
 */
export function servicesTestedIn(document: IamDocument | MalformedDocument): readonly string[] {
  if ('problem' in document) return [];
  const tests = document.statements
    .filter(({ effect, principal }) => effect !== 'Deny' && principal !== undefined && isForEveryone(principal))
    .flatMap((it) => it.tests)
    .flatMap((it) => (isMalformed(it) ? [] : [it]));
  if (!tests.some(({ key }) => ofServices.has(key.toLowerCase()))) return [];
  const texts = tests.flatMap(({ values }) => values.map(({ text }) => text));
  const names = texts
    .map((it) => it.replaceAll('*', 'any').replaceAll('?', 'a'))
    .filter((it) => isServiceName.test(it));
  return [...new Set([...names.filter((it) => it !== cloudTrail), anyService])];
}

const cloudTrail = 'cloudtrail.amazonaws.com';
const isServiceName = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

function isForEveryone(principal: NonNullable<Statement['principal']>): boolean {
  if (isMalformed(principal)) return false;
  return principal.isNegated || principal.members.some((it) => it.type === 'everyone');
}

function textsIn(document: IamDocument | MalformedDocument): readonly string[] {
  if ('problem' in document) return [];
  return document.statements.flatMap(({ principal, tests }) => [
    ...(principal === undefined || isMalformed(principal) ? [] : principal.members.map(describeMember)),
    ...tests.flatMap((it) => (isMalformed(it) ? [] : it.values.map(({ text }) => text))),
  ]);
}

/** An account for each pattern that matches some accounts and not others: `9*` is met by 900000000000. */
function accountPatterns(text: string): readonly string[] {
  const pattern = text.startsWith('arn:') ? (text.split(':')[4] ?? '') : text;
  if (!/^[\d*?]*\d[\d*?]*$/.test(pattern) || !/[*?]/.test(pattern)) return [];
  const digits = pattern.replaceAll('?', '0').replaceAll('*', '');
  if (digits.length > 12) return [];
  const at = pattern.replaceAll('?', '0').indexOf('*');
  return [digits.slice(0, at === -1 ? 12 : at) + '0'.repeat(12 - digits.length) + (at === -1 ? '' : digits.slice(at))];
}
