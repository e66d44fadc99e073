// Joins the command line's files, and the packages that each command needs, into a few in dist/cli: they load in a fraction of
// the time of a thousand. Other packages stay outside, in node_modules. Part of npm run build.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licensesOf } from './licenses.mjs';

const joined = new Set(['ajv', 'ajv-formats', 'commander', 'get-east-asian-width', 'yaml']);
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Every word of our own files. */
const words = new Set(
  readdirSync('src', { recursive: true })
    .filter((it) => it.endsWith('.ts'))
    .flatMap((it) => readFileSync(join('src', it), 'utf8').match(/[\w$]+/g) ?? []),
);

/**
 * The SDK's packages are CommonJS. Imported, Node reads each twice, to find out that it is, and what it exports: what
 * is required is read once. Only names that our own files may use are taken from them.
 */
const requireSdk = {
  name: 'require-sdk',
  setup(bundle) {
    bundle.onResolve({ filter: /^@(?:aws-sdk|smithy)\// }, ({ path, kind }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'required' },
    );
    bundle.onLoad({ filter: /./, namespace: 'required' }, ({ path }) => {
      const names = Object.keys(createRequire(import.meta.url)(path)).filter((it) => words.has(it));
      return { contents: `export const { ${names.join(', ')} } = require(${JSON.stringify(path)});` };
    });
  },
};

rmSync('dist/cli', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
  bundle: true,
  // What a command loads on its way stays a file of its own.
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  external: Object.keys(dependencies).flatMap((it) => (joined.has(it) ? [] : [it, `${it}/*`])),
  plugins: [requireSdk],
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
