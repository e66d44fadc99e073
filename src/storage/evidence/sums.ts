import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../model/errors.js';
import { byText } from '../../text/order.js';

/** The file that `sha256sum --check` and `actions/attest` read. */
export const sumsName = 'SHA256SUMS';

/** `DIGEST  NAME` for each file of a folder but the sums, by name. */
export async function sumsOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((it) => it !== sumsName).toSorted(byText);
  const lines: string[] = [];
  for (const name of names) lines.push(`${await digestOf(join(folder, name))}  ${name}\n`);
  return lines.join('');
}

/** The SHA-256 of a file, in hex. */
export async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}

/**
 * Compares a folder with its sums, to the byte.
 *
 * @throws UsageError naming each file that was changed, added or taken away, and what is not a file
 */
export async function checkSums(folder: string): Promise<void> {
  // What a link names, or what a folder holds, can be another thing when it is read.
  const entries = await readdir(folder, { withFileTypes: true });
  const others = entries.filter((it) => !it.isFile()).map((it) => `${it.name} is not a file`);
  if (others.length > 0) throw notAsWritten(folder, others.toSorted(byText));
  const said = await readFile(join(folder, sumsName), 'utf8');
  const found = await sumsOf(folder);
  if (said === found) return;
  const before = parse(said);
  const now = parse(found);
  const changes = [...new Set([...before.keys(), ...now.keys()])].toSorted(byText).flatMap((name) => {
    const [was, is] = [before.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`${name} was added`];
    return [is === undefined ? `${name} is missing` : `${name} was changed: ${sumsName} says ${was}, and it is ${is}`];
  });
  const what = changes.length === 0 ? [`${sumsName} itself was changed`] : changes;
  throw notAsWritten(folder, what);
}

function notAsWritten(folder: string, what: readonly string[]): UsageError {
  return new UsageError(
    `The evidence in ${folder} is not as it was written: ${what.join('; ')}.`,
    'Nothing was evaluated. Take it from where it was kept, and find out who changed it.',
  );
}

function parse(sums: string): ReadonlyMap<string, string> {
  const lines = sums.split('\n').flatMap((line) => {
    const [, digest, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    return digest === undefined || name === undefined ? [] : [[name, digest] as const];
  });
  return new Map(lines);
}
