import type { VerificationRecord } from '../../../src/model/verification.js';

/** The outcome, and findings and gaps as lines without their messages. */
export function told({ outcome, findings, chains }: VerificationRecord): string[] {
  const gaps = chains.flatMap((it) =>
    it.gaps.map((gap) => ({ ...gap, place: chains.length > 1 ? `${it.account} ${it.region} ` : '' })),
  );
  return [
    outcome,
    ...findings.map((it) => `${it.subject} ${it.verdict} ${it.reason} ${it.count}`),
    ...gaps.map((it) => `gap ${it.place}${it.from.slice(11, 16)} ${it.to.slice(11, 16)} ${it.cause}`),
  ];
}
