// npm run bench:language: evaluates one expression over many objects with the policy language, a function written by
// hand and two other implementations of CEL, all in one process and taking turns; then loads, checks and tests all
// shipped policies. Writes bench/language.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { contendersOver, source, type Contender } from './contenders.js';

const objects = 100_000;
const rounds = 25;
const contenders = contendersOver(objects);
const times = measure(contenders);
const hand = times[0] ?? Number.NaN;
const policies = await policiesTest();
const text = [
  '# The policy language, measured',
  '',
  `\`${source}\` over ${objects.toLocaleString('en')} objects, ${rounds} rounds taking turns, the fastest of each.`,
  `${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}. Figures vary between machines: compare those of one run.`,
  '',
  '| evaluated by | ms | times the function |',
  '| --- | ---: | ---: |',
  ...contenders.map(
    ({ name }, index) => `| ${name} | ${(times[index] ?? 0).toFixed(1)} | ${((times[index] ?? 0) / hand).toFixed(1)} |`,
  ),
  '',
  'The goal: at most 5 times the function, and no slower than the others.',
  '',
  `\`trailproof policies test\`, which loads, checks and tests all shipped policies: ${policies} ms, the process's start`,
  'included. The goal: at most 1,500 ms.',
  '',
].join('\n');
writeFileSync('bench/language.md', text);
process.stdout.write(text);

/** The fewest milliseconds of each: other work on the machine only adds to them. All must count the same. */
function measure(all: readonly Contender[]): readonly number[] {
  const taken = all.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    const counts = all.map((it, index) => {
      const started = performance.now();
      const count = it.run();
      taken[index]?.push(performance.now() - started);
      return count;
    });
    if (new Set(counts).size !== 1) throw new Error(`they disagree: ${counts.join(', ')}`);
  }
  return taken.map((it) => Math.min(...it));
}

async function policiesTest(): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const started = performance.now();
    const child = spawn(process.execPath, ['dist/cli/main.js', 'policies', 'test'], { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number];
    if (code !== 0) throw new Error(`trailproof policies test ended with ${code}`);
    taken.push(performance.now() - started);
  }
  return Math.round(median(taken));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
