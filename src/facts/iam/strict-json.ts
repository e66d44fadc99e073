/** More than any IAM document may have: bucket policies end at 20 KB, key policies at 32 KB. */
const maxCharacters = 200_000;

export type Json = { readonly value: unknown } | { readonly problem: string };

/**
 * Parses JSON and refuses an object that has the same key twice: readers differ in which one they take, so what such
 * a document means is not known.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parseStrictJson(text: string): Json {
  if (text.length > maxCharacters) {
    return { problem: `has ${text.length} characters, more than any IAM document may have` };
  }
  try {
    const value: unknown = JSON.parse(text);
    const duplicate = duplicateKey(text);
    return duplicate === undefined ? { value } : { problem: `has the key ${JSON.stringify(duplicate)} twice` };
  } catch (error) {
    // A RangeError is the engine's answer to nesting that is too deep for it.
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return { problem: `is not valid JSON (${error.message})` };
    }
    throw error;
  }
}

/** Walks the tokens of a text that is known to be JSON. */
function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      isKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isKey = false;
    } else if (token === ',') {
      isKey = open.at(-1) !== undefined;
    } else if (isKey) {
      const key = String(JSON.parse(token));
      const keys = open.at(-1);
      if (keys?.has(key) === true) return key;
      keys?.add(key);
      isKey = false;
    }
  }
  return undefined;
}
