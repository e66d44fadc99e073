import { isObject } from '../../model/is-object.js';
import { parseTests } from './parse-condition.js';
import { parsePrincipal } from './parse-principal.js';
import {
  type ActionElement,
  type DocumentKind,
  type IamDocument,
  isMalformed,
  type Malformed,
  type MalformedDocument,
  type ResourceElement,
  type Statement,
} from './document.js';
import { parseStrictJson } from './strict-json.js';
import { parseTemplate } from './template.js';
import { textsOf } from './texts.js';

/**
 * Reads an IAM document. What is wrong in one statement leaves the others readable; what the wrong one does is then
 * not decided.
 *
 * @param text the JSON text, as AWS returns it
 * @returns the document with its problems, or why it is none; it never throws
 */
export function parseIamDocument(text: string, kind: DocumentKind): IamDocument | MalformedDocument {
  const json = parseStrictJson(text);
  if ('problem' in json) return { problem: `The document ${json.problem}.` };
  if (!isObject(json.value)) return { problem: 'The document is not a JSON object.' };
  const { Version: version, Statement: statement, Id: _id, ...more } = json.value;
  const [unknownElement] = Object.keys(more);
  if (unknownElement !== undefined)
    return { problem: `The document has an element that IAM does not know: ${unknownElement}.` };
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    return { problem: `The document's Version is neither 2012-10-17 nor 2008-10-17.` };
  }
  // A document without statements allows nothing and denies nothing.
  const all: readonly unknown[] = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  const statements = all.flatMap((it, index) =>
    kind === 'key' && isWithoutEffect(it) ? [] : parseStatement(it, index, kind, version === '2012-10-17'),
  );
  return { kind, statements, problems: statements.flatMap(problemsOf) };
}

/**
 * KMS takes a key policy with such a statement, and ignores it, whatever it would allow or deny.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function isWithoutEffect(statement: unknown): boolean {
  if (!isObject(statement)) return false;
  const lacks = (...names: readonly string[]): boolean => names.every((it) => statement[it] === undefined);
  return lacks('Resource', 'NotResource') || lacks('Action', 'NotAction');
}

const elements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

function parseStatement(value: unknown, index: number, kind: DocumentKind, hasVariables: boolean): Statement {
  const number = `statement ${index + 1}`;
  if (!isObject(value)) {
    const nothing = malformed('is not a JSON object');
    return {
      label: number,
      effect: undefined,
      principal: nothing,
      action: nothing,
      resource: nothing,
      tests: [],
      malformed: [nothing],
    };
  }
  const { Sid: sid, Effect: effect, Condition: condition } = value;
  const others = Object.keys(value).filter((key) => !elements.has(key));
  return {
    label: typeof sid === 'string' && sid !== '' ? sid : number,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    principal: principalOf(value, kind),
    action: actionOf(value),
    resource: kind === 'trust' ? roleItself(value) : resourceOf(value, hasVariables),
    tests: parseTests(condition, hasVariables),
    malformed: [
      ...(effect === 'Allow' || effect === 'Deny' ? [] : [malformed('has an Effect that is neither Allow nor Deny')]),
      ...(sid === undefined || typeof sid === 'string' ? [] : [malformed('has a Sid that is not a text')]),
      ...others.map((key) => malformed(`has an element that IAM does not know: ${key}`)),
    ],
  };
}

function malformed(problem: string): Malformed {
  return { problem };
}

function principalOf(statement: Readonly<Record<string, unknown>>, kind: DocumentKind): Statement['principal'] {
  const { Principal: principal, NotPrincipal: notPrincipal } = statement;
  if (kind === 'service-control' || kind === 'identity') {
    return principal === undefined && notPrincipal === undefined
      ? undefined
      : malformed('names principals, which this kind of document cannot');
  }
  if (principal !== undefined && notPrincipal !== undefined) return malformed('has both Principal and NotPrincipal');
  if (notPrincipal !== undefined) return parsePrincipal(notPrincipal, true);
  return principal === undefined ? malformed('has no Principal') : parsePrincipal(principal, false);
}

function actionOf({ Action: action, NotAction: notAction }: Readonly<Record<string, unknown>>): Statement['action'] {
  const isNegated = action === undefined;
  if ((notAction === undefined) === isNegated) return malformed('needs one of Action and NotAction');
  const patterns = textsOf(isNegated ? notAction : action);
  const element = isNegated ? 'a NotAction' : 'an Action';
  if (patterns === undefined) return malformed(`has ${element} that is neither a text nor a list of texts`);
  const wrong = patterns.find((it) => it !== '*' && !/^(\*|[a-z0-9-]+):[a-z0-9*?-]+$/i.test(it));
  if (wrong !== undefined) return malformed(`has ${element} that names no action: ${wrong}`);
  return { isNegated, patterns } satisfies ActionElement;
}

function resourceOf(
  { Resource: resource, NotResource: notResource }: Readonly<Record<string, unknown>>,
  hasVariables: boolean,
): Statement['resource'] {
  const isNegated = resource === undefined;
  if ((notResource === undefined) === isNegated) return malformed('needs one of Resource and NotResource');
  const texts = textsOf(isNegated ? notResource : resource);
  if (texts === undefined) {
    return malformed(`has a ${isNegated ? 'NotResource' : 'Resource'} that is neither a text nor a list of texts`);
  }
  return { isNegated, patterns: texts.map((text) => parseTemplate(text, hasVariables)) } satisfies ResourceElement;
}

/** A trust policy is about the role that has it. */
function roleItself({ Resource: resource, NotResource: notResource }: Readonly<Record<string, unknown>>) {
  if (resource !== undefined || notResource !== undefined)
    return malformed('names resources, which a trust policy cannot');
  return { isNegated: false, patterns: [parseTemplate('*', false)] } satisfies ResourceElement;
}

function problemsOf({ label, principal, action, resource, tests, malformed: whole }: Statement): string[] {
  const parts = [...whole, ...(principal === undefined ? [] : [principal]), action, resource, ...tests];
  const problems = parts.flatMap((part) => (isMalformed(part) ? [part.problem] : []));
  return [...new Set(problems)].map((problem) => `${label} ${problem}.`);
}
