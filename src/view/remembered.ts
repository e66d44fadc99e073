type Verdict = 'yes' | 'no' | 'unknown';

const [most, longest] = [500, 8192];

/**
 * Answers questions on documents, each once for as long as it is among the last: pipelines write the same few documents
 * again and again.
 *
 * @param ask - a pure function of texts and lists of them
 */
export function remembered<Asked extends readonly (string | readonly string[])[]>(
  ask: (...asked: Asked) => Verdict,
): (...asked: Asked) => Verdict {
  const known = new Map<string, Verdict>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const before = known.get(key);
    if (before !== undefined) return before;
    const verdict = ask(...asked);
    if (known.size >= most) known.clear();
    if (key.length <= longest) known.set(key, verdict);
    return verdict;
  };
}
