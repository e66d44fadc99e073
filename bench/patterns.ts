// npm run bench:patterns: how long one question takes, with parsing: does this pattern cover that subject? Patterns of
// the benchmarks, narrowed ones, and one made to be hard. Writes bench/patterns.md.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import {
  alarmSubjects,
  coverageOfEventPatterns,
  coverageOfMetricFilters,
  requiredEvents,
  standardPatterns,
} from '../src/facts/required-events/index.js';

interface Row {
  readonly what: string;
  readonly ask: () => unknown;
}

const rounds = 200;
const goal = 1;

const filters = alarmSubjects.flatMap((subject) => standardPatterns[subject].map(({ text }) => ({ subject, text })));
const inside = (text: string): string => text.slice(1, -1);
const hard = Array.from({ length: 15 }, (_, index) => `($.awsRegion != r${index} || $.userAgent != a${index} )`);

const rules = alarmSubjects.map((subject) => {
  const fixed = requiredEvents[subject].required.map(({ event }) => event['eventName']);
  const names = fixed.filter((it) => typeof it === 'string');
  return { subject, detail: names.length === 0 ? { eventName: [{ wildcard: '*' }] } : { eventName: names } };
});

const rows: readonly Row[] = [
  ...filters.map(({ subject, text }) => ({
    what: `${subject}: a benchmark's pattern`,
    ask: () => coverageOfMetricFilters(subject, [text]),
  })),
  ...filters.map(({ subject, text }) => ({
    what: `${subject}: narrowed to an address`,
    ask: () => coverageOfMetricFilters(subject, [`{ (${inside(text)}) && $.sourceIPAddress = "10.0.0.1" }`]),
  })),
  ...rules.map(({ subject, detail }) => ({
    what: `${subject}: an event pattern`,
    ask: () => coverageOfEventPatterns(subject, [JSON.stringify({ source: [{ prefix: 'aws.' }], detail })]),
  })),
  ...rules.map(({ subject, detail }) => ({
    what: `${subject}: an event pattern narrowed to addresses`,
    ask: () =>
      coverageOfEventPatterns(subject, [
        JSON.stringify({ detail: { ...detail, sourceIPAddress: [{ cidr: '10.0.0.0/8' }] } }),
      ]),
  })),
  {
    what: 'iam-policy-changes: many conditions that leave something out together',
    ask: () => coverageOfMetricFilters('iam-policy-changes', [`{ ${hard.join(' && ')} }`]),
  },
];

/** The median of the rounds, in ms. */
function measure(ask: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    ask();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[rounds / 2] ?? Number.NaN;
}

const measured = rows.map(({ what, ask }) => ({ what, ms: measure(ask) })).toSorted((a, b) => b.ms - a.ms);
const text = [
  '# Questions about patterns, measured',
  '',
  `One question with its parsing, median of ${rounds}; the ten slowest of ${rows.length}. ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}.`,
  `The goal: at most ${goal} ms.`,
  '',
  '| question | ms |',
  '| --- | ---: |',
  ...measured.slice(0, 10).map(({ what, ms }) => `| ${what} | ${ms.toFixed(3)} |`),
  '',
].join('\n');
writeFileSync('bench/patterns.md', text);
process.stdout.write(text);
