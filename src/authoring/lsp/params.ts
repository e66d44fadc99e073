import { fileURLToPath } from 'node:url';
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { isObject } from '../../model/is-object.js';

/** Whether an editor makes a file that an edit names. */
export function makesFiles(params: unknown): boolean {
  const workspace =
    isObject(params) && isObject(params['capabilities']) ? params['capabilities']['workspace'] : undefined;
  const edit = isObject(workspace) ? workspace['workspaceEdit'] : undefined;
  const operations = isObject(edit) && edit['documentChanges'] === true ? edit['resourceOperations'] : undefined;
  return Array.isArray(operations) && operations.includes('create');
}

export function isRange(it: unknown): it is Range {
  return isObject(it) && isPosition(it['start']) && isPosition(it['end']);
}

export function isChange(it: unknown): it is TextDocumentContentChangeEvent {
  if (!isObject(it) || typeof it['text'] !== 'string') return false;
  const { range } = it;
  return range === undefined || isRange(range);
}

/** The file that is spoken of; undefined for a text that has none, such as a new one. */
export function fileOf(params: unknown): string | undefined {
  const document = isObject(params) ? params['textDocument'] : undefined;
  const uri = isObject(document) ? document['uri'] : undefined;
  if (typeof uri !== 'string' || !uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    // A file of another machine, with a slash that is written as %2F, or with a % that begins nothing: no path here.
    if (error instanceof TypeError || error instanceof URIError) return undefined;
    throw error;
  }
}

export function positionOf(params: unknown): Position | undefined {
  const position = isObject(params) ? params['position'] : undefined;
  return isPosition(position) ? position : undefined;
}

function isPosition(it: unknown): it is Position {
  return isObject(it) && typeof it['line'] === 'number' && typeof it['character'] === 'number';
}
