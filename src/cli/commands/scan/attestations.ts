import { frameworks } from '../../../model/frameworks.js';
import type { Attestation, Results } from '../../../model/results.js';
import { visible } from '../../../text/printable.js';
import { attestationsAt, type LoadedAttestations } from '../../../waivers/index.js';
import type { Checked } from '../../policies/load-policies.js';
import type { CheckedWaivers } from '../../policies/load-waivers.js';
import type { Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';

export interface AttestationOptions {
  readonly attestations?: readonly string[];
}

/** What is wrong in files of two kinds, said at once. */
export function together({ diagnostics, sources }: CheckedWaivers, other: LoadedAttestations): Checked {
  return { diagnostics: [...diagnostics, ...other.diagnostics], sources: new Map([...sources, ...other.sources]) };
}

/** The results with what is attested; one that has ended is told. */
export function withAttestations(
  results: Results,
  { attestations: asked }: AttestationOptions,
  { attestations }: LoadedAttestations,
  terminal: Terminal,
): Results {
  if (asked === undefined) return results;
  const all = attestationsAt(attestations, results.run.asOf ?? results.run.capturedAt);
  writeLines(
    terminal.stderr,
    all
      .filter((it) => it.isExpired)
      .map(
        (it) => `warning: the attestation ${it.id} of ${visible(it.owner)} ended on ${it.expires}: it counts no more.`,
      ),
  );
  writeLines(terminal.stderr, unserved(all, results));
  return { ...results, attestations: all };
}

/** A framework that neither the catalogue nor a policy knows is in no report: it may be mistyped. */
function unserved(all: readonly Attestation[], { policies }: Results): readonly string[] {
  const known = new Set([
    ...frameworks.map((it) => it.id),
    ...policies.flatMap((it) => it.controls.map(({ framework }) => framework)),
  ]);
  return all.flatMap(({ id, controls }) =>
    [...new Set(controls.map((it) => it.framework))]
      .filter((it) => !known.has(it))
      .map(
        (it) => `warning: the attestation ${id} names framework ${visible(it)}, which no policy of this run serves.`,
      ),
  );
}
