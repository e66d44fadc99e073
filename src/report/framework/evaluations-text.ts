import type { ControlRow } from './rows.js';

/** `2 pass, 1 fail`: how the evaluations under a control came out. */
export function evaluationsText({ counts }: ControlRow): string {
  return [
    [counts.compliant, 'pass'],
    [counts.nonCompliant, 'fail'],
    [counts.insufficientData, 'unknown'],
    [counts.waived, 'waived'],
    [counts.notApplicable, 'not applicable'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, label]) => `${count} ${label}`)
    .join(', ');
}
