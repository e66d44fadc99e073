// The layers as a lint rule. Data flows one way: each room under src/ imports only what its row lists, and enters another
// room through its index.ts. `model` and `text` are vocabulary: each of their files is a face of its own.
import { dirname, relative, resolve, sep } from 'node:path';

const vocabulary = new Set(['model', 'text']);

/** What each room may import: other rooms, and packages (`node:*` and npm) by name or prefix. */
export const layers = {
  model: { rooms: [], packages: [], why: 'model/ is the vocabulary: it imports nothing.' },
  text: { rooms: ['model'], packages: ['get-east-asian-width'], why: 'text/ knows the vocabulary, nothing else.' },
  expression: {
    rooms: ['model', 'text'],
    packages: ['@bufbuild/re2'],
    why: 'expression/ is the language: it stands on the ground and knows nothing of AWS.',
  },
  normalize: { rooms: ['model', 'text'], packages: [], why: 'normalize/ is pure: raw AWS shapes in, model out.' },
  facts: {
    rooms: ['model', 'text'],
    packages: ['node:crypto', '@bufbuild/re2'],
    why: 'facts/ are pure: what follows from the model, and from other facts.',
  },
  view: {
    rooms: ['expression', 'facts', 'model', 'text'],
    packages: [],
    why: 'view/ shows model and facts to expressions: it imports nothing else.',
  },
  activity: {
    rooms: ['expression', 'model', 'text'],
    packages: ['node:crypto'],
    why: 'activity/ judges events: it knows the language and records, nothing of where they are read.',
  },
  query: {
    rooms: ['policy', 'activity', 'expression', 'fix', 'model', 'text'],
    packages: ['yaml'],
    why: 'query/ is pure: it says in the words of other engines what a policy asks of events.',
  },
  policy: {
    rooms: ['activity', 'expression', 'model', 'text', 'json-schema', 'package-file'],
    packages: ['@bufbuild/re2', 'yaml', 'node:fs', 'node:crypto', 'node:path'],
    why: 'policy/ knows the language and the files of policies, nothing of AWS or of the process.',
  },
  waivers: {
    rooms: ['policy', 'expression', 'model', 'text'],
    packages: [],
    why: 'waivers/ marks findings as accepted: it knows policies, nothing of AWS.',
  },
  evaluate: {
    rooms: ['waivers', 'policy', 'activity', 'view', 'facts', 'expression', 'model', 'text'],
    packages: ['node:crypto'],
    why: 'evaluate/ is pure: inventory and policies in, results out.',
  },
  history: {
    rooms: ['evaluate', 'policy', 'model', 'text'],
    packages: ['node:crypto'],
    why: 'history/ is pure: verdicts over time.',
  },
  authoring: {
    rooms: ['policy', 'waivers', 'expression', 'model', 'text', 'package-file'],
    packages: [
      'yaml',
      'vscode-languageserver',
      'vscode-languageserver-textdocument',
      'node:stream',
      'node:fs',
      'node:path',
      'node:url',
      'node:util',
    ],
    why: 'authoring/ helps to write policies: editor, formatting, starters.',
  },
  report: {
    rooms: ['model', 'text', 'json-schema'],
    packages: ['node:crypto'],
    why: 'report/ turns results into text: one folder a format; it knows model/, text/ and published schemas.',
  },
  fix: {
    rooms: ['model', 'text'],
    packages: ['yaml'],
    why: 'fix/ is pure: findings in, steps out; it changes nothing.',
  },
  storage: {
    rooms: ['model', 'text', 'json-schema'],
    packages: ['node:fs', 'node:path', 'node:readline', 'node:stream', 'node:zlib', 'node:crypto'],
    why: 'storage/ reads and writes inventories and results: it loads no SDK and judges nothing.',
  },
  verify: {
    rooms: ['model', 'text'],
    packages: ['node:crypto', 'node:fs', 'node:path', 'node:zlib'],
    why: 'verify/ checks log files: it knows objects and keys, and nothing of where AWS is asked for them.',
  },
  events: {
    rooms: ['verify', 'model', 'text'],
    packages: ['node:crypto', 'node:stream', 'node:util', 'node:zlib'],
    why: 'events/ reads what was recorded: it knows objects and pages, and nothing of where AWS is asked for them.',
  },
  network: {
    rooms: ['model'],
    packages: ['node:'],
    why: 'network/ is the way out: proxies and certificates; it knows neither AWS nor GitHub.',
  },
  collect: {
    rooms: ['normalize', 'network', 'model', 'text'],
    packages: ['@aws-sdk/', '@smithy/', 'node:'],
    why: 'collect/ reads: it knows model/ and normalize/, and judges nothing.',
  },
  cli: { except: ['action'], packages: ['commander', 'yaml', 'node:'], why: 'Only collect/ knows AWS.' },
  action: {
    rooms: ['cli', 'network', 'evaluate', 'report', 'storage', 'model', 'text', 'package-file'],
    packages: ['@actions/', '@octokit/', 'yauzl', 'node:'],
    why: 'action/ runs the command line inside GitHub Actions; only collect/ knows AWS.',
  },
  'json-schema.ts': {
    rooms: ['package-file', 'prepared-check'],
    packages: ['ajv', 'ajv-formats', 'node:'],
    why: 'Ajv is set up once, for the schemas of this package.',
  },
  'prepared-check.ts': {
    rooms: ['package-file'],
    packages: ['ajv', 'node:'],
    why: 'It loads what the build prepared.',
  },
  'index.ts': { except: ['cli', 'action'], packages: [], why: 'The library shows the rooms below the command line.' },
};

/** Why `file` (from the root of the checkout, with slashes) may not import `from`; undefined: it may. */
export function forbidden(file, from) {
  const [top, room, ...rest] = file.split('/');
  const layer = top === 'src' ? layers[room] : undefined;
  if (layer === undefined || file.endsWith('.test.ts')) return undefined;
  if (!from.startsWith('.')) return layer.packages.some((it) => isOf(from, it)) ? undefined : layer.why;
  const [, target, ...inside] = ['src', ...slashed(relative('src', resolve(dirname(file), from))).split('/')];
  const isFile = inside.length === 0;
  const other = isFile ? target.replace(/\.js$/, '') : target;
  if (other === room || (rest.length === 0 && isFile)) return undefined;
  const allowed = layer.except === undefined ? layer.rooms.includes(other) : !layer.except.includes(other);
  if (!allowed) return layer.why;
  if (isFile || vocabulary.has(other) || inside.join('/') === 'index.js') return undefined;
  return `A room is entered through its index.ts: import ${other}/index.js.`;
}

function isOf(name, allowed) {
  return name === allowed || name.startsWith(/[/:]$/.test(allowed) ? allowed : `${allowed}/`);
}

function slashed(path) {
  return path.split(sep).join('/');
}

const rule = {
  create(context) {
    const file = slashed(relative(context.cwd ?? process.cwd(), context.filename));
    const check = (node, source) => {
      if (typeof source?.value !== 'string') return;
      const message = forbidden(file, source.value);
      if (message !== undefined) context.report({ node, message });
    };
    const visit = (node) => check(node, node.source);
    return {
      ImportDeclaration: visit,
      ExportNamedDeclaration: visit,
      ExportAllDeclaration: visit,
      ImportExpression: visit,
    };
  },
};

// oxlint takes a plugin as a default export.
export default { meta: { name: 'trailproof' }, rules: { layers: rule } };
