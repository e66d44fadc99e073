// Joins the command line's files, and the packages that each command needs, into a few in dist/cli: they load in a fraction of
// the time of a thousand. Other packages stay outside, in node_modules. Part of npm run build.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { licensesOf } from './licenses.mjs';

const joined = new Set(['ajv', 'ajv-formats', 'commander', 'get-east-asian-width', 'yaml']);
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist/cli', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
  bundle: true,
  // What a command loads on its way stays a file of its own.
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  external: Object.keys(dependencies).flatMap((it) => (joined.has(it) ? [] : [it, `${it}/*`])),
  platform: 'node',
  target: 'node20',
  format: 'esm',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Of packages that are no modules.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
});
writeFileSync('dist/cli/licenses.txt', licensesOf(Object.keys(metafile.inputs)));
