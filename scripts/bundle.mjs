// npm run bundle: makes dist/action, the bundle that the GitHub Action runs, with the licenses of what is in it.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

rmSync('dist/action', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/action/main.ts'],
  outfile: 'dist/action/index.js',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    js: "// Made by npm run bundle from src/action. Do not edit.\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
});
writeFileSync('dist/action/licenses.txt', licenses(Object.keys(metafile.inputs)));
// Node takes the file for a module without it, too; this says so to who reads.
writeFileSync('dist/action/package.json', '{ "type": "module" }\n');

/** Name, version and license text of each package that is in the bundle. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [...folders]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
      const text =
        file === undefined || !existsSync(join(folder, file))
          ? ''
          : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      return `${name} ${version} (${license})\n${text}`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
