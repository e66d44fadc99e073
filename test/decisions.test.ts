import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = 'docs/decisions';
const index = readFileSync(`${folder}/README.md`, 'utf8');
const decisions = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));

/** `accepted`, with the decisions that amend it as links, or `superseded by` one. */
const status = /^(?:accepted(?:, amended by LINK(?: and LINK)*)?|superseded by LINK)$/.source.replaceAll(
  'LINK',
  String.raw`\[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\)`,
);

const form = new RegExp(
  String.raw`^# (?<number>\d{4}): (?<title>\S.*)\n\n- Status: (?<status>.+)\n- Date: (?<date>\d{4}-\d\d-\d\d)\n\n`,
);

function headOf(text: string): Readonly<Record<string, string>> {
  const { groups } = form.exec(text) ?? {};
  if (groups === undefined) throw new Error(`This is no head of a decision:\n${text.slice(0, 200)}`);
  return groups;
}

test('there are decisions', () => {
  expect(decisions.length).toBeGreaterThan(20);
});

test('no number is given twice', () => {
  const numbers = decisions.map(({ name }) => name.slice(0, 4));
  expect(numbers.filter((it, at) => numbers.indexOf(it) !== at)).toEqual([]);
});

test.each(decisions)('$name has its number as a heading, a status, a date, and the three parts', ({ name, text }) => {
  const head = headOf(text);
  expect(head['number']).toBe(name.slice(0, 4));
  expect(head['status']).toMatch(new RegExp(status));
  expect(new Date(head['date'] ?? '').toISOString()).toContain(head['date']);
  expect(text.match(/^\*\*(?:Context|Choice|Cost)\.\*\*/gm)).toEqual(['**Context.**', '**Choice.**', '**Cost.**']);
});

test.each(decisions)('the decisions that $name names exist, and those that change it speak of it', ({ name, text }) => {
  const files = decisions.map((it) => it.name);
  for (const [, linked] of text.matchAll(/\]\((\d{4}-[^)]+)\)/g)) expect(files).toContain(linked);
  for (const [, later] of (headOf(text)['status'] ?? '').matchAll(/\]\(([^)]+)\)/g)) {
    const naming = new RegExp(String.raw`\b(?:${name.slice(0, 4)}|decision ${Number(name.slice(0, 4))})\b`);
    expect(decisions.find((it) => it.name === later)?.text).toMatch(naming);
  }
});

test('the index has a line for each decision, in order, with its title, status and date', () => {
  const lines = index.split('\n').filter((line) => line.startsWith('- ['));
  const expected = decisions.map(({ name, text }) => {
    const { number, title, status: state, date } = headOf(text);
    return `- [${number}](${name}) ${title} (${state}; ${date})`;
  });
  expect(lines).toEqual(expected);
});
