import type { Results } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { visibleJson } from '../../text/printable.js';
import type { ReportOptions } from '../options.js';
import { subjectsOf } from '../parts/subjects.js';
import { homeOf, securityFinding, type SecurityFinding } from './security-finding.js';

/** What one call of BatchImportFindings takes. */
const mostFindings = 100;
/** A call takes 6 MB; a finding 240 KB. https://docs.aws.amazon.com/securityhub/latest/userguide/finding-providers.html */
const mostBytes = 5_000_000;

/**
 * Findings in the AWS Security Finding Format, a line for each call of BatchImportFindings: its input as JSON. A line holds
 * findings of one account and Region, since Security Hub takes them from that account only.
 */
export function* asff(results: Results, { productArn }: ReportOptions = {}): Generator<string> {
  const batches = new Map<string, SecurityFinding[]>();
  for (const subject of subjectsOf(results)) {
    const home = homeOf(subject, results, productArn);
    const batch = batches.get(home.productArn);
    const finding = securityFinding(subject, results, home);
    if (batch === undefined) batches.set(home.productArn, [finding]);
    else batch.push(finding);
  }
  for (const [, findings] of [...batches].toSorted(([a], [b]) => byText(a, b))) yield* calls(findings);
}

function* calls(findings: readonly SecurityFinding[]): Generator<string> {
  let call: string[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const text = visibleJson(JSON.stringify(finding));
    const size = Buffer.byteLength(text);
    if (call.length === mostFindings || (call.length > 0 && bytes + size > mostBytes)) {
      yield lineOf(call);
      call = [];
      bytes = 0;
    }
    call.push(text);
    bytes += size;
  }
  if (call.length > 0) yield lineOf(call);
}

function lineOf(findings: readonly string[]): string {
  return `{"Findings":[${findings.join(',')}]}\n`;
}
