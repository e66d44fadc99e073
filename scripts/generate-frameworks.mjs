// From frameworks/*.yaml and the controls that the shipped policies name: src/model/frameworks.ts, and a pack for each
// framework. `npm run generate` runs it; CI compares.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync('schema/framework.v1.json', 'utf8')));
const order = new Intl.Collator('en', { numeric: true });

const frameworks = readdirSync('frameworks')
  .filter((file) => file.endsWith('.yaml'))
  .toSorted(order.compare)
  .map((file) => {
    const framework = parse(readFileSync(`frameworks/${file}`, 'utf8'));
    if (!validate(framework)) throw new Error(`frameworks/${file}: ${JSON.stringify(validate.errors)}`);
    if (file !== `${framework.id}.yaml`) throw new Error(`frameworks/${file} holds ${framework.id}`);
    const { version: _, ...rest } = framework;
    return rest;
  });

const policies = readdirSync('policies', { withFileTypes: true })
  .filter((it) => it.isDirectory() && it.name !== 'packs')
  .map((it) => parse(readFileSync(`policies/${it.name}/policy.yaml`, 'utf8')));

const head =
  '// Generated from frameworks/*.yaml by scripts/generate-frameworks.mjs (npm run generate). Do not edit.\n';
const text = (value) => JSON.stringify(value);
const list = frameworks.map(({ id, title, note, controls }) =>
  [
    '  {',
    `    id: ${text(id)},`,
    `    title: ${text(title)},`,
    `    note: ${text(note.trim())},`,
    `    controls: [\n${controls.map((it) => `      ${text(it)},\n`).join('')}    ],`,
    '  },\n',
  ].join('\n'),
);
writeFileSync(
  'src/model/frameworks.ts',
  `${head}// oxlint-disable max-lines\nimport type { Framework } from './framework.js';\n\n/** Every framework whose controls policies may name. */\nexport const frameworks: readonly Framework[] = [\n${list.join('')}];\n`,
);

// What judges events is not asked by a scan: it has a pack of its own.
const judging = policies.filter((it) => it.activity === undefined);
/** Those that the framework's own pack asks: a policy that is only related to a control decides it where it is asked. */
const servingIn = ({ id, related = [] }, all) =>
  all.filter((it) => it.controls?.[id] !== undefined && !related.includes(it.id));
const serving = frameworks.map((framework) => {
  const { id, literal, params = {} } = framework;
  const members = servingIn(framework, judging).toSorted((a, b) => order.compare(a.id, b.id));
  const alarms = literal === undefined ? [] : members.filter((it) => it.id.startsWith('alarms-on-'));
  const demanded = { ...Object.fromEntries(alarms.map((it) => [it.id, { mode: literal }])), ...params };
  const controls = members.map((it) => [it.id, it.controls[id]]);
  return [
    id,
    { ...(literal === undefined ? {} : { isLiteral: true }), demanded, controls: Object.fromEntries(controls) },
  ];
});
const defaults = judging.map((it) => [
  it.id,
  Object.fromEntries(Object.entries(it.params ?? {}).map(([name, param]) => [name, param.default])),
]);
writeFileSync(
  'src/model/serving-policies.ts',
  `// Generated from the shipped policies and frameworks/*.yaml by scripts/generate-frameworks.mjs (npm run generate). Do not edit.
// oxlint-disable max-lines
import type { ServingPolicies } from './framework.js';

/** Which shipped policies serve the controls of each framework, by its id. */
export const servingPolicies: Readonly<Record<string, ServingPolicies>> = ${JSON.stringify(Object.fromEntries(serving), null, 2)};

/** Parameters of the shipped policies, by their id, as they are unless somebody sets them. */
export const defaultParams: Readonly<Record<string, Readonly<Record<string, unknown>>>> = ${JSON.stringify(Object.fromEntries(defaults), null, 2)};
`,
);

for (const framework of frameworks) {
  const { id, title, note, literal, params = {}, related = [] } = framework;
  const members = servingIn(framework, judging).map((it) => it.id);
  const unrelated = related.filter((name) => !judging.some((it) => it.id === name && it.controls?.[id] !== undefined));
  if (unrelated.length > 0) throw new Error(`frameworks/${id}.yaml: ${unrelated.join(', ')} names no control of it`);
  const ordered = members.toSorted(order.compare);
  const alarms = literal === undefined ? [] : ordered.filter((it) => it.startsWith('alarms-on-'));
  const asked = { ...Object.fromEntries(alarms.map((it) => [it, { mode: literal }])), ...params };
  const stray = Object.keys(asked).filter((it) => !members.includes(it));
  if (stray.length > 0) throw new Error(`frameworks/${id}.yaml: params of ${stray.join(', ')}, which its pack lacks`);
  const overridden = ordered.filter((it) => asked[it] !== undefined);
  const demanded = literal === undefined ? '' : ' Filter patterns must have the very text that it demands.';
  const lines = [
    '# yaml-language-server: $schema=../../schema/pack.v1.json',
    `# Generated from frameworks/${id}.yaml and the policies' controls (npm run generate). Do not edit.`,
    'version: 1',
    `id: ${id}`,
    `title: ${title}`,
    `description: >-\n  Every policy that serves a control of this framework. ${note.trim()}${demanded}`,
    'policies:',
    ...ordered.map((it) => `  - ${it}`),
    ...(overridden.length === 0 ? [] : ['override:']),
    ...overridden.map((it) => `  ${it}: { params: { ${paramsOf(asked[it])} } }`),
  ];
  writeFileSync(`policies/packs/${id}.yaml`, `${lines.join('\n')}\n`);
}

function paramsOf(params) {
  return Object.entries(params)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
