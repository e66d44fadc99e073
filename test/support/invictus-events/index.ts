import { readFileSync } from 'node:fs';
import type { EventObject } from '../../../src/facts/partial-event/index.js';

/** Real events of CloudTrail; see README.md beside this file. */
// The file is JSON that is not generated: a list of records.
export const realEvents = JSON.parse(
  readFileSync(new URL('events.json', import.meta.url), 'utf8'),
) as readonly EventObject[];
