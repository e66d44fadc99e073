import { describe, expect, test } from 'vitest';
import { annotationsOf } from '../src/action/annotations.js';
import { stepSummary } from '../src/action/summary.js';
import { toLsp } from '../src/authoring/lsp/answers.js';
import { doctorText } from '../src/cli/commands/doctor/text.js';
import { planText } from '../src/cli/commands/scan/plan-text.js';
import { printError } from '../src/cli/process/print-error.js';
import { writeLines } from '../src/cli/process/write-lines.js';
import type { Plan } from '../src/collect/index.js';
import type { DoctorReport } from '../src/model/doctor.js';
import { InterruptedError, UsageError } from '../src/model/errors.js';
import type { History } from '../src/model/history.js';
import { formatDiagnostics, formatTestRun, junitTests, tapTests, type Diagnostic } from '../src/policy/index.js';
import {
  changesJson,
  changesText,
  explainEventsText,
  explainText,
  formatNames,
  historyHtml,
  historyJson,
  historyMarkdown,
  historyText,
  jsonLines,
  policyIndex,
  policyPage,
  render,
  verdictChanges,
  verificationJson,
  verificationHtml,
  verificationMarkdown,
  verificationText,
} from '../src/report/index.js';
import { obeyedCommands } from './action/runner-commands.js';
import { hostileOrganization } from './golden/scenarios.js';
import { groupsOf, hostileNames, leaksOf, poisoned } from './support/hostile-characters.js';
import { aTarget, anEvaluation, aPolicy, aResults } from './support/results-builders.js';
import type { Results } from '../src/model/results.js';
import type { Verification } from '../src/model/verification.js';

/** Few enough that each of a group is within what a report shows of a kind. */
const groups = groupsOf(8);

function written(chunks: Iterable<string>): string {
  return [...chunks].join('');
}

/** Within a fence of Markdown or a `<pre>` a line is the text's own, and means nothing. */
function outsideFences(report: string): string {
  return report.replaceAll(/^(`{3,}).*\n[^]*?^\1$/gm, '').replaceAll(/<pre [^>]*>[^]*?<\/pre>/g, '');
}

/** What an output lets through of each text; a text is fed to the output by itself. */
function leaksOfEach(output: (text: string) => string): readonly string[] {
  return hostileNames.flatMap((text) => leaksOf(output(text)));
}

/** What a command writes as lines. */
function linesWritten(lines: Iterable<string>): string {
  let output = '';
  writeLines({ write: (text: string | Uint8Array) => (output += String(text)) !== '' }, lines);
  return output;
}

test('there is a text for each character that is obeyed instead of shown', () => {
  expect(hostileNames.length).toBeGreaterThan(230);
  expect(leaksOf('x\u202ey\nFORGED: z')).toEqual(['U+202e', 'FORGED: z']);
});

describe('no character of AWS or of a policy is obeyed in', () => {
  test.each(formatNames)('the report as %s', (format) => {
    for (const texts of groups) {
      // CSV ends its lines as RFC 4180 has it.
      const report = written(render(format, hostileOrganization(texts))).replaceAll('\r\n', '\n');
      expect(leaksOf(outsideFences(report))).toEqual([]);
      expect(leaksOf(report.replaceAll(/^FORGED/gm, ''))).toEqual([]);
    }
  });

  test('an explanation', () => {
    for (const texts of groups) {
      const results = hostileOrganization(texts);
      const [text = ''] = texts;
      const policy = { id: text, title: text, when: text, assertions: texts.map((it) => ({ id: it, expr: it })) };
      expect(leaksOf(written(explainText(policy, results.evaluations, results)))).toEqual([]);
      expect(leaksOf(linesWritten(jsonLines(results.evaluations)))).toEqual([]);
    }
  });

  test('a comparison of verdicts', () => {
    const leaks = leaksOfEach((text) => {
      const target = aTarget({ id: text, arn: text, name: text, accountId: text, region: text });
      const of = (outcome: 'COMPLIANT' | 'NON_COMPLIANT', lone: string) =>
        aResults({
          policies: [aPolicy({ title: text }), aPolicy({ id: `${lone}${text}`, title: text })],
          evaluations: [
            anEvaluation({ target, outcome, reasons: [{ assert: text, message: text, because: [] }] }),
            anEvaluation({ target, policyId: `${lone}${text}` }),
          ],
          accounts: { evaluated: 1 },
        });
      const [before, after] = [of('COMPLIANT', 'a'), of('NON_COMPLIANT', 'b')];
      const changes = verdictChanges(before, after);
      return (
        changesText(changes, [before, after]) + changesJson(changes, { before: text, after: text, capturedAt: text })
      );
    });
    expect(leaks).toEqual([]);
  });

  test('a history', () => {
    const kept = new Set(['schemaVersion', 'window', 'source', 'severity', 'state', 'why', 'type', 'at', 'from', 'to']);
    const leaks = leaksOfEach((text) => {
      const it = poisoned(history, text, kept);
      return written([...historyText(it), ...historyMarkdown(it), ...historyJson(it)]);
    });
    expect(leaks).toEqual([]);
  });

  test('a verification of log files', () => {
    const kept = new Set(['schemaVersion', 'tool', 'outcome', 'verdict', 'subject', 'effect', 'cause', 'basis']);
    const leaks = leaksOfEach((text) => {
      const it = poisoned(verification, text, kept);
      return written([
        ...verificationText(it),
        ...verificationMarkdown(it),
        ...verificationHtml(it),
        ...verificationJson(it),
      ]);
    });
    expect(leaks).toEqual([]);
  });

  test('what doctor says', () => {
    const kept = new Set(['status', 'cause', 'callerIs']);
    const leaks = leaksOfEach((text) => {
      const it = poisoned(doctorReport, text, kept);
      return linesWritten([...doctorText(it, 'trailproof scan'), ...jsonLines(it)]);
    });
    expect(leaks).toEqual([]);
  });

  test('a plan', () => {
    const leaks = leaksOfEach((text) => {
      const it = poisoned(plan, text, new Set(['regions']));
      return linesWritten([...planText(it, 8), ...jsonLines(it)]);
    });
    expect(leaks).toEqual([]);
  });

  test('the page of a policy, and the index', () => {
    const leaks = leaksOfEach((text) => {
      const page = {
        // A policy with another id than one in kebab-case is refused.
        id: 'trail-is-mine',
        title: text,
        severity: 'high' as const,
        target: text,
        description: text,
        rationale: text,
        remediation: { text, console: text, cli: text, terraform: text, cloudformation: text },
        when: text,
        assertions: [{ id: text, expr: text, severity: 'low' as const, finding: text }],
        onNoTargets: text,
        parameters: [{ name: text, type: 'string', default: text, allowed: text, description: text }],
        controls: { [text]: [text] },
        packs: [text],
        references: [text],
        examples: [{ name: text, outcome: text, failing: [text] }],
      };
      return outsideFences(policyPage(page)) + policyPage(page).replaceAll(/^FORGED/gm, '') + policyIndex([page]);
    });
    expect(leaks).toEqual([]);
  });

  test('the picture and the page of a history', () => {
    const kept = new Set(['schemaVersion', 'window', 'source', 'severity', 'state', 'why', 'type', 'at', 'from', 'to']);
    for (const texts of groups) {
      const it = poisoned(history, texts.join(''), kept);
      expect(leaksOf(written(historyHtml(it)))).toEqual([]);
    }
  });

  test('what is wrong with a file, on a terminal and in an editor', () => {
    const leaks = leaksOfEach((text) => {
      const it: Diagnostic = {
        file: text,
        line: 1,
        column: 2,
        endLine: 1,
        endColumn: 4,
        severity: 'error',
        code: text,
        message: text,
        help: text,
      };
      const { message } = toLsp(it);
      return formatDiagnostics([it], () => text) + (typeof message === 'string' ? message : message.value);
    });
    expect(leaks).toEqual([]);
  });

  test.each([
    ['text', (run: Parameters<typeof tapTests>[0]) => formatTestRun(run, { verbose: true })],
    ['JUnit', junitTests],
    ['TAP', tapTests],
  ])('the tests of policies as %s', (_name, format) => {
    const leaks = leaksOfEach((text) => {
      const result = { name: text, line: 1, expected: text, actual: text, details: [text] };
      const tests = [
        { ...result, passed: true },
        { ...result, passed: false },
      ];
      const policy = { id: text, file: text, tests, missing: false, uncovered: [text] };
      return format({ policies: [policy, { ...policy, missing: true }], passed: 1, failed: 1, missing: 1 });
    });
    expect(leaks).toEqual([]);
  });

  test.each([
    ['a mistake of the user', (text: string) => new UsageError(text, text, { details: [text, text] })],
    ['an interruption', (text: string) => new InterruptedError(text)],
    ['a bug', (text: string) => new Error(text, { cause: new TypeError(text) })],
    ['what was thrown and is no error', (text: string) => text],
  ])('an error: %s', (_name, made) => {
    const leaks = leaksOfEach((text) => {
      let output = '';
      printError(made(text), (it) => (output += it), true);
      expect(output.split('\n').filter((line) => line.startsWith('error:')).length).toBeLessThanOrEqual(1);
      return output;
    });
    expect(leaks).toEqual([]);
  });

  test('annotations and the summary of the action', () => {
    for (const texts of groups) {
      const results = hostileOrganization(texts);
      for (const text of texts) {
        const refused = { is: 'refused', reason: text, recovery: text } as const;
        const shown = annotationsOf(results, refused).map(({ title, message }) => `${title}\n${message}`);
        expect(leaksOf(shown.join('\n'))).toEqual([]);
        expect(leaksOf(outsideFences(stepSummary('# Report'.repeat(200_000), results, refused)))).toEqual([]);
        expect(leaksOf(outsideFences(written(render('markdown', results, { maxBytes: 5_000 }))))).toEqual([]);
      }
    }
  });
});

describe('no text commands the runner of a job in', () => {
  const commands = ['::error::x', 'x ::add-mask::x', '##[error]x', 'x ##[add-mask]x'];
  /** So that each of them begins a line of its own somewhere. */
  const text = commands.flatMap((it) => [it, 'long'.repeat(20)]).join(' ');
  const unposed = new Set([
    'schemaVersion',
    'window',
    'source',
    'severity',
    'state',
    'why',
    'type',
    'at',
    'from',
    'to',
  ]);
  /** Our own words, times and account ids; the rest is what is found in a bucket. */
  const unposedToo = new Set(
    'schemaVersion,outcome,verdict,subject,effect,cause,basis,state,account,from,to,asOf,validFrom,validTo'.split(','),
  );
  const asked = { id: 'x', title: text, assertions: [{ id: text, expr: commands.join('\n') }] };
  const because = commands.map((it) => ({ expr: it, value: text }));
  const shown = { eventID: text, eventName: text, at: text, account: text, verdict: 'counts', key: text } as const;

  test.each<[string, () => string]>([
    ...formatNames.map((format): [string, () => string] => [
      `the report as ${format}`,
      () => written(render(format, hostileOrganization(commands))),
    ]),
    [
      'an explanation',
      () => {
        const results = hostileOrganization(commands);
        return written(explainText(asked, results.evaluations, results));
      },
    ],
    [
      'an explanation of events',
      () => written(explainEventsText(asked, [{ ...shown, conditions: [{ name: 'where', value: 'holds', because }] }])),
    ],
    ...([historyText, historyMarkdown, historyJson, historyHtml] as const).map((print): [string, () => string] => [
      `a history: ${print.name}`,
      () => written(print(poisoned(history, text, unposed))),
    ]),
    ...([verificationText, verificationMarkdown, verificationJson, verificationHtml] as const).map(
      (print): [string, () => string] => [
        `a verification: ${print.name}`,
        () => written(print(poisoned(verification, text, unposedToo))),
      ],
    ),
    ...([formatTestRun, junitTests, tapTests] as const).map((print): [string, () => string] => [
      `the tests of policies: ${print.name}`,
      () => {
        const result = { name: text, line: 1, expected: text, actual: text, details: commands, passed: false };
        const policy = { id: text, file: text, tests: [result], missing: false, uncovered: commands };
        return print({ policies: [policy, { ...policy, missing: true }], passed: 0, failed: 1, missing: 1 });
      },
    ]),
    [
      'a comparison of verdicts',
      () => {
        const runs = (['COMPLIANT', 'NON_COMPLIANT'] as const).map((outcome) =>
          aResults({
            policies: [aPolicy({ title: text })],
            evaluations: [
              anEvaluation({ target: aTarget({ id: text, arn: text, name: text }), outcome, message: text }),
            ],
          }),
        ) as [Results, Results]; // two outcomes
        const changes = verdictChanges(...runs);
        const named = { before: text, after: text, capturedAt: text };
        return changesText(changes, runs) + changesJson(changes, named);
      },
    ],
    ['lines', () => linesWritten([...commands, ...doctorText(doctorReport, text)])],
    [
      'an error',
      () => {
        let output = '';
        for (const command of commands)
          printError(new UsageError(command, command, { details: commands }), (it) => (output += it), true);
        return output;
      },
    ],
    [
      'what is wrong with a file',
      () => {
        const at = { line: 1, column: 1, severity: 'error', code: 'x' } as const;
        return formatDiagnostics([{ ...at, file: '::error::x', message: text, help: text }], () => text);
      },
    ],
  ])('%s', (_name, output) => {
    const log = output();
    expect(log).toMatch(/add-mask|error/);
    expect(obeyedCommands(log)).toEqual([]);
  });
});

const change = {
  at: '2026-06-01T00:00:00.000Z',
  items: [{ type: 'AWS::CloudTrail::Trail', id: 'x', accountId: 'x', region: 'x', captureTime: 'x' }],
  between: { after: 'x', before: 'x' },
  reason: 'x',
};

const interval = {
  from: '2026-06-01T00:00:00.000Z',
  to: '2026-07-01T00:00:00.000Z',
  seconds: 10,
  message: 'x',
  gaps: ['x'],
  began: change,
  ended: change,
};

const history: History = {
  schemaVersion: '1',
  tool: { name: 'x', version: 'x' },
  window: { from: '2026-01-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
  source: 'results',
  changePoints: 1,
  policies: [{ id: 'x', title: 'x', severity: 'high', target: 'trail' }],
  runs: { read: 1, days: 2, covered: 1, missed: [{ day: 'x', why: 'no-run', message: 'x' }] },
  timelines: [
    {
      policyId: 'x',
      severity: 'high',
      target: aTarget(),
      fingerprint: 'x',
      seconds: { compliant: 1, nonCompliant: 2, notApplicable: 0, insufficientData: 1, notThere: 0 },
      worst: { from: interval.from, to: interval.to, seconds: 2, stillSo: true },
      intervals: [
        { ...interval, state: 'NON_COMPLIANT' },
        { ...interval, state: 'INSUFFICIENT_DATA' },
      ],
    },
    {
      policyId: 'y',
      severity: 'low',
      target: aTarget(),
      fingerprint: 'y',
      seconds: { compliant: 4, nonCompliant: 0, notApplicable: 0, insufficientData: 0, notThere: 0 },
      worst: null,
      intervals: [{ ...interval, state: 'COMPLIANT' }],
    },
  ],
  gaps: [{ id: 'x', call: 'x', accountId: 'x', region: 'x', reason: 'error', message: 'x', at: 'x' }],
  summary: {
    timelines: 2,
    everNonCompliant: 1,
    nonCompliantNow: 1,
    seconds: { compliant: 1, nonCompliant: 2, notApplicable: 0, insufficientData: 1, notThere: 0 },
    worst: { policyId: 'x', fingerprint: 'x', from: interval.from, to: interval.to, seconds: 2, stillSo: true },
  },
};

const noDigests = { valid: 0, invalid: 1, missing: 1, unreadable: 0 };
const noLogFiles = { ...noDigests, uncovered: 1, pending: 1, notRead: 1 };
const span = { from: 'x', to: 'x' };

const verification: Verification = {
  schemaVersion: '1',
  tool: { name: 'Trailproof', version: '1' },
  run: { startedAt: 'x', finishedAt: 'x', source: 'x', interrupted: false, requests: { total: 0, byOperation: {} } },
  record: {
    outcome: 'tampered',
    window: span,
    asOf: 'x',
    scope: {
      basis: 'layout',
      trails: [{ name: 'x', homeRegion: 'x', arn: 'x', organizationId: 'x', bucket: 'x', prefix: 'x' }],
      accounts: ['x'],
      regions: ['x'],
      open: ['x'],
      sample: { perDigest: 1, seed: 'x' },
    },
    counts: { chains: 1, digests: noDigests, logFiles: noLogFiles, bytes: 1 },
    anchors: { ownSignature: 1, nextSignature: 1, savedSignature: 1, earlierRun: 0, nextHash: 1 },
    keys: [{ region: 'x', fingerprint: 'x', validFrom: 'x', validTo: 'x', digests: 1 }],
    chains: [
      {
        account: 'x',
        region: 'x',
        trail: 'x',
        homeRegion: 'x',
        organizationId: 'x',
        outcome: 'tampered',
        places: ['x'],
        covered: [span],
        gaps: [{ ...span, cause: 'retention', effect: 'incomplete', message: 'x', missing: ['x'] }],
        digests: noDigests,
        logFiles: noLogFiles,
        heads: [{ key: 'x', sha256: 'x', ...span }],
      },
    ],
    findings: (['invalid', 'uncovered'] as const).map((verdict) => ({
      verdict,
      subject: 'log-file',
      effect: 'tampering',
      reason: 'x',
      message: 'x',
      account: 'x',
      region: 'x',
      trail: 'x',
      bucket: 'x',
      count: 2,
      objects: ['x'],
    })),
    notes: ['x'],
  },
};

const problem = { cause: 'read-refused', title: 'x', explanation: 'x', fix: ['x', 'x'] } as const;

const doctorReport: DoctorReport = {
  schemaVersion: '1',
  tool: { name: 'Trailproof', version: 'x' },
  checkedAt: 'x',
  caller: { arn: 'x', accountId: 'x', partition: 'x', region: 'x' },
  organization: { id: 'x', managementAccountId: 'x', callerIs: 'member', cloudTrailAdministrators: ['x'] },
  checks: [
    { id: 'organization', status: 'ok', message: 'x' },
    { id: 'account-list', status: 'problem', message: 'x', fix: 'x' },
  ],
  accounts: { listed: 3, ready: 1, notReady: 1, outOfScope: [{ id: 'x', name: 'x', reason: 'x' }] },
  problems: [{ ...problem, accounts: [{ id: 'x', name: 'x', region: 'x', message: 'x' }] }],
  apiCalls: 3,
};

const many = { atLeast: 1, atMost: 1_000 };

const plan: Plan = {
  caller: { arn: 'x', accountId: 'x', partition: 'aws' },
  accounts: { listed: 3, toRead: 1, outOfScope: 1, elsewhere: 1, listFailure: 'x' },
  calls: [{ operation: 'x', calls: many, purpose: 'x', accounts: 3, regions: 'one' }],
  total: many,
  supposed: { trails: many, organizationTrails: many, eventDataStores: many, regions: many },
  asked: 3,
  seconds: many,
  boundBy: { operation: 'x', perSecond: 10 },
};
