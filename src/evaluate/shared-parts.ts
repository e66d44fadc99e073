/** So many are remembered at once: what is alike mostly stands close together. */
const mostKnown = 4096;

/**
 * Parts of results that are alike, as one object: what a policy says of a recorder is the same in thousands of accounts.
 * They are plain data that nobody changes, so that it makes no difference but in memory.
 */
export class SharedParts {
  private known = new Map<string, unknown>();

  /** The part itself, or one that is written in just the same way. */
  of<T>(part: T): T {
    // A text is written as itself: what else there is begins with another character than its mark.
    const key = typeof part === 'string' ? `=${part}` : JSON.stringify(part);
    const before = this.known.get(key);
    // What is written in the same way has the same type.
    if (before !== undefined) return before as T;
    if (this.known.size >= mostKnown) this.known = new Map();
    this.known.set(key, part);
    return part;
  }
}
