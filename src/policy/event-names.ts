import { closest, type Expression, type ExpressionDiagnostic } from '../expression/index.js';
import { eventNamesOf, eventPair, eventSourcesOf, isEventSource, knownEventSources } from '../model/event-catalogue.js';

type Node = Expression['root'];

/** A text in the source that a field is compared with. */
interface Compared {
  readonly text: string;
  readonly node: Node;
  /** The text begins the field's value; else it is the whole of it. */
  readonly isStart: boolean;
}

/** What is known at one place: the event sources that a record can have there; undefined: any. */
type Sources = readonly string[] | undefined;

/**
 * Warnings on the event names of a condition over `event`: names that no service has, and names without their service.
 * CloudTrail's names are exact, so a slip makes a condition that never holds, without a word.
 *
 * @param given - a condition that holds wherever this one is asked
 */
export function eventNameWarnings(root: Node, given?: Node): readonly ExpressionDiagnostic[] {
  const found: ExpressionDiagnostic[] = [];
  visit(root, given === undefined ? undefined : sourcesOf(given), found);
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function visit(node: Node, sources: Sources, found: ExpressionDiagnostic[]): void {
  for (const compared of comparedWith(node, 'eventSource')) checkSource(compared, found);
  const names = comparedWith(node, 'eventName');
  if (names.length > 0) {
    checkNames(names, sources, found);
    return;
  }
  if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
    const parts = operands(node, node.operator);
    const inside = node.operator === '&&' ? meet([sources, ...parts.map(sourcesOf)]) : sources;
    for (const part of parts) visit(part, inside, found);
    return;
  }
  if (node.kind === 'conditional') {
    visit(node.condition, sources, found);
    visit(node.whenTrue, meet([sources, sourcesOf(node.condition)]), found);
    visit(node.whenFalse, sources, found);
    return;
  }
  if (node.kind === 'unary') visit(node.operand, sources, found);
}

/** The event sources that a record must have for a condition to hold. */
function sourcesOf(node: Node): Sources {
  if (node.kind !== 'binary') return undefined;
  if (node.operator === '==' || node.operator === 'in') {
    const compared = comparedWith(node, 'eventSource');
    return compared.length === 0 ? undefined : compared.map((it) => it.text);
  }
  if (node.operator === '&&') return meet(operands(node, '&&').map(sourcesOf));
  if (node.operator !== '||') return undefined;
  const each = operands(node, '||').map(sourcesOf);
  return each.some((it) => it === undefined) ? undefined : [...new Set(each.flatMap((it) => it ?? []))];
}

function meet(all: readonly Sources[]): Sources {
  const said = all.filter((it) => it !== undefined);
  if (said.length === 0) return undefined;
  return said.reduce((left, right) => left.filter((it) => right.includes(it)));
}

function operands(node: Node, operator: '&&' | '||'): readonly Node[] {
  if (node.kind !== 'binary' || node.operator !== operator) return [node];
  return [...operands(node.left, operator), ...operands(node.right, operator)];
}

/** The texts that a comparison holds a field of `event` against; none where it is no such comparison. */
function comparedWith(node: Node, field: 'eventSource' | 'eventName'): readonly Compared[] {
  const isField = (it: Node): boolean =>
    it.kind === 'select' && it.field === field && it.object.kind === 'name' && it.object.name === 'event';
  if (node.kind === 'call' && node.name === 'startsWith' && node.receiver !== undefined && isField(node.receiver)) {
    return node.args.flatMap((it) => textsIn(it, true));
  }
  if (node.kind !== 'binary') return [];
  const { left, right, operator } = node;
  if (operator === 'in') return isField(left) ? textsIn(right, false) : [];
  if (operator !== '==' && operator !== '!=') return [];
  if (isField(left)) return textsIn(right, false);
  return isField(right) ? textsIn(left, false) : [];
}

function textsIn(node: Node, isStart: boolean): readonly Compared[] {
  if (node.kind === 'list') return node.items.flatMap((it) => textsIn(it, isStart));
  return node.kind === 'literal' && typeof node.value === 'string' ? [{ text: node.value, node, isStart }] : [];
}

function checkSource({ text, node, isStart }: Compared, found: ExpressionDiagnostic[]): void {
  if (isStart || isEventSource(text)) return;
  const meant = closest(text, knownEventSources());
  const help = meant === undefined ? "CloudTrail writes it as 'ec2.amazonaws.com'" : `did you mean '${meant}'?`;
  found.push(warning(node, `no service has the event source '${text}'`, help));
}

function checkNames(names: readonly Compared[], sources: Sources, found: ExpressionDiagnostic[]): void {
  const [first] = names;
  if (sources === undefined && first !== undefined) {
    const services = [...new Set(names.flatMap((it) => eventSourcesOf(it.text)))];
    const help =
      services.length > 0 && services.length <= 4
        ? `add event.eventSource == ${services.map((it) => `'${it}'`).join(' or ')}`
        : 'add event.eventSource == …';
    found.push(warning(first.node, 'services share event names: this asks for a name without its event source', help));
  }
  const asked = sources ?? knownEventSources();
  // Of a source that is not known, or not checked, there may be any name.
  if (asked.length === 0 || asked.some((it) => eventNamesOf(it) === undefined)) return;
  for (const name of names) checkName(name, names, asked, sources !== undefined, found);
}

function checkName(
  { text, node, isStart }: Compared,
  names: readonly Compared[],
  sources: readonly string[],
  isOfSource: boolean,
  found: ExpressionDiagnostic[],
): void {
  const all = sources.flatMap((it) => [...(eventNamesOf(it) ?? [])]);
  if (isStart) {
    if (all.some((it) => it.startsWith(text) || text.startsWith(it))) return;
    found.push(
      warning(node, `${whose(sources, isOfSource)} event whose name begins with '${text}'`, meantBy(text, all)),
    );
    return;
  }
  const pairs = sources.map((it) => eventPair(it, text));
  const known = pairs.filter((it) => it.state === 'known');
  if (known.length === 0) {
    found.push(warning(node, `${whose(sources, isOfSource)} event '${text}'`, meantBy(text, all)));
    return;
  }
  const missing = known.flatMap((it) => it.also).filter((it) => !names.some((other) => other.text === it));
  if (missing.length === 0) return;
  const others = missing.map((it) => `'${it}'`).join(' and ');
  found.push(warning(node, `CloudTrail records '${text}' also as ${others}`, `name ${others}, too`));
}

function whose(sources: readonly string[], isOfSource: boolean): string {
  if (!isOfSource) return 'no service has an';
  return sources.length === 1 ? `${sources[0] ?? ''} has no` : 'none of these services has an';
}

function meantBy(text: string, names: readonly string[]): string | undefined {
  const meant = closest(text, names);
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}

function warning(node: Node, message: string, help: string | undefined): ExpressionDiagnostic {
  const { start, end } = node;
  return { code: 'event-name', severity: 'warning', message, ...(help === undefined ? {} : { help }), start, end };
}
