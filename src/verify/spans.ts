/** A span of time, in milliseconds since the epoch; its end is no part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans that are apart, in order of time. */
export type Spans = readonly Span[];

/** The spans with one more; what touches becomes one. */
export function withSpan(spans: Spans, added: Span): Spans {
  const apart = spans.filter((it) => it.to < added.from || it.from > added.to);
  const touching = spans.filter((it) => it.to >= added.from && it.from <= added.to);
  const from = Math.min(added.from, ...touching.map((it) => it.from));
  const to = Math.max(added.to, ...touching.map((it) => it.to));
  return [...apart, { from, to }].toSorted((a, b) => a.from - b.from);
}

/** What of the span lies in none of the spans. */
export function without(span: Span, spans: Spans): Spans {
  const rest: Span[] = [];
  let from = span.from;
  for (const it of spans) {
    if (it.to <= from) continue;
    if (it.from >= span.to) break;
    if (it.from > from) rest.push({ from, to: it.from });
    from = it.to;
  }
  if (from < span.to) rest.push({ from, to: span.to });
  return rest;
}

/** True when all of the span lies in the spans. */
export function holds(spans: Spans, span: Span): boolean {
  return without(span, spans).length === 0;
}
