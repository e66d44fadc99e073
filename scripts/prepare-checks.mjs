// Compiles the checks of large schemas, for the command line: it takes them from dist/cli/checks as long as schemas and
// options are the same. Part of npm run build, after the rest of it.
import { readFileSync } from 'node:fs';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { compileCheck, keyOfCheck } from '../dist/lib/json-schema.js';
import { packageFile } from '../dist/lib/package-file.js';
import { preparedCheckFile } from '../dist/lib/prepared-check.js';
import { oasisSchema } from '../dist/lib/report/sarif/oasis-schema.js';

const schemas = [['schema/inventory.v1.json'], ['schema/results.v1.json'], oasisSchema];

for (const [path, options = {}, prepare] of schemas) {
  const text = readFileSync(packageFile(path), 'utf8');
  const { ajv, check } = compileCheck(text, { ...options, code: { optimize: false, source: true } }, prepare);
  await build({
    stdin: {
      contents: `${standaloneCode.default(ajv, check)};
        module.exports = { key: ${JSON.stringify(keyOfCheck(text, options))}, check: module.exports };`,
      resolveDir: process.cwd(),
    },
    outfile: preparedCheckFile(path),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    logLevel: 'warning',
  });
}
