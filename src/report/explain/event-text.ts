import { visible } from '../../text/printable.js';
import { asLogLines } from '../parts/chunks.js';
import { block, labelled, margin, pageOf, type Page } from '../text/page.js';
import type { ReportOptions } from '../options.js';
import { askedLines, inner, labelColumn, partLines, policyHead, type ExplainedPolicy } from './text.js';

/** What a policy makes of one event, for who reads an explanation. */
export interface ShownEvent {
  readonly eventID: string;
  readonly eventName: string;
  readonly at: string;
  readonly account: string;
  readonly verdict: keyof typeof verdicts;
  readonly conditions: readonly {
    readonly name: string;
    readonly value: string;
    readonly because: readonly { readonly expr: string; readonly value: string | number | boolean }[];
  }[];
  readonly key?: string;
}

const verdicts = {
  counts: { sign: '✖', look: 'red', text: 'the policy is about it' },
  allowed: { sign: '✔', look: 'green', text: 'it is allowed' },
  follows: { sign: '✔', look: 'green', text: 'it is what must follow' },
  other: { sign: '–', look: 'dim', text: 'the policy is not about it' },
  beside: {
    sign: '–',
    look: 'dim',
    text: 'the record is not of a call itself, and the policy does not ask event.eventCategory',
  },
  open: { sign: '?', look: 'yellow', text: 'it is not known whether the policy is about it' },
} as const;

/** More would scroll away what matters. */
const shownEvents = 20;

/** What a policy on events asks, and why it speaks of each of these events, or does not. */
export function explainEventsText(
  policy: Pick<ExplainedPolicy, 'id' | 'title' | 'assertions'>,
  events: readonly ShownEvent[],
  options: ReportOptions = {},
): Iterable<string> {
  return asLogLines(eventLines(pageOf(options.columns, options.color), policy, events));
}

function* eventLines(
  page: Page,
  policy: Pick<ExplainedPolicy, 'id' | 'title' | 'assertions'>,
  events: readonly ShownEvent[],
): Generator<string> {
  yield policyHead(page, policy);
  for (const { id, expr } of policy.assertions) yield* askedLines(page, id, expr);
  for (const it of events.slice(0, shownEvents)) {
    const { sign, look, text } = verdicts[it.verdict];
    yield '';
    yield `${margin}${page.paint(look, `${sign} ${text}`)}`;
    const what = `${visible(it.eventName)} ${visible(it.eventID)} at ${visible(it.at)} in account ${visible(it.account)}`;
    yield* block(page, what, inner);
    for (const { name, value, because } of it.conditions) {
      yield* partLines(page, `${name} ${value}`, because);
    }
    if (it.key !== undefined) yield* labelled(page, 'Key', visible(it.key), inner, labelColumn);
  }
  if (events.length > shownEvents) yield* ['', `${margin}And ${events.length - shownEvents} more; --json lists all.`];
}
