// `npm run check`: all that CI checks, in this order; what it needs is installed already. `npm run check -- lint tests`
// runs only these steps. The last line is the tests' own: N passed, N failed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runStep } from './run-step.mjs';

/** The one list of checks; CI has no other. */
const steps = {
  build: ['npm run -s build'],
  lint: ['oxlint --type-aware'],
  types: ['tsc', 'tsc -p src/report/html/browser'],
  format: ['oxfmt --check .'],
  unused: ['knip'],
  policies: ['npm run -s trailproof -- policies lint', 'npm run -s trailproof -- policies test --strict --mutate'],
  generated: { writes: ['npm run -s generate', 'npm run -s bundle'], help: 'npm run generate && npm run bundle' },
  sample: { writes: ['npm start --silent'], help: 'npm start, which must leave reports/ as it is committed' },
  tests: ['npm test --silent'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  const before = step.writes === undefined ? undefined : fingerprint();
  for (const command of step.writes ?? step) runStep(command);
  if (before !== undefined) expectUnchanged(before, step.help);
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
