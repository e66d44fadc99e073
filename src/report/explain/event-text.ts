import { visible } from '../../text/printable.js';
import { block, labelled, margin, pageOf } from '../text/page.js';
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
export function* explainEventsText(
  policy: Pick<ExplainedPolicy, 'id' | 'title' | 'assertions'>,
  events: readonly ShownEvent[],
  options: ReportOptions = {},
): Generator<string> {
  const page = pageOf(options.columns, options.color);
  yield `${policyHead(page, policy)}\n`;
  for (const { id, expr } of policy.assertions) yield* askedLines(page, id, expr).map((it) => `${it}\n`);
  for (const it of events.slice(0, shownEvents)) {
    const { sign, look, text } = verdicts[it.verdict];
    yield `\n${margin}${page.paint(look, `${sign} ${text}`)}\n`;
    const what = `${visible(it.eventName)} ${visible(it.eventID)} at ${visible(it.at)} in account ${visible(it.account)}`;
    yield* block(page, what, inner).map((line) => `${line}\n`);
    for (const { name, value, because } of it.conditions) {
      yield* partLines(page, `${name} ${value}`, because).map((line) => `${line}\n`);
    }
    if (it.key !== undefined)
      yield* labelled(page, 'Key', visible(it.key), inner, labelColumn).map((line) => `${line}\n`);
  }
  if (events.length > shownEvents) yield `\n${margin}And ${events.length - shownEvents} more; --json lists all.\n`;
}
