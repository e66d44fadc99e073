import { UsageError } from '../../../model/errors.js';
import {
  formatTestRun,
  junitTests,
  mutatePolicy,
  runTests,
  tapTests,
  type CompiledPolicy,
  type LoadedPolicies,
  type MutationRun,
  type TestRun,
} from '../../../policy/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { fileOf, writeFileWhole } from '../../process/write-file.js';
import { counted } from '../../../text/plural.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
export interface TestOptions {
  readonly counts?: string;
  readonly verbose?: boolean;
  readonly strict?: boolean;
  readonly mutate?: boolean;
  readonly format?: string;
  readonly output?: string;
}

/** `trailproof policies test`: runs the policies' own tests; with --strict and --mutate also tests the tests. */
export async function testPolicies(
  policies: readonly CompiledPolicy[],
  loaded: LoadedPolicies,
  options: TestOptions,
  terminal: Terminal,
): Promise<number> {
  const { counts, verbose = false, strict = false, mutate = false, format = 'text' } = options;
  const output = fileOf(options.output);
  const run = runTests(loaded, policies);
  const report = formatted(format, run, verbose);
  if (output === undefined) terminal.stdout.write(report);
  else await writeFileWhole(output, [report]);
  const { passed, failed } = run;
  if (counts !== undefined) await writeFileWhole(counts, [JSON.stringify({ passed, failed })]);
  // A format for machines stays alone on stdout.
  const says = format === 'text' ? terminal.stdout : terminal.stderr;
  const gaps = run.policies.flatMap(({ id, file, uncovered }) => uncovered.map((what) => `${id} (${file}): ${what}`));
  if (strict) writeLines(says, gaps.length === 0 ? ['Every assertion was seen to hold and to fail.'] : gaps);
  const mutations = mutate ? policies.map((policy) => mutatePolicy(policy, loaded)) : [];
  if (mutate) writeLines(says, describeMutations(mutations));
  const survivors = mutations.flatMap((it) => it.survivors).length;
  return failed > 0 || (strict && gaps.length > 0) || survivors > 0 ? exitCodes.findings : exitCodes.ok;
}

function formatted(format: string, run: TestRun, verbose: boolean): string {
  switch (format) {
    case 'text': {
      return formatTestRun(run, { verbose });
    }
    case 'junit': {
      return junitTests(run);
    }
    case 'tap': {
      return tapTests(run);
    }
    default: {
      throw new UsageError(`There is no format '${format}' for tests.`, 'One of text, junit, tap.');
    }
  }
}

function describeMutations(runs: readonly MutationRun[]): readonly string[] {
  const lines = runs.flatMap(({ survivors }) =>
    survivors.map(({ file, line, part, change }) => `survived  ${file}:${line} ${part}: ${change}`),
  );
  const total = runs.reduce((sum, it) => sum + it.mutants, 0);
  return [...lines, `${counted(total, 'mutant')}, ${lines.length} survived`];
}
