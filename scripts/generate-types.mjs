// Generates the TypeScript types of the published JSON Schemas. `npm run generate` runs it; CI compares.
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const known = "import type { Known } from './known.js';\n\n";
const outputs = [
  { schema: 'inventory.v1.json', root: 'Inventory', file: 'src/model/inventory.ts', preamble: known },
  { schema: 'results.v1.json', root: 'Results', file: 'src/model/results.ts', preamble: '' },
  { schema: 'history.v1.json', root: 'History', file: 'src/model/history.ts', preamble: '' },
  { schema: 'policy.v1.json', root: 'PolicyDocument', file: 'src/policy/schema/policy.ts', preamble: '' },
  { schema: 'tests.v1.json', root: 'TestsDocument', file: 'src/policy/schema/tests.ts', preamble: '' },
  {
    schema: 'activity-tests.v1.json',
    root: 'ActivityTestsDocument',
    file: 'src/policy/schema/activity-tests.ts',
    preamble: '',
  },
  { schema: 'pack.v1.json', root: 'PackDocument', file: 'src/policy/schema/pack.ts', preamble: '' },
  { schema: 'waivers.v1.json', root: 'WaiversDocument', file: 'src/policy/schema/waivers.ts', preamble: '' },
  {
    schema: 'attestations.v1.json',
    root: 'AttestationsDocument',
    file: 'src/policy/schema/attestations.ts',
    preamble: '',
  },
  { schema: 'doctor.v1.json', root: 'DoctorReport', file: 'src/model/doctor.ts', preamble: '' },
  { schema: 'saved-keys.v1.json', root: 'SavedKeys', file: 'src/model/saved-keys.ts', preamble: '' },
  { schema: 'baseline.v1.json', root: 'BaselineDocument', file: 'src/model/baseline-document.ts', preamble: '' },
  { schema: 'activity-state.v1.json', root: 'ActivityState', file: 'src/model/activity-state.ts', preamble: '' },
  { schema: 'checkpoint.v1.json', root: 'CheckpointLine', file: 'src/model/checkpoint.ts', preamble: '' },
  { schema: 'verification.v1.json', root: 'Verification', file: 'src/model/verification.ts', preamble: '' },
  { schema: 'config.v1.json', root: 'ConfigDocument', file: 'src/policy/schema/config.ts', preamble: '' },
];

const wanted = process.argv.slice(2);
for (const { schema, root, file, preamble } of outputs) {
  if (wanted.length > 0 && !wanted.includes(schema)) continue;
  const source = JSON.parse(await readFile(`schema/${schema}`, 'utf8'));
  const types = await compile({ ...inlineTypes(source), title: root }, root, {
    bannerComment: `// Generated from schema/${schema} by scripts/generate-types.mjs (npm run generate). Do not edit.`,
    additionalProperties: false,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  await writeFile(file, tidy(types).replace('Do not edit.\n\n', `Do not edit.\n\n${preamble}`));
}

/** A definition with a `tsType` of its own is written where it is referred to, with that place's description. */
function inlineTypes(schema) {
  const definitions = Object.entries(schema.$defs ?? {});
  const types = new Map(definitions.filter(([, it]) => it.tsType).map(([name, it]) => [`#/$defs/${name}`, it.tsType]));
  const walk = (it) => {
    if (Array.isArray(it)) return it.map(walk);
    if (it === null || typeof it !== 'object') return it;
    const tsType = types.get(it.$ref);
    if (tsType !== undefined) return { ...(it.description && { description: it.description }), tsType };
    return Object.fromEntries(Object.entries(it).map(([key, value]) => [key, walk(value)]));
  };
  return walk({ ...schema, $defs: Object.fromEntries(definitions.filter(([, it]) => !it.tsType)) });
}

/** The compiler knows no `readonly`, and remarks on every definition. */
function tidy(types) {
  return types
    .replaceAll(/ \*\n \* This interface was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n/g, '')
    .replaceAll(/\/\*\*\n \* This interface was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n \*\/\n/g, '')
    .replaceAll(/ \* This interface was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n/g, '')
    .replaceAll(/\/\*\*\n \* ([^\n]*)\n \*\/\n/g, '/** $1 */\n')
    .replaceAll(/^( +)\/\*\*\n +\* ([^\n]*)\n +\*\/\n/gm, '$1/** $2 */\n')
    .replaceAll(/^( +)(?!readonly )([\w'-]+\??|\[k: string\]):(?= |$)/gm, '$1readonly $2:')
    .replaceAll(/: (\w+|\([^)]*\))\[\];/g, ': readonly $1[];')
    .replaceAll(/^(export [^\n]*)\n(?=export|\/\*\*)/gm, '$1\n');
}
