// Writes what a release consists of into a folder: node scripts/release.mjs v1.2.3 FOLDER. The npm package of what is
// built (in a fresh checkout: dist/lib may hold more elsewhere), a bill of materials of it and one of all that built it,
// their checksums, and the notes from CHANGELOG.md.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [tag = '', folder = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (folder === '') fail('usage: node scripts/release.mjs TAG FOLDER');
if (tag !== `v${version}`) fail(`The tag is ${tag}, and package.json says ${version}.`);

const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), version);
if (notes === '') fail(`CHANGELOG.md has no section '## ${version}' with a text.`);

mkdirSync(folder, { recursive: true });
if (readdirSync(folder).length > 0) fail(`${folder} is not empty.`);
npm('pack', '--ignore-scripts', '--pack-destination', folder);
writeFileSync(
  join(folder, 'package.cdx.json'),
  npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--omit', 'dev'),
);
// The bundle of the action holds some of them.
writeFileSync(join(folder, 'build.cdx.json'), npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'));
const sums = readdirSync(folder)
  .toSorted()
  .map((name) => `${sha256(join(folder, name))}  ${name}\n`);
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
writeFileSync(join(folder, 'notes.md'), notes);

function npm(...args) {
  return execFileSync('npm', ['--silent', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The text under the heading of a version, to the next heading. */
function notesOf(changelog, wanted) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((it) => it.split('\n', 1)[0].trim() === wanted);
  return section === undefined ? '' : `${section.slice(section.indexOf('\n')).trim()}\n`;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
