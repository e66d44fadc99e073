// Joins the command line's own files into a few in dist/cli, which load in a fraction of the time of a thousand. What the
// package depends on stays outside, in node_modules. Part of npm run build.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist/cli', { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
  bundle: true,
  // What a command loads on its way stays a file of its own.
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
});
