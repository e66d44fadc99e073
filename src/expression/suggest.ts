/** The candidate that was probably meant: a slip or two away, or the same but for case. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length <= 5 ? 1 : Math.max(2, Math.floor(word.length / 4));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance =
      candidate.toLowerCase() === word.toLowerCase() ? 0.5 : distanceBetween(word, candidate, bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? onlyLonger(word, candidates);
}

/** The one candidate that begins with the whole of a long enough word: `logFileValidation` of `logFileValidationEnabled`. */
function onlyLonger(word: string, candidates: Iterable<string>): string | undefined {
  const plain = word.replaceAll('_', '').toLowerCase();
  if (plain.length < 6) return undefined;
  const [first, ...others] = [...candidates].filter((it) => it.toLowerCase().startsWith(plain));
  return others.length === 0 ? first : undefined;
}

/** `did you mean 'x'?`, else the candidates when they are few. */
export function suggestion(word: string, candidates: readonly string[], what: string): string | undefined {
  const best = closest(word, candidates);
  if (best !== undefined) return `did you mean '${best}'?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 12).join(', ');
  return `${what}: ${shown}${candidates.length > 12 ? ', …' : ''}`;
}

/** Edit distance with swaps of neighbours (optimal string alignment); gives up above `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  if (a.length > 200) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let value = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        value = Math.min(value, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(value);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit;
}
