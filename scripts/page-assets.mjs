// The style and the script of the HTML report, from src/report/html/browser, as a module: the report is one file, and
// its Content-Security-Policy names both by their hashes. `npm run generate` runs it; CI compares.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const browser = 'src/report/html/browser';
const options = {
  bundle: true,
  minify: true,
  write: false,
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};
const { outputFiles: scripts } = await build({
  ...options,
  entryPoints: [`${browser}/main.ts`],
  format: 'iife',
  target: 'es2022',
});
const { outputFiles: styles } = await build({ ...options, entryPoints: [`${browser}/style.css`], target: 'es2022' });
const assets = { script: scripts[0].text.trim(), style: styles[0].text.trim() };

const file = 'src/report/html/assets.ts';
const lines = Object.entries(assets).flatMap(([name, text]) => {
  // Within the element nothing may end it.
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`The ${name} holds what ends its element.`);
  const hash = createHash('sha256').update(text).digest('base64');
  return [
    `/** The report's ${name}, and its hash as a Content-Security-Policy names it. */`,
    `export const ${name} = {`,
    `  hash: 'sha256-${hash}',`,
    `  text: ${JSON.stringify(text)},`,
    '};',
    '',
  ];
});
const head =
  '// Generated from src/report/html/browser by scripts/page-assets.mjs (npm run generate). Do not edit.\n\n';
const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
const now = head + lines.join('\n').trimEnd() + '\n';
if (before !== now) writeFileSync(file, now);
