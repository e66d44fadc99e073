import { type IamDocument, isMalformed, type MalformedDocument, type PrincipalMember } from './document.js';
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
