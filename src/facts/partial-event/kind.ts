/** Marks what is not a JSON object, whatever keys that may have. */
export const kind: unique symbol = Symbol('kind');
