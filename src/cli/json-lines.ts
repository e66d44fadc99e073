import { visibleJson } from '../report/index.js';

/** A document as lines of JSON. Texts from AWS are escaped where a terminal would obey them; line breaks are ours. */
export function jsonLines(document: object): string[] {
  return JSON.stringify(document, null, 2).split('\n').map(visibleJson);
}
