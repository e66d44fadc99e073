// `npm run check`: all that CI checks, in this order; what it needs is installed already. `npm run check -- lint tests`
// runs only these steps. The last line is the tests' own: N passed, N failed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { keepSteps, runStep } from './run-step.mjs';

/** The one list of checks; CI has no other. Those that only read run two at a time, the first of them first. */
const steps = {
  build: ['npm run -s build'],
  policies: {
    reads: ['npm run -s trailproof -- policies lint', 'npm run -s trailproof -- policies test --strict --mutate'],
  },
  lint: { reads: ['oxlint --type-aware'] },
  types: { reads: ['tsc', 'tsc -p src/report/html/browser'] },
  unused: { reads: ['knip'] },
  format: { reads: ['oxfmt --check .'] },
  generated: { writes: ['npm run -s generate', 'npm run -s bundle'], help: 'npm run generate && npm run bundle' },
  sample: { writes: ['npm start --silent'], help: 'npm start, which must leave reports/ as it is committed' },
  tests: ['npm test --silent'],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
const wanted = Object.entries(steps).filter(([name]) => asked.length === 0 || asked.includes(name));
const reading = wanted.filter(([, step]) => step.reads !== undefined);
for (const [name, step] of wanted) {
  if (step.reads !== undefined) {
    // They stand in a row: the first of them runs them all.
    if (name === reading[0][0]) await readBesideEachOther(reading);
    continue;
  }
  console.log(`\n== ${name}`);
  const before = step.writes === undefined ? undefined : fingerprint();
  for (const command of step.writes ?? step) runStep(command);
  if (before !== undefined) expectUnchanged(before, step.help);
}

/** What each printed is shown whole, once it is done; the first that fails ends this process after the others are done. */
async function readBesideEachOther(all) {
  const waiting = [...all];
  let failed;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined && failed === undefined; next = waiting.shift()) {
      const [name, { reads }] = next;
      const ended = await keepSteps(reads);
      console.log(`\n== ${name}`);
      process.stdout.write(ended.output);
      if (ended.failed === undefined) continue;
      console.error(`\nThis failed: ${ended.failed}`);
      failed ??= ended;
    }
  };
  await Promise.all([work(), work()]);
  if (failed !== undefined) process.exit(failed.status);
}

/** Every file of the checkout that git knows or would add, with a hash of its content. */
function fingerprint() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  const files = [...new Set(listed)].filter((file) => file !== '' && existsSync(file));
  const input = files.map((file) => `${file}\n`).join('');
  const hashes = execFileSync('git', ['hash-object', '--stdin-paths'], { encoding: 'utf8', input }).split('\n');
  return new Map(files.map((file, at) => [file, hashes[at]]));
}

/** Nobody has to commit before checking: only what the step itself changed counts. */
function expectUnchanged(before, help) {
  const after = fingerprint();
  const names = new Set([...before.keys(), ...after.keys()]);
  const changed = [...names].filter((file) => before.get(file) !== after.get(file));
  if (changed.length === 0) return;
  console.error(`These generated files were not as they are generated; look at them, and commit them:`);
  for (const file of changed) console.error(`  ${file}`);
  console.error(`They come from: ${help}`);
  process.exit(1);
}
