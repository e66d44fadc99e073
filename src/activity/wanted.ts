import type { Expression } from '../expression/index.js';
import type { WantedValues } from '../model/log-events.js';
import type { CompiledActivity } from './compiled-activity.js';
import { demandedFacts, demandedNames, type DemandedFact } from './wanted-presence.js';

type Node = Expression['root'];

/** The events that a policy may speak of: by what a condition demands of their texts. */
export function conditionsOf({ form }: CompiledActivity): readonly Expression[] {
  return form.kind === 'followed-by' ? [form.where, form.next] : [form.where];
}

/**
 * Texts of which a record must hold one, as JSON string values or names of members, for a policy to want it. A policy that demands none
 * makes every record wanted. Replacements of earlier events are always wanted: they may take a match away.
 */
export function wantedValues(activities: readonly CompiledActivity[]): WantedValues {
  const all = new Set<string>(['UPDATED_DATA']);
  for (const condition of activities.flatMap(conditionsOf)) {
    // A name tells most apart; where a record lacks another of the texts, nothing is known of it, and it is wanted.
    const { root } = condition;
    const texts = demanded(root, isName) ?? demanded(root, isRecordedText) ?? demandedNames(root);
    if (texts === undefined) return 'all';
    for (const it of texts) all.add(it);
  }
  return all;
}

/** What must be so of an event for a policy to be about it; a sequence is about two kinds of events. */
export function factsDemanded({ form }: CompiledActivity): readonly DemandedFact[] {
  return form.kind === 'followed-by' ? [] : demandedFacts(form.where.root);
}

/** The names of events that a policy may speak of; undefined: any. */
export function eventNamesOf(activity: CompiledActivity): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { root } of conditionsOf(activity)) {
    const found = demanded(root, isName);
    if (found === undefined) return undefined;
    for (const it of found) names.add(it);
  }
  return names;
}

/**
 * Texts of which the record holds one wherever the condition holds, or is not known for another reason than that this
 * text is missing; undefined: nothing is demanded. Sound: what it does not understand demands nothing.
 */
function demanded(node: Node, isText: (node: Node) => boolean): ReadonlySet<string> | undefined {
  if (isField(node, 'event', 'isRoot')) return isText(node) ? new Set(['Root']) : undefined;
  if (node.kind !== 'binary') return undefined;
  const { operator, left, right } = node;
  switch (operator) {
    case '&&': {
      return smaller(demanded(left, isText), demanded(right, isText));
    }
    case '||': {
      const a = demanded(left, isText);
      const b = demanded(right, isText);
      return a === undefined || b === undefined ? undefined : new Set([...a, ...b]);
    }
    case '==': {
      return values([right], isText(left)) ?? values([left], isText(right));
    }
    case 'in': {
      return right.kind === 'list' ? values(right.items, isText(left)) : undefined;
    }
    default: {
      return undefined;
    }
  }
}

function smaller(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  return b.size < a.size ? b : a;
}

function values(nodes: readonly Node[], isText: boolean): ReadonlySet<string> | undefined {
  if (!isText) return undefined;
  const texts = nodes.map((it) => (it.kind === 'literal' ? it.value : undefined));
  return texts.every((it) => typeof it === 'string' && it !== '') ? new Set(texts.map(String)) : undefined;
}

function isField(node: Node, name: string, field: string): boolean {
  return node.kind === 'select' && node.field === field && node.object.kind === 'name' && node.object.name === name;
}

function isName(node: Node): boolean {
  return isField(node, 'event', 'eventName');
}

/** Fields of the envelope that stand in the record as they are read: a text that they equal stands there, too. */
const recordedTexts: ReadonlySet<string> = new Set(['eventName', 'eventSource', 'eventType', 'awsRegion']);

function isRecordedText(node: Node): boolean {
  if (isField(node, 'event', 'isRoot')) return true;
  return node.kind === 'select' && recordedTexts.has(node.field) && isField(node, 'event', node.field);
}

/** A kind of events, as far as it is told apart; a field that is missing: any. */
export interface EventKind {
  readonly eventSource?: string;
  readonly eventName?: string;
}

/** The kinds of events that a policy is about. */
export function kindsOf(activity: CompiledActivity): readonly EventKind[] {
  return conditionsOf(activity).flatMap(({ root }) => {
    const sources = [...(demanded(root, (node) => isField(node, 'event', 'eventSource')) ?? [undefined])];
    const names = [...(demanded(root, isName) ?? [undefined])];
    return sources.flatMap((eventSource) =>
      names.map((eventName): EventKind =>
        Object.assign(
          {},
          eventSource === undefined ? {} : { eventSource },
          eventName === undefined ? {} : { eventName },
        ),
      ),
    );
  });
}
