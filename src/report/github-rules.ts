import { codeScanningLimits } from '../model/code-scanning.js';

/**
 * What GitHub code scanning refuses, drops or misreads although the OASIS schema allows it.
 * Sources: docs.github.com "SARIF support for code scanning", its limits and upload errors.
 */
const limits = {
  runs: 20,
  results: codeScanningLimits.results,
  rules: 25_000,
  tags: 20,
  extensions: 100,
  locations: 1_000,
  name: 255,
  text: 1_024,
} as const;

/**
 * What GitHub would not take in a SARIF file, one sentence each with its place; empty when it takes the whole file.
 * One bad result makes it refuse all of them.
 *
 * @param sarif the parsed file
 */
export function checkGitHubRules(sarif: unknown): string[] {
  const problems: string[] = [];
  if (typeof at(sarif, '$schema') !== 'string') problems.push('$schema is missing.');
  if (at(sarif, 'version') !== '2.1.0') problems.push('version is not 2.1.0.');
  const runs = list(at(sarif, 'runs'));
  if (runs.length === 0) problems.push('There is no run.');
  if (runs.length > limits.runs) problems.push(`${runs.length} runs: at most ${limits.runs} are taken.`);
  for (const [index, run] of runs.entries()) problems.push(...checkRun(run, `runs[${index}]`));
  problems.push(...checkCategories(runs), ...nulls(sarif, ''));
  return problems;
}

/** Two runs of one tool and category in a file are refused. */
function* checkCategories(runs: readonly unknown[]): Generator<string> {
  const seen = new Set<string>();
  for (const [index, run] of runs.entries()) {
    const id = at(run, 'automationDetails', 'id');
    // What stands behind the last slash is the run's, and no part of the category.
    const category = typeof id === 'string' ? id.replace(/\/[^/]*$/, '') : '';
    const key = JSON.stringify([at(run, 'tool', 'driver', 'name'), category]);
    if (seen.has(key)) yield `runs[${index}]: a run before has the same tool and category.`;
    seen.add(key);
  }
}

/** No member of SARIF may be null. */
function* nulls(value: unknown, place: string): Generator<string> {
  if (value === null) yield `${place === '' ? 'The file' : place} is null.`;
  if (!isRecord(value)) return;
  for (const [key, member] of Object.entries(value)) {
    yield* nulls(member, Array.isArray(value) ? `${place}[${key}]` : `${place === '' ? '' : `${place}.`}${key}`);
  }
}

function* checkRun(run: unknown, place: string): Generator<string> {
  if (!isText(at(run, 'tool', 'driver', 'name'))) yield `${place}: the driver has no name.`;
  const extensions = list(at(run, 'tool', 'extensions')).length;
  if (extensions > limits.extensions)
    yield `${place}: ${extensions} extensions: at most ${limits.extensions} are taken.`;
  if (isRecord(at(run, 'originalUriBaseIds'))) yield `${place}: originalUriBaseIds are not resolved.`;
  const category = at(run, 'automationDetails', 'id');
  if (typeof category !== 'string' || !/^[^/].*\/[^/]*$/.test(category)) {
    yield `${place}: automationDetails.id is not "category/run": without a slash there is no category.`;
  }
  for (const [index, invocation] of list(at(run, 'invocations')).entries()) {
    if (at(invocation, 'executionSuccessful') !== true) {
      yield `${place}.invocations[${index}]: executionSuccessful is not true: the run closes alerts, or is refused.`;
    }
    const [start, end] = ['startTimeUtc', 'endTimeUtc'].map((it) => Date.parse(String(at(invocation, it))));
    if (start !== undefined && end !== undefined && end < start)
      yield `${place}.invocations[${index}]: it ends before it starts.`;
    const folder = at(invocation, 'workingDirectory', 'uri');
    if (folder !== undefined && (typeof folder !== 'string' || !/^(file:\/\/\/|\/(?!\/))/.test(folder))) {
      yield `${place}.invocations[${index}]: workingDirectory.uri is not the path of a folder.`;
    }
  }
  const rules = list(at(run, 'tool', 'driver', 'rules'));
  if (rules.length > limits.rules) yield `${place}: ${rules.length} rules: at most ${limits.rules} are taken.`;
  for (const [index, rule] of rules.entries()) yield* checkRule(rule, `${place}.rules[${index}]`);
  const results = list(at(run, 'results'));
  if (results.length > limits.results)
    yield `${place}: ${results.length} results: at most ${limits.results} are taken.`;
  const ruleIds = rules.map((rule) => at(rule, 'id'));
  if (new Set(ruleIds).size < ruleIds.length) yield `${place}: two rules have one id.`;
  const artifacts = list(at(run, 'artifacts')).length;
  const identities = new Set<string>();
  for (const [index, result] of results.entries()) {
    yield* checkResult(result, ruleIds, artifacts, `${place}.results[${index}]`);
    const identity = identityOf(result);
    if (identities.has(identity)) yield `${place}.results[${index}]: same rule, path and fingerprint as one before.`;
    identities.add(identity);
  }
}

function* checkRule(rule: unknown, place: string): Generator<string> {
  const name = at(rule, 'name');
  if (!isText(at(rule, 'id'))) yield `${place}: the rule has no id.`;
  if (name !== undefined && (!isText(name) || name.length > limits.name)) {
    yield `${place}: the name is empty or longer than ${limits.name} characters.`;
  }
  for (const key of ['shortDescription', 'fullDescription'] as const) {
    const text = at(rule, key, 'text');
    if (!isText(text) || text.length > limits.text) {
      yield `${place}: ${key}.text is missing or longer than ${limits.text} characters.`;
    }
  }
  if (!isText(at(rule, 'help', 'text'))) yield `${place}: help.text is missing.`;
  const tags = list(at(rule, 'properties', 'tags'));
  if (tags.length > limits.tags) yield `${place}: ${tags.length} tags: at most ${limits.tags} are taken.`;
  const severity = at(rule, 'properties', 'security-severity');
  if (severity !== undefined && !isSecuritySeverity(severity)) {
    yield `${place}: security-severity is not a number from 0.1 to 10.0 in quotes.`;
  }
}

function* checkResult(
  result: unknown,
  ruleIds: readonly unknown[],
  artifacts: number,
  place: string,
): Generator<string> {
  const ruleId = at(result, 'ruleId');
  const ruleIndex = at(result, 'ruleIndex');
  const known = typeof ruleIndex === 'number' ? ruleIds[ruleIndex] === ruleId : ruleIds.includes(ruleId);
  if (!isText(ruleId) || !known) yield `${place}: its rule is not among the rules.`;
  if (!isText(at(result, 'message', 'text'))) yield `${place}: message.text is missing.`;
  yield* checkLinks(result, place);
  const kind = at(result, 'kind');
  if (kind !== undefined && kind !== 'fail') yield `${place}: kind is not "fail": every result becomes an alert.`;
  const level = at(result, 'level');
  if (level !== undefined && level !== 'error' && level !== 'warning' && level !== 'note') {
    yield `${place}: level is not error, warning or note.`;
  }
  if (at(result, 'suppressions') !== undefined) yield `${place}: suppressions are ignored: an alert would open.`;
  if (!isText(at(result, 'partialFingerprints', 'primaryLocationLineHash'))) {
    yield `${place}: partialFingerprints.primaryLocationLineHash is missing: alerts would be doubled.`;
  }
  yield* checkLocations(result, artifacts, place);
}

function* checkLocations(result: unknown, artifacts: number, place: string): Generator<string> {
  const locations = list(at(result, 'locations'));
  if (locations.length === 0) yield `${place}: it has no location.`;
  if (locations.length > limits.locations) yield `${place}: more than ${limits.locations} locations.`;
  const related = list(at(result, 'relatedLocations'));
  const ids = related.flatMap((it) => at(it, 'id') ?? []);
  if (new Set(ids).size < ids.length) yield `${place}: two of its related locations have one id.`;
  for (const [kind, all] of [['locations', locations] as const, ['relatedLocations', related] as const]) {
    for (const [index, location] of all.entries()) {
      const where = `${place}.${kind}[${index}]`;
      const uri = at(location, 'physicalLocation', 'artifactLocation', 'uri');
      if (!isText(uri)) yield `${where}: it has no artifactLocation.uri.`;
      else if (!isPathInCheckout(uri)) yield `${where}: "${uri}" is not a plain path within the repository.`;
      if (at(location, 'physicalLocation', 'artifactLocation', 'uriBaseId') !== undefined)
        yield `${where}: uriBaseId is not resolved.`;
      const artifact = at(location, 'physicalLocation', 'artifactLocation', 'index');
      if (typeof artifact === 'number' && artifact >= artifacts) yield `${where}: there is no artifact ${artifact}.`;
      yield* checkRegion(at(location, 'physicalLocation', 'region'), where);
    }
  }
}

function* checkRegion(region: unknown, where: string): Generator<string> {
  const number = (key: string): number | undefined => {
    const value = at(region, key);
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
  };
  const startLine = number('startLine');
  if (startLine === undefined) {
    yield `${where}: it has no region.startLine.`;
    return;
  }
  for (const key of ['startColumn', 'endLine', 'endColumn'] as const) {
    if (at(region, key) !== undefined && number(key) === undefined)
      yield `${where}: region.${key} is not a number from 1.`;
  }
  const endLine = number('endLine') ?? startLine;
  const endColumn = number('endColumn');
  if (
    endLine < startLine ||
    (endLine === startLine && endColumn !== undefined && endColumn < (number('startColumn') ?? 1))
  )
    yield `${where}: its region ends before it starts.`;
}

/** `[text](1)` leads to the related location with that id; brackets that are escaped are no link. */
function* checkLinks(result: unknown, place: string): Generator<string> {
  const text = at(result, 'message', 'text');
  if (typeof text !== 'string') return;
  const related = new Set(list(at(result, 'relatedLocations')).map((it) => at(it, 'id')));
  for (const [, id] of text.matchAll(/(?<!\\)\[(?:[^[\]\\]|\\.)*\]\((\d+)\)/g)) {
    if (!related.has(Number(id))) yield `${place}: its message links to ${id}, but there is no such related location.`;
  }
}

/** No scheme (an ARN has one), no leading slash or `./`, no empty, `.` or `..` segment, nothing that needs encoding. */
function isPathInCheckout(uri: string): boolean {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri) || !/^[A-Za-z0-9._~!$&'()*+,;=:@/%-]+$/.test(uri)) return false;
  return uri.split('/').every(isSegment);
}

/** Also where it is encoded: `%2e%2e` leads out of the repository as `..` does. */
function isSegment(segment: string): boolean {
  if (/%(?![0-9A-Fa-f]{2})/.test(segment)) return false;
  const plain = segment.replaceAll(/%2e/gi, '.');
  return plain !== '' && plain !== '.' && plain !== '..' && !/%(2f|5c|00)/i.test(plain);
}

function isSecuritySeverity(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,2}\.\d$/.test(value) && Number(value) > 0 && Number(value) <= 10;
}

function identityOf(result: unknown): string {
  const uri = at(result, 'locations', 0, 'physicalLocation', 'artifactLocation', 'uri');
  return JSON.stringify([at(result, 'ruleId'), uri, at(result, 'partialFingerprints', 'primaryLocationLineHash')]);
}

/** The value at a place of parsed JSON; undefined when there is none. */
function at(value: unknown, ...place: readonly (string | number)[]): unknown {
  return place.reduce<unknown>((it, key) => (isRecord(it) && Object.hasOwn(it, key) ? it[key] : undefined), value);
}

function isRecord(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
