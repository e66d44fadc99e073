import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(name, 'utf8') }))
  .filter(({ text }) => !text.startsWith('// Generated'));

interface Home {
  readonly what: string;
  /** How it would look elsewhere. */
  readonly look: RegExp;
  readonly files: readonly string[];
}

/** What the code does in one place, for all. */
const homes: readonly Home[] = [
  { what: 'the order of texts', look: /\? -1 : 1/, files: ['src/text/order.ts'] },
  { what: 'the list of severities', look: /'critical', 'high', 'medium'/, files: ['src/text/order.ts'] },
  { what: 'the list of outcomes', look: /'COMPLIANT', 'NON_COMPLIANT', '(?:INS|NOT)/, files: ['src/text/order.ts'] },
  { what: 'plurals', look: /=== 1 \? '|toLocaleString/, files: ['src/action/annotations.ts', 'src/text/plural.ts'] },
  { what: 'invisible characters', look: /\\p\{C[cf]\}/, files: ['src/text/printable.ts', 'src/text/xml.ts'] },
  { what: 'the width of a text', look: /get-east-asian-width|\\p\{Emoji/, files: ['src/text/wrap.ts'] },
  { what: 'the bytes of JSON', look: /= 0x5c;/, files: ['src/text/json-bytes.ts'] },
  { what: 'the set-up of Ajv', look: /new Ajv/, files: ['src/json-schema.ts'] },
];

const where = (look: RegExp): string[] => sources.filter(({ text }) => look.test(text)).map(({ name }) => name);

test.each(homes)('$what has one home', ({ look, files }) => {
  expect(where(look).toSorted()).toEqual(files);
});

test('what is written to the terminal beside writeLines is made of printable text by others, or is our own', () => {
  const ofTheProcess = where(/(?:stdout|stderr|stream)\.write\(/).filter((name) => name !== 'src/index.ts');
  expect(ofTheProcess.toSorted()).toEqual([
    'src/action/run.ts',
    'src/cli/commands/activity/events-line.ts',
    'src/cli/commands/explain/explain-events.ts',
    'src/cli/commands/explain/run.ts',
    'src/cli/commands/history/run.ts',
    'src/cli/commands/permissions/run.ts',
    'src/cli/commands/policies/diff.ts',
    'src/cli/commands/policies/fmt.ts',
    'src/cli/commands/policies/functions.ts',
    'src/cli/commands/policies/test.ts',
    'src/cli/commands/scan/write-reports.ts',
    'src/cli/commands/verify-logs/request-line.ts',
    'src/cli/commands/verify-logs/run.ts',
    'src/cli/config/run-configured.ts',
    'src/cli/main.ts',
    'src/cli/policies/load-policies.ts',
    'src/cli/process/write-lines.ts',
    'src/cli/program.ts',
    'src/cli/source/progress.ts',
  ]);
});
