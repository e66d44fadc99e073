import type { Evaluation, Reason } from '../../model/results.js';
import { incidentParagraphs } from './incident.js';

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

/** The message of a finding in its parts, one for each assertion that fails, and the events of an
 * incident: people read them as paragraphs. */
export function failingParagraphs(evaluation: Evaluation): readonly string[] {
  const whole = failingMessage(evaluation);
  const parts = unwaivedReasons(evaluation).flatMap((it) => (it.unknown === true ? [] : it.message));
  return [...(parts.join(' ') === whole ? saidOnce(parts) : [whole]), ...incidentParagraphs(evaluation)];
}

/** `digests by W-2026-014`, for each assertion of a finding that is waived while others fail. Raw. */
export function waivedAssertions({ reasons }: Evaluation): readonly string[] {
  return reasons.flatMap(({ assert, waiver }) => (waiver === undefined ? [] : [`${assert} by ${waiver}`]));
}

/** A cause is worth naming twice only where it is short. */
const shortCause = 30;

/**
 * Paragraphs of which no later one repeats a sentence of an earlier one. Where two sentences differ, and what stands
 * behind their last colon does not, the later one refers to the earlier.
 */
function saidOnce(paragraphs: readonly string[]): readonly string[] {
  const said = new Set<string>();
  const causes = new Set<string>();
  return paragraphs.flatMap((paragraph) => {
    const sentences = paragraph.split(/(?<=[.!?…]) (?=[A-Z])/);
    const kept = sentences.filter((it) => !said.has(it)).map((it) => withoutCause(it, causes));
    for (const sentence of sentences) {
      said.add(sentence);
      const cause = causeOf(sentence);
      if (cause !== undefined) causes.add(cause);
    }
    return kept.length === 0 ? [] : [kept.join(' ')];
  });
}

function withoutCause(sentence: string, causes: ReadonlySet<string>): string {
  const cause = causeOf(sentence);
  if (cause === undefined || !causes.has(cause)) return sentence;
  return `${sentence.slice(0, -cause.length - 2)}, for the same reason.`;
}

/** What stands behind the last colon of a sentence, where it is long enough to be a cause. */
function causeOf(sentence: string): string | undefined {
  const at = sentence.lastIndexOf(': ');
  const cause = at < 0 ? '' : sentence.slice(at + 2);
  return cause.length >= shortCause ? cause : undefined;
}
