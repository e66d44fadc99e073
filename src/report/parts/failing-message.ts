import type { Evaluation, Reason } from '../../model/results.js';

/** Why an evaluation came out as it did, without the assertions that a waiver accepts. */
export function unwaivedReasons({ reasons }: Evaluation): readonly Reason[] {
  return reasons.filter((it) => it.waiver === undefined);
}

/** The message of a finding; where some of its assertions are waived, only what the others say. */
export function failingMessage(evaluation: Evaluation): string {
  const rest = unwaivedReasons(evaluation);
  if (rest.length === evaluation.reasons.length) return evaluation.message;
  const messages = rest.filter((it) => it.unknown !== true).map((it) => it.message);
  if (messages.length > 0) return messages.join(' ');
  return `What fails is waived, but other assertions could not be read, and these cannot be waived. ${evaluation.message}`;
}

/** The message of a finding in its parts, one for each assertion that fails: people read them as paragraphs. */
export function failingParagraphs(evaluation: Evaluation): readonly string[] {
  const whole = failingMessage(evaluation);
  const parts = unwaivedReasons(evaluation).flatMap((it) => (it.unknown === true ? [] : it.message));
  return parts.join(' ') === whole ? parts : [whole];
}

/** `digests by W-2026-014`, for each assertion of a finding that is waived while others fail. Raw. */
export function waivedAssertions({ reasons }: Evaluation): readonly string[] {
  return reasons.flatMap(({ assert, waiver }) => (waiver === undefined ? [] : [`${assert} by ${waiver}`]));
}
