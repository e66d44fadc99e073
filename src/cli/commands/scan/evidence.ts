import { join } from 'node:path';
import { compareResults } from '../../../evaluate/index.js';
import { UsageError } from '../../../model/errors.js';
import type { KeptRun } from '../../../model/kept-answers.js';
import type { Evidence, Results } from '../../../model/results.js';
import { render } from '../../../report/index.js';
import { checkResults, isEvidence, openEvidence, readJson } from '../../../storage/index.js';
import { counted, plural } from '../../../text/plural.js';
import type { EvidenceKeeper } from '../../source/collect-from-aws.js';

interface EvidenceChoice {
  readonly source: string;
  readonly sample?: true;
  readonly asOf?: string | undefined;
  readonly evidence?: string;
  readonly shard?: string;
  readonly resume?: string;
  readonly plan?: true;
}

/**
 * Refuses --evidence where no answers of AWS decide.
 *
 * @throws UsageError
 */
export function checkEvidence(scan: EvidenceChoice, isMerge: boolean): void {
  if (scan.evidence === undefined || scan.plan === true) return;
  const { source, sample, asOf, shard, resume } = scan;
  const isWholeLive = source === 'live' && sample !== true && asOf === undefined && !isMerge;
  if (isWholeLive && shard === undefined && resume === undefined) return;
  const what = isMerge
    ? 'merge'
    : shard !== undefined
      ? '--shard'
      : resume !== undefined
        ? '--resume'
        : sample === true
          ? '--sample'
          : `--source ${source}`;
  throw new UsageError(
    `--evidence keeps the answers of one whole run with live AWS, and ${what} is not one.`,
    'Leave it out, and keep what is evaluated instead: the inventory, or the files of AWS Config.',
  );
}

export interface KeptWhileScanning extends EvidenceKeeper {
  readonly finish: (results: Results) => Promise<void>;
}

/** Begins to keep answers. @throws UsageError for a folder that is not new */
export async function keepEvidence(folder: string): Promise<KeptWhileScanning> {
  const writer = await openEvidence(folder);
  let told: KeptRun | undefined;
  return {
    recorder: writer,
    tell: (run) => {
      told = run;
    },
    finish: async (results) => {
      if (told === undefined) throw new Error('A live run did not say what it asked.');
      await writer.finish(told, results, render('json', results));
    },
  };
}

/** Whether verdicts that were derived again are those that were kept; nothing for another source than evidence. */
export async function sayRederived({ source, sample }: EvidenceChoice, results: Results): Promise<readonly string[]> {
  if (sample === true || source === 'live' || !(await isEvidence(source))) return [];
  const file = join(source, 'results.json');
  const kept = checkResults(await readJson(file), file);
  const { changed, onlyBefore, onlyAfter } = compareResults(kept, results);
  const different = changed.length + onlyBefore.length + onlyAfter.length;
  const moved = answersElsewhere(kept, results);
  if (different === 0 && moved.length === 0) {
    const count = results.evaluations.length;
    return [`Derived again from the evidence: ${counted(count, 'verdict')}, all as in ${file}.`];
  }
  const [first] = moved;
  const told =
    first === undefined
      ? []
      : [
          `warning: ${counted(moved.length, 'piece')} of evidence ${plural(moved.length, 'rests', 'rest')} on another answer than in ${file}, ` +
            `such as ${first.call ?? first.item ?? ''} in account ${first.accountId}, ${first.region}: lines of answers.jsonl were changed or ` +
            'moved, and SHA256SUMS was made anew. Take the evidence from where it was kept, and find out who changed it.',
        ];
  if (different === 0) return told;
  return [
    ...told,
    `warning: ${counted(different, 'verdict')} ${plural(different, 'is', 'are')} not as in ${file}: ` +
      `${changed.length} changed, ${onlyBefore.length} gone, ${onlyAfter.length} new. ` +
      'The evidence is as SHA256SUMS says: other policies, parameters, waivers or another version decide otherwise, or ' +
      'someone changed both.',
  ];
}

/** Evidence that came at another time, or with another request: of several answers to one question another one counts. */
function answersElsewhere(kept: Results, derived: Results): readonly Evidence[] {
  const before = new Map(kept.evidence.map((it) => [it.id, it]));
  return derived.evidence.filter((it) => {
    const was = before.get(it.id);
    return was !== undefined && (was.at !== it.at || was.requestId !== it.requestId);
  });
}
