// Runs a TypeScript file of the checkout (benchmarks, servers for tests): node scripts/run-ts.mjs FILE [ARG ...]
import { mkdir, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/run-ts.mjs FILE [ARG ...]');
const folder = resolve('node_modules/.cache/trailproof');
await mkdir(folder, { recursive: true });
const outfile = `${folder}/${basename(file, '.ts')}-${process.pid}.mjs`;
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'linked',
});
process.argv = [process.argv[0], file, ...args];
try {
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(outfile, { force: true });
  await rm(`${outfile}.map`, { force: true });
}
