import type { Span } from '../model/baseline.js';

/** The same time, in order and without spans that touch. */
export function joinedSpans(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What of the spans lies in none of the others. */
export function spansWithout(spans: readonly Span[], taken: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  const away = joinedSpans(taken);
  for (const { from, to } of joinedSpans(spans)) {
    let start = from;
    for (const it of away) {
      if (it.to <= start) continue;
      if (it.from >= to) break;
      if (it.from > start) left.push({ from: start, to: it.from });
      start = it.to;
    }
    if (start < to) left.push({ from: start, to });
  }
  return left;
}
