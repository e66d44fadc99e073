import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UsageError } from '../../model/errors.js';
import type { AnswerReplay, KeptAnswer, KeptCall, KeptRun } from '../../model/kept-answers.js';
import type { Results } from '../../model/results.js';
import { mismatch, schemaCheck } from '../../json-schema.js';
import { byText } from '../../text/order.js';
import { checkResults, readJson } from '../read-results.js';
import { canonical, decodeAnswer } from './encoding.js';
import { knownInput } from './redact.js';
import { checkSums, digestOf, sumsName } from './sums.js';
import { names } from './write.js';

/** Evidence that is as it was written. */
export interface KeptEvidence {
  readonly run: KeptRun;
  readonly replay: AnswerReplay;
  /** The verdicts that followed from it. */
  readonly results: Results;
}

/** True for a folder that `scan --evidence` wrote, whole or not. */
export async function isEvidence(path: string): Promise<boolean> {
  for (const name of [sumsName, names.manifest, names.answers]) {
    const found = await stat(join(path, name)).catch(() => undefined);
    if (found?.isFile() === true) return true;
  }
  return false;
}

/**
 * Reads an evidence folder.
 *
 * @throws UsageError where one byte of it is not as it was written
 */
export async function loadEvidence(folder: string): Promise<KeptEvidence> {
  for (const name of [sumsName, ...Object.values(names)]) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() === true) continue;
    throw new UsageError(
      `The evidence in ${folder} is not whole: ${name} is missing.`,
      'Take it from where it was kept. A scan that was interrupted leaves it unfinished.',
    );
  }
  await checkSums(folder);
  const manifest = await readJson(join(folder, names.manifest));
  const check = schemaCheck<{
    readonly run: KeptRun;
    readonly answers: number;
    readonly verdicts: ByName<number>;
    readonly digests?: ByName<string>;
  }>('schema/evidence.v1.json');
  if (!check(manifest)) {
    throw new UsageError(
      `${join(folder, names.manifest)} is of another version: ${mismatch(check.errors)}.`,
      'Read it with the version of Trailproof that wrote it; its tool member says which.',
    );
  }
  const file = join(folder, names.results);
  const answers = await answersIn(join(folder, names.answers));
  if (answers.length !== manifest.answers) {
    throw new UsageError(
      `The evidence in ${folder} does not agree: ${names.manifest} counts ${manifest.answers} answers, and ${names.answers} holds ${answers.length}.`,
      'Nothing was evaluated. Take it from where it was kept, and find out who changed it.',
    );
  }
  await checkDigests(folder, manifest.digests ?? {});
  const results = checkResults(await readJson(file), file);
  checkVerdicts(folder, manifest.verdicts, results);
  return { run: manifest.run, replay: replayOf(answers), results };
}

/** What the manifest says of the other files: whoever changes one of them and makes the sums anew is told, too. */
async function checkDigests(folder: string, digests: ByName<string>): Promise<void> {
  for (const [name, digest] of Object.entries(digests)) {
    if ((await digestOf(join(folder, name))) === digest) continue;
    throw new UsageError(
      `The evidence in ${folder} does not agree: ${name} is not the file that ${names.manifest} was written for, though ${sumsName} has its sum.`,
      'Nothing was evaluated. Take it from where it was kept, and find out who changed it.',
    );
  }
}

type ByName<T> = Readonly<Record<string, T>>;

/** Counted anew: what `results.json` itself counts may have been changed with it. */
function checkVerdicts(folder: string, said: ByName<number>, { evaluations }: Results): void {
  const found: Record<string, number> = {};
  for (const { outcome } of evaluations) found[outcome] = (found[outcome] ?? 0) + 1;
  const outcomes = [...new Set([...Object.keys(said), ...Object.keys(found)])].toSorted(byText);
  const different = outcomes.filter((it) => (said[it] ?? 0) !== (found[it] ?? 0));
  if (different.length === 0) return;
  const counts = different.map((it) => `${said[it] ?? 0} ${it} and ${found[it] ?? 0}`);
  throw new UsageError(
    `The evidence in ${folder} does not agree: ${names.manifest} and ${names.results} count ${counts.join(', ')}.`,
    'Nothing was evaluated. Take it from where it was kept, and find out who changed it.',
  );
}

async function answersIn(file: string): Promise<readonly KeptAnswer[]> {
  const answers: KeptAnswer[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const answer = answerIn(line);
    if (answer === undefined) throw new UsageError(`${file}:${number} holds no answer.`);
    answers.push(answer);
  }
  return answers;
}

function answerIn(line: string): KeptAnswer | undefined {
  try {
    return decodeAnswer(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Answers by what was asked. Of several to the same question each is given once, and the last one from then on. */
function replayOf(answers: readonly KeptAnswer[]): AnswerReplay {
  const byCall = new Map<string, KeptAnswer[]>();
  for (const answer of answers) {
    const key = keyOf(answer);
    const list = byCall.get(key);
    if (list === undefined) byCall.set(key, [answer]);
    else list.push(answer);
  }
  return {
    take: (call) => {
      const list = byCall.get(keyOf({ ...call, input: knownInput(call.call, call.input) })) ?? [];
      return list.length > 1 ? list.shift() : list[0];
    },
  };
}

/** Of a call whose input is as it is kept. */
function keyOf({ call, askedAs, region, input }: KeptCall): string {
  return [call, askedAs, region, canonical(input)].join('\n');
}
