import type { Outcome, Severity } from '../../model/results.js';

/** The few looks that the text report has; each is an ANSI sequence of the 16 colors every terminal knows. */
const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', cyan: '36', alarm: '1;31' } as const;

export type Look = keyof typeof codes;
export type Paint = (look: Look, text: string) => string;

/** Colors a text of one line, or leaves it alone. */
export function painter(color: boolean): Paint {
  return color ? (look, text) => `\u001b[${codes[look]}m${text}\u001b[0m` : (_look, text) => text;
}

export const severityLooks: Readonly<Record<Severity, Look>> = {
  critical: 'alarm',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  informational: 'dim',
};

export interface Mark {
  readonly sign: string;
  readonly look: Look;
}

export const outcomeMarks: Readonly<Record<Outcome, Mark>> = {
  COMPLIANT: { sign: '✔', look: 'green' },
  NON_COMPLIANT: { sign: '✖', look: 'red' },
  INSUFFICIENT_DATA: { sign: '?', look: 'yellow' },
  NOT_APPLICABLE: { sign: '–', look: 'dim' },
};

export const waivedMark: Mark = { sign: '○', look: 'dim' };
