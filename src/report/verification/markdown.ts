import type { Verification, VerificationRecord } from '../../model/verification.js';
import { code, escapedProse } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { asLines, inChunks } from '../parts/chunks.js';
import { moment } from '../parts/describe.js';
import {
  chainLabel,
  describeProofs,
  describeScope,
  digestCounts,
  eventfulChains,
  findingLabel,
  findingMessage,
  logCounts,
  outcomeSentences,
  ownCallSentence,
} from './parts.js';

/** More would make a page that nobody reads; JSON has them all. */
const shownObjects = 20;
const shownRows = 500;

/** The verification as Markdown: outcome, counts, what was found, time that is not covered, what was not known. */
export function verificationMarkdown(verification: Verification): Iterable<string> {
  return inChunks(asLines(lines(verification)));
}

function* lines({ record, run, tool }: Verification): Generator<string> {
  const { outcome, window, asOf, counts, keys, findings, scope, notes } = record;
  yield '# CloudTrail log files';
  yield '';
  yield `**${outcome.toUpperCase()}**: ${outcomeSentences[outcome]}`;
  yield '';
  yield* table(
    [{ head: '' }, { head: '' }],
    [
      ['Window', `${moment(window.from)} to ${moment(window.to)}`],
      ['As of', moment(asOf)],
      ['Source', escapedProse(run.source)],
      ['Scope', escapedProse(describeScope(record))],
      ['Digest files', digestCounts(counts.digests)],
      ['Log files', logCounts(counts.logFiles)],
      ['Proved', escapedProse(describeProofs(record))],
      ['Tool', escapedProse(`${tool.name} ${tool.version}`)],
    ],
  );
  if (findings.length > 0) yield* ['## Findings', ''];
  for (const finding of findings.slice(0, shownRows)) {
    yield `- **${finding.effect}**: ${escapedProse(findingLabel(finding))}. ${escapedProse(findingMessage(finding))}`;
    for (const key of finding.objects.slice(0, shownObjects)) yield `  - ${code(`s3://${finding.bucket}/${key}`)}`;
    const left = finding.count - Math.min(finding.objects.length, shownObjects);
    if (left > 0) yield `  - and ${left} more`;
  }
  if (findings.length > 0) yield '';
  yield* gaps(record);
  if (record.ownCalls !== undefined) yield* ['## Calls of the scan, in verified log files', ''];
  yield* table(
    [{ head: 'Account' }, { head: 'Region' }, { head: 'State' }, { head: '' }],
    (record.ownCalls ?? [])
      .slice(0, shownRows)
      .map((it) => [it.account, code(it.region), it.state, ownCallSentence(it)]),
  );
  yield* sentences('Not known', scope.open);
  yield* sentences('Notes', notes);
  if (keys.length > 0) yield* ['## Public keys', ''];
  yield* table(
    [{ head: 'Region' }, { head: 'Fingerprint' }, { head: 'Valid' }, { head: 'Digest files', align: 'right' }],
    keys.map((it) => [
      code(it.region),
      code(it.fingerprint),
      `${moment(it.validFrom)} to ${moment(it.validTo)}`,
      String(it.digests),
    ]),
  );
}

function* gaps(record: VerificationRecord): Generator<string> {
  const chains = eventfulChains(record);
  if (chains.length > 0) yield* ['## Time that no valid digest file covers', ''];
  yield* table(
    [{ head: 'Chain' }, { head: 'From' }, { head: 'To' }, { head: 'Cause' }, { head: 'Effect' }, { head: 'Why' }],
    chains
      .flatMap((chain) =>
        chain.gaps.map((it) => [
          escapedProse(chainLabel(chain)),
          moment(it.from),
          moment(it.to),
          it.cause,
          it.effect,
          escapedProse(it.message),
        ]),
      )
      .slice(0, shownRows),
  );
}

function* sentences(title: string, all: readonly string[]): Generator<string> {
  if (all.length === 0) return;
  yield* [`## ${title}`, '', ...all.slice(0, shownRows).map((it) => `- ${escapedProse(it)}`), ''];
}
