import type { Ledger } from '../../aws/ledger.js';
import { nameOf } from '../rows.js';
import type { Doubt } from './doubts.js';
import type { MalformedRow } from './file-contents.js';
import type { LackingFile, SkippedFile } from './unread-parts.js';

/** Skipped files that are named one by one; a folder full of others says how many more there are. */
const namedFiles = 50;

export interface ReadProblems {
  readonly skipped: readonly SkippedFile[];
  readonly malformed: readonly MalformedRow[];
  readonly lacking: readonly LackingFile[];
}

/** The doubts that were written down, in the order of what they are about. */
export interface Written {
  readonly ofSkipped: readonly Doubt[];
  readonly ofMalformed: readonly Doubt[];
  readonly ofLacking: readonly Doubt[];
}

/** Writes down what was not read, or not whole. */
export function noteRead({ skipped, malformed, lacking }: ReadProblems, ledger: Ledger, at: Date): Written {
  const more = skipped.length - namedFiles;
  const others = doubtOfFile('others', `${more} more files were skipped.`);
  const written = {
    // Those that are not named one by one share the last gap.
    ofSkipped: skipped.map(({ name, why }, index) => (index < namedFiles ? doubtOfSkipped(name, why) : others)),
    ofMalformed: malformed.map(({ row, message }) => doubtOfFile(nameOf(row), message)),
    ofLacking: lacking.map(({ file, why }) => doubtOfFile(file, `File ${file} ${why}: there may be more.`)),
  };
  for (const { asked, failure } of [...written.ofSkipped, ...written.ofMalformed, ...written.ofLacking]) {
    ledger.addGap(asked, failure, at);
  }
  return written;
}

/** Why a file that is not whole, or cannot be read, tells nothing. */
export function doubtOfSkipped(file: string, why: string): Doubt {
  return doubtOfFile(file, `File ${file} ${why}; it was skipped.`);
}

function doubtOfFile(resource: string, message: string): Doubt {
  const asked = { call: 'config:DeliveryFile', accountId: 'unknown', region: 'unknown', resource };
  return { asked, failure: { reason: 'error', message } };
}
