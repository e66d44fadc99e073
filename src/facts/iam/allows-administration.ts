import { type IamDocument, isMalformed, type MalformedDocument, type Statement } from './document.js';
import { isAllowed } from './evaluate.js';
import { parseIamDocument } from './parse.js';
import { onePrincipal } from './requesters.js';
import { parseStrictJson } from './strict-json.js';
import { hasVariables } from './template.js';
import { anyOf, forAll, type Verdict } from './verdict.js';

/** No action, user, role, group or policy is called so: only what allows all of them allows it. */
const unnamed = 'Zq7AnyOther';

/**
 * Whether an identity policy gives the rights of an administrator: every action, or all of IAM but some actions, on
 * users, roles, groups or policies of an account that the document does not name one by one. Whoever has these can give
 * themselves all else. What is denied without a condition is taken off; what a condition demands is taken for fulfilled.
 * Rights that are given piece by piece, action by action, are not found.
 *
 * @param text the policy, as JSON
 * @param accountId of these
 * @returns unknown where the document cannot be understood
 */
export function allowsAdministration(text: string, accountId: string): Verdict {
  const document = unconditional(parseIamDocument(withOneAsterisk(text), 'identity'));
  const partition = /\barn:(aws[a-z-]*):/.exec(text)?.[1] ?? 'aws';
  const requester = onePrincipal(`arn:${partition}:iam::${accountId}:role/Zq7Caller`);
  const actions = [`iam:${unnamed}`];
  return anyOf(
    ['user', 'role', 'group', 'policy'].map((kind) =>
      forAll(
        isAllowed(document, {
          requester,
          actions,
          resources: [`arn:${partition}:iam::${accountId}:${kind}/${unnamed}`],
        }),
      ),
    ),
  );
}

function unconditional(document: IamDocument | MalformedDocument): IamDocument | MalformedDocument {
  if ('problem' in document) return document;
  return { ...document, statements: document.statements.flatMap((it) => withoutTests(it)).flatMap(withoutVariables) };
}

function withoutTests(it: Statement): readonly Statement[] {
  // What cannot be understood may be anything: it stays.
  if (it.tests.length === 0 || it.tests.some(isMalformed)) return [it];
  return it.effect === 'Deny' ? [] : [{ ...it, tests: [] }];
}

/** A resource that depends on who calls is one of somebody, and not that of anyone else. */
function withoutVariables(it: Statement): readonly Statement[] {
  const { resource } = it;
  if (isMalformed(resource)) return [it];
  const patterns = resource.patterns.filter((pattern) => !hasVariables(pattern));
  if (patterns.length === 0 && !resource.isNegated) return [];
  return [{ ...it, resource: { ...resource, patterns } }];
}

/** Some write every action with more than one asterisk, as an action of no service. */
function withOneAsterisk(text: string): string {
  const json = parseStrictJson(text);
  return 'problem' in json ? text : JSON.stringify(json.value, (_, it: unknown) => (isAsterisks(it) ? '*' : it));
}

function isAsterisks(it: unknown): boolean {
  return typeof it === 'string' && /^\*+$/.test(it);
}
