import type { FindingEffect, Verification, VerificationOutcome } from '../../model/verification.js';
import { counted } from '../../text/plural.js';
import { prose, visible } from '../../text/printable.js';
import { asLogLines } from '../parts/chunks.js';
import { moment } from '../parts/describe.js';
import type { ReportOptions } from '../options.js';
import { block, labelled, pageOf, type Page } from '../text/page.js';
import type { Look } from '../text/paint.js';
import {
  chainLabel,
  describeProofs,
  describeScope,
  digestCounts,
  eventfulChains,
  findingLabel,
  findingMessage,
  gapLabel,
  logCounts,
  outcomeSentences,
  ownCallSentence,
} from './parts.js';

/** More would scroll away the rest; JSON has them all. */
const shownObjects = 10;
const shownFindings = 50;
const shownChains = 50;
const shownGaps = 20;
const shownNotes = 20;

const looks: Readonly<Record<VerificationOutcome, Look>> = { verified: 'green', tampered: 'red', incomplete: 'yellow' };
const effectLooks: Readonly<Record<FindingEffect, Look>> = { tampering: 'red', incomplete: 'yellow' };

/** The verification for a terminal: outcome, counts, what was found, time that is not covered, what was not known. */
export function* verificationText(verification: Verification, options: ReportOptions = {}): Generator<string> {
  const page = pageOf(options.columns, options.color);
  yield* asLogLines(lines(page, verification));
}

const column = 14;

function* lines(page: Page, { record, run }: Verification): Generator<string> {
  const { outcome, window, counts, asOf, keys } = record;
  yield page.paint('bold', 'CloudTrail log files');
  const head: readonly (readonly [string, string])[] = [
    ['Window', `${moment(window.from)} to ${moment(window.to)}, as of ${moment(asOf)}`],
    ['Source', visible(run.source)],
    ['Scope', describeScope(record)],
    ['Digest files', digestCounts(counts.digests)],
    ['Log files', logCounts(counts.logFiles)],
    ['Proved', describeProofs(record)],
    [
      'Keys',
      keys.length === 0 ? 'none' : keys.map((it) => `${visible(it.fingerprint)} (${visible(it.region)})`).join(', '),
    ],
  ];
  for (const [label, text] of head) yield* labelled(page, label, text, '', column);
  yield* findings(page, record.findings);
  yield* gaps(page, record);
  yield* ownCalls(page, record.ownCalls);
  yield* sentences(page, 'Not known', record.scope.open);
  yield* sentences(page, 'Notes', record.notes);
  yield '';
  yield* block(page, `${outcome.toUpperCase()}: ${outcomeSentences[outcome]}`, '', looks[outcome]);
}

function* findings(page: Page, all: Verification['record']['findings']): Generator<string> {
  if (all.length === 0) return;
  yield '';
  yield page.paint('bold', 'Findings');
  for (const finding of all.slice(0, shownFindings)) {
    yield* block(page, `${finding.effect}: ${findingLabel(finding)}`, '  ', effectLooks[finding.effect]);
    yield* block(page, prose(findingMessage(finding)), '    ');
    for (const key of finding.objects.slice(0, shownObjects))
      yield `    s3://${visible(finding.bucket)}/${visible(key)}`;
    const left = finding.count - Math.min(finding.objects.length, shownObjects);
    if (left > 0) yield `    … and ${left} more`;
  }
  yield* more(all.length - shownFindings, 'finding');
}

function* gaps(page: Page, record: Verification['record']): Generator<string> {
  const chains = eventfulChains(record);
  if (chains.length === 0) return;
  yield '';
  yield page.paint('bold', 'Time that no valid digest file covers');
  for (const chain of chains.slice(0, shownChains)) {
    yield* block(page, chainLabel(chain), '  ', 'bold');
    for (const gap of chain.gaps.slice(0, shownGaps)) {
      yield* block(page, gapLabel(gap), '    ', effectLooks[gap.effect]);
      yield* block(page, prose(gap.message), '      ');
    }
    yield* more(chain.gaps.length - shownGaps, 'gap', '    ');
  }
  yield* more(chains.length - shownChains, 'chain');
}

function* ownCalls(page: Page, all: Verification['record']['ownCalls']): Generator<string> {
  if (all === undefined) return;
  yield '';
  yield page.paint('bold', 'Calls of the scan, in verified log files');
  const found = all.filter((it) => it.state === 'found');
  yield* block(page, `found in ${counted(found.length, 'account and Region', 'accounts and Regions')}`, '  ', 'green');
  const others = all.filter((it) => it.state !== 'found');
  for (const it of others.slice(0, shownChains)) {
    yield* block(
      page,
      `${it.state}: account ${it.account}, ${visible(it.region)}: ${ownCallSentence(it)}`,
      '  ',
      'yellow',
    );
  }
  yield* more(others.length - shownChains, 'account and Region');
}

function* sentences(page: Page, title: string, all: readonly string[]): Generator<string> {
  if (all.length === 0) return;
  yield '';
  yield page.paint('bold', title);
  for (const it of all.slice(0, shownNotes)) yield* block(page, prose(it), '  ');
  yield* more(all.length - shownNotes, 'sentence');
}

function* more(left: number, noun: string, indent = '  '): Generator<string> {
  if (left > 0) yield `${indent}… and ${counted(left, `more ${noun}`)}: --format json has them all`;
}
