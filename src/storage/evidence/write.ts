import { closeSync, openSync, writeSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../model/errors.js';
import type { AnswerRecorder, KeptRun } from '../../model/kept-answers.js';
import type { Results } from '../../model/results.js';
import { makeFolder } from '../make-folder.js';
import { encodeAnswer } from './encoding.js';
import { redactions } from './redact.js';
import { digestOf, sumsName, sumsOf } from './sums.js';

/** Of an evidence folder, beside {@link sumsName}. */
export const names = { answers: 'answers.jsonl', results: 'results.json', manifest: 'manifest.json' } as const;

export interface EvidenceWriter extends AnswerRecorder {
  /** Writes what the answers led to, then the manifest and the sums. */
  readonly finish: (run: KeptRun, results: Results, json: Iterable<string>) => Promise<void>;
}

/** Only the owner may read it: it holds bucket and key policies. */
const mode = 0o600;

/**
 * Begins an evidence folder. Answers are written as they come, since a large organization gives more than memory holds.
 *
 * @throws UsageError for a folder that cannot be written to, or that is not empty: what is there may be other evidence
 */
export async function openEvidence(folder: string): Promise<EvidenceWriter> {
  let file: number;
  try {
    await makeFolder(folder);
    if ((await readdir(folder)).length > 0) {
      throw new UsageError(`${folder} is not empty.`, 'Evidence is never overwritten: name a new folder.');
    }
    file = openSync(join(folder, names.answers), 'wx', mode);
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(`${folder} cannot be written: ${error.message}`, 'Name another folder.', { cause: error });
  }
  let count = 0;
  return {
    add: (answer) => {
      writeSync(file, `${encodeAnswer(answer)}\n`);
      count += 1;
    },
    finish: async (run, results, json) => {
      closeSync(file);
      await writeFile(join(folder, names.results), json, { mode });
      const digests = {
        [names.answers]: await digestOf(join(folder, names.answers)),
        [names.results]: await digestOf(join(folder, names.results)),
      };
      const manifest = manifestOf(run, results, { count, digests });
      await writeFile(join(folder, names.manifest), `${JSON.stringify(manifest, null, 2)}\n`, { mode });
      await writeFile(join(folder, sumsName), await sumsOf(folder), { mode });
    },
  };
}

function manifestOf(
  run: KeptRun,
  { tool, run: { caller, startedAt, finishedAt }, organization, summary }: Results,
  { count, digests }: { readonly count: number; readonly digests: Readonly<Record<string, string>> },
): object {
  return {
    schemaVersion: '1',
    kind: 'trailproof-evidence',
    tool,
    startedAt,
    finishedAt,
    caller,
    organization,
    files: {
      [names.answers]: 'each answer of AWS, one a line: its id is that of evidence and gaps in results.json',
      [names.results]: 'the verdicts that follow from them',
      [sumsName]: 'SHA-256 of every other file: sha256sum --check, or actions/attest with subject-checksums',
    },
    digests,
    answers: count,
    verdicts: summary.byOutcome,
    redacted: redactions,
    run,
  };
}
