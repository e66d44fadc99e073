import { mismatch, schemaCheck } from '../json-schema.js';
import type { BaselineDocument, SavedEntry } from '../model/baseline-document.js';
import type { Baseline, BaselineEntry } from '../model/baseline.js';
import { UsageError } from '../model/errors.js';
import { contentDigest } from './content-digest.js';
import { readJson } from './read-results.js';
import { writeWhole } from './write-whole.js';

const help = 'For a first run: --baseline none. trailproof activity --save-baseline FILE writes one.';

/**
 * What `activity --save-baseline` wrote.
 *
 * @throws UsageError when there is no such file, it is another one, or it is not as it was written
 */
export async function loadBaseline(file: string): Promise<Baseline> {
  const document = await readJson(file, help);
  const validate = schemaCheck<BaselineDocument>('schema/baseline.v1.json');
  if (!validate(document)) {
    throw new UsageError(`${file} holds no baseline of this version: ${mismatch(validate.errors)}.`, help);
  }
  if (contentDigest(document) !== document.digest) {
    throw new UsageError(
      `${file} was changed after it was written: its digest is not that of its content.`,
      'Take the file as trailproof activity --save-baseline wrote it, or make a new one. What is added by hand would seem familiar.',
    );
  }
  const { organization, entries } = document;
  return { ...(organization === undefined ? {} : { organization }), entries: entries.map(entryOf) };
}

/**
 * Writes a baseline. The file appears whole or not at all, and only its owner may read it.
 *
 * @throws UsageError when it cannot be written
 */
export async function saveBaseline(
  { organization, entries }: Baseline,
  file: string,
  { savedAt, version }: { readonly savedAt: string; readonly version: string },
): Promise<void> {
  const content = {
    schemaVersion: '1' as const,
    tool: { name: 'trailproof' as const, version },
    savedAt,
    ...(organization === undefined ? {} : { organization }),
    entries: entries.map(savedEntry),
  };
  const document: BaselineDocument = { ...content, digest: contentDigest(content) };
  await writeWhole(file, `${JSON.stringify(document)}\n`, 'baseline');
}

function savedEntry({ policyId, account, question, verified, known, seen }: BaselineEntry): SavedEntry {
  return {
    policyId,
    account,
    question,
    verified,
    known: Object.fromEntries(
      [...known].map(([region, spans]) => [region, spans.map(({ from, to }) => [from, to] as const)]),
    ),
    seen: Object.fromEntries(seen),
  };
}

function entryOf({ policyId, account, question, verified, known, seen }: SavedEntry): BaselineEntry {
  return {
    policyId,
    account,
    question,
    verified,
    known: new Map(Object.entries(known).map(([region, spans]) => [region, spans.map(([from, to]) => ({ from, to }))])),
    seen: new Map(Object.entries(seen)),
  };
}
