import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** What reads as a riddle, or as another language in English words, and what to say. */
const banned: readonly (readonly [phrase: RegExp, say: string])[] = [
  [/(?<![Tt]here )\b(?:is|are) no (?!longer\b|more\b|one\b|use\b)/, 'is not a …'],
  [/(?<!there )\b(?:is|are) none\b(?! of)/, 'is not a …, is not valid'],
  [/\bis nothing that\b/, 'is unknown, is not …'],
  [/\bmends?\b|\bmended\b/, 'fix, remove'],
  [/\bmay get at\b/, 'can read'],
  [/\bto be had\b|\bhad back\b/, 'available, restored'],
  [/\btakes? leave\b/, 'needs permission'],
  [/\btake out its\b/, 'remove its'],
  [/\b(?:tells?|told) of\b|\bnone told\b|\btold to\b/, 'is about, reports, gives'],
  [/\bspeaks? of\b|\bspoke of\b/, 'covers, is about'],
  [/\bstands? (?:here|for nothing|in the way|twice|beside|by itself)\b/, 'occurs, is used, denies'],
  [/\bcame to no end\b|\bcomes? to nothing\b/, 'did not finish'],
  [/\bwho says so\b/, 'where the value comes from'],
  [/\bnothing to complain\b/, 'no problems found'],
  [/\bnone of them\b.*\bcalls\b|\bmake none\b/, 'and exit'],
  [/\bof one's own\b/, 'your own'],
  [/\bunjudged\b|\bto judge\b/, 'not evaluated'],
];

/** Good in a guide; in a message it says who does not, where the user asks what to do. */
const bannedInMessages = [...banned, [/\bnobody\b/i, 'no one, or what is not done']] as const;

function wrongIn(text: string, phrases = banned): readonly string[] {
  return phrases.flatMap(([phrase, say]) => {
    const found = phrase.exec(text)?.[0];
    return found === undefined ? [] : [`"${found}" (say: ${say})`];
  });
}

function filesOf(folder: string, suffix: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith(suffix));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** The texts in a file of TypeScript, without its comments; a test's texts are not read by users. */
function* textsIn(source: string): Generator<string> {
  const code = source.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  for (const [text] of code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)) {
    if (text.includes(' ')) yield text;
  }
}

describe('what users read is plain English', () => {
  const sources = filesOf('src', '.ts').filter((name) => !name.endsWith('.test.ts'));
  test.each(sources)('%s', (name) => {
    const texts = [...textsIn(readFileSync(name, 'utf8'))];
    expect(texts.flatMap((text) => wrongIn(text, bannedInMessages))).toEqual([]);
  });

  const policies = [...filesOf('policies', '.yaml'), 'action.yml'];
  const docs = [
    ...filesOf('docs', '.md').filter((name) => !name.startsWith('docs/decisions/')),
    'README.md',
    'CONTRIBUTING.md',
  ];
  test.each(policies)('%s', (name) => {
    expect(wrongIn(oneLine(readFileSync(name, 'utf8')), bannedInMessages)).toEqual([]);
  });

  test.each(docs)('%s', (name) => {
    expect(wrongIn(oneLine(readFileSync(name, 'utf8')))).toEqual([]);
  });
});

test.each([
  'Anyone may get at the logs.',
  "--external-id 'x' is none that STS takes.",
  "'7d' is no duration",
  'mend the grants',
])('the list knows %s', (text) => {
  expect(wrongIn(text)).not.toEqual([]);
});

test.each(['There is no file x.yaml.', 'It is no longer there.', 'which is no longer needed', 'no one is notified'])(
  'the list passes %s',
  (text) => {
    expect(wrongIn(text)).toEqual([]);
  },
);
