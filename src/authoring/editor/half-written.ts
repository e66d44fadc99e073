import { parseDocument } from 'yaml';
import { findDeepNesting, maxFileBytes } from '../../policy/index.js';

/**
 * The YAML tree of a text that someone is still typing: what can be read of it. Undefined for what the loader refuses
 * at once.
 */
export function contentsOf(text: string): unknown {
  if (Buffer.byteLength(text) > maxFileBytes || findDeepNesting(text) !== undefined) return undefined;
  return parseDocument(text, { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'silent' }).contents;
}
