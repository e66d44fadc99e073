import { both, either, isEventObject, isOpen, negate, writtenOf } from '../partial-event/index.js';
import type { EventObject, EventValue, Match } from '../partial-event/index.js';
import { isIn } from './match-text.js';
import type { Term, TermPattern } from './pattern.js';

/** Whether the terms are in the text of the event, however it is written. */
export function matchTermsOfEvent({ need, terms }: TermPattern, event: EventObject): Match {
  const text = textOf(event);
  const isThere = terms.map((term) => (term.isExcluded ? negate(isInEvent(term, text)) : isInEvent(term, text)));
  return need === 'some' ? either(isThere) : both(isThere);
}

interface EventText {
  /** Keys and values that stand in it for sure, each as it is written in JSON. */
  readonly certain: readonly string[];
  /** Something in it is not known. */
  readonly isOpen: boolean;
}

function isInEvent(term: Term, { certain, isOpen: mayBeMore }: EventText): Match {
  if (isWholeText(term) || certain.some((text) => isInWithoutAnchors(term, text))) return 'yes';
  return mayBeMore || dependsOnNotation(term) ? 'unknown' : 'no';
}

/** What every text has in it. */
function isWholeText({ value }: Term): boolean {
  return value.kind === 'literal' ? value.text === '' : !/[\^$]/.test(value.source) && value.regex.test('');
}

/** A part of the text says the same as the whole, unless the regular expression asks where the text begins or ends. */
function isInWithoutAnchors(term: Term, text: string): boolean {
  if (term.value.kind === 'regex' && /[\^$]/.test(term.value.source)) return false;
  return isIn(term, text);
}

/** A word is found inside one key or value; anything else might reach over their borders. */
function dependsOnNotation({ value }: Term): boolean {
  return value.kind === 'regex' || !/^[A-Za-z0-9_-]*$/.test(value.text);
}

function textOf(event: EventObject): EventText {
  const certain: string[] = [];
  let hasOpen = false;
  // Without recursion: events may be deep.
  const rest: EventValue[] = [event];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (isOpen(value)) hasOpen = true;
    else if (isList(value)) for (const member of value) rest.push(member);
    else if (isEventObject(value)) {
      for (const [key, field] of Object.entries(value)) {
        if (!isOpen(field) || !field.mayBeAbsent) certain.push(inJson(key));
        rest.push(field);
      }
    } else if (typeof value === 'string') certain.push(inJson(value));
    else certain.push(value === null || typeof value === 'boolean' ? String(value) : writtenOf(value));
  }
  return { certain, isOpen: hasOpen };
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}

/** Without the quotation marks. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
