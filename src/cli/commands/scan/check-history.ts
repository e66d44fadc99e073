import { UsageError } from '../../../model/errors.js';
import type { History } from '../../../model/history.js';
import type { Results } from '../../../model/results.js';
import { loadHistory } from '../../../storage/index.js';

interface LoadedHistory {
  readonly file: string;
  readonly history: History;
}

/** What `--history` names, if it is given. @throws UsageError for another file */
export async function loadedHistory(file: string | undefined): Promise<LoadedHistory | undefined> {
  return file === undefined ? undefined : { file, history: await loadHistory(file) };
}

/** @throws UsageError for the history of another organization */
export function checkHistory(loaded: LoadedHistory | undefined, results: Results): void {
  const other = loaded?.history.organization;
  const own = results.organization?.id;
  if (other === undefined || own === undefined || other === own) return;
  throw new UsageError(
    `${loaded?.file ?? ''} is the history of organization ${other}, and this is a scan of ${own}.`,
    'Make it from the results of the same organization.',
  );
}
