// npm run bundle: makes dist/action, the bundle that the GitHub Action runs, with the licenses of what is in it.
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { licensesOf } from './licenses.mjs';

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
writeFileSync('dist/action/licenses.txt', licensesOf(Object.keys(metafile.inputs)));
// Node takes the file for a module without it, too; this says so to who reads.
writeFileSync('dist/action/package.json', '{ "type": "module" }\n');
