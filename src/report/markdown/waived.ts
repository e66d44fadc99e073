import { assertionsOf, isAccepting, placeOf, remarksOf, type WaiverGroup } from '../parts/waiver-groups.js';
import { markdownTarget } from './account.js';
import { code, escapedName, escapedProse } from './escape.js';
import { counted } from '../../text/plural.js';

const shownTargets = 50;

/** What waivers accept, with who answers for it and until when; then what is to be known of waivers. */
export function* waivedSection(groups: readonly WaiverGroup[], names: ReadonlyMap<string, string>): Generator<string> {
  const accepting = groups.filter(isAccepting);
  const remarks = remarksOf(groups);
  if (accepting.length === 0 && remarks.length === 0) return;
  yield '## Waived';
  yield '';
  yield accepting.length === 0
    ? 'Nothing.'
    : 'Accepted until the day named, then findings again. Not counted as findings, and not in the SARIF report.';
  yield '';
  for (const group of accepting) yield* waiverEntry(group, names);
  if (remarks.length === 0) return;
  yield '### About the waivers';
  yield '';
  for (const { severity, message, help, place } of remarks) {
    yield `- **${severity}** ${code(place)}: ${escapedProse(message)}.${help === undefined ? '' : ` ${sentence(help)}`}`;
  }
  yield '';
}

function* waiverEntry(group: WaiverGroup, names: ReadonlyMap<string, string>): Generator<string> {
  const { id, waiver, whole, partly, following } = group;
  const { owner, approvedBy, reason, expires, ticket, compensatingControl } = waiver;
  const place = placeOf(waiver);
  yield `### ${code(id)}: until ${escapedName(expires)}`;
  yield '';
  yield escapedProse(reason);
  yield '';
  yield `- Owner: ${escapedProse(owner)}${approvedBy === undefined ? '' : `, approved by ${escapedProse(approvedBy)}`}`;
  if (ticket !== undefined) yield `- Ticket: ${escapedProse(ticket)}`;
  if (compensatingControl !== undefined) yield `- Compensating control: ${escapedProse(compensatingControl)}`;
  if (place !== undefined) yield `- Waiver: ${code(place)}`;
  const targets = [
    ...whole.map((it) => `${code(it.policyId)}: ${markdownTarget(it.target, names)}`),
    ...partly.map((it) => {
      const assertions = assertionsOf(it, id).map(code).join(', ');
      return `${assertions} of ${code(it.policyId)}, whose other assertions still fail: ${markdownTarget(it.target, names)}`;
    }),
  ];
  for (const text of targets.slice(0, shownTargets)) yield `- Accepts ${text}`;
  const more = targets.length - shownTargets;
  if (more > 0) yield `- Accepts ${counted(more, 'more evaluation')}`;
  if (following > 0) yield `- Accepts ${counted(following, 'evaluation')} in other places that follow from it`;
  yield '';
}

function sentence(help: string): string {
  return escapedProse(`${help.charAt(0).toUpperCase()}${help.slice(1)}.`);
}
