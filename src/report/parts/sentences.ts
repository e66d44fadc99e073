import { shortened } from '../../text/printable.js';

/**
 * The first sentences of a text that fit, each said once; of a first one that does not fit, its beginning.
 *
 * @param text printable, on one line
 */
export function sentencesWithin(text: string, most: number): string {
  const sentences = [...new Set(text.split(/(?<=[.!?…]) (?=[A-Z])/))];
  const whole = sentences.join(' ');
  if (whole.length <= most) return whole;
  let kept = '';
  for (const sentence of sentences) {
    const longer = kept === '' ? sentence : `${kept} ${sentence}`;
    // Room for the sign that there is more.
    if (longer.length > most - 2) break;
    kept = longer;
  }
  return kept === '' ? shortened(whole, most) : `${kept} …`;
}
