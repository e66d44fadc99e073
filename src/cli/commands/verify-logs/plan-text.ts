import type { LogPlan } from '../../../verify/index.js';
import { countedInThousands, thousands } from '../../../text/plural.js';
import { prose } from '../../../text/printable.js';

/** What S3 takes for a thousand GET requests in most Regions, in dollars: https://aws.amazon.com/s3/pricing/ */
const perThousandGets = 0.0004;

/** What a verification would read, for people. */
export function* planText(plan: LogPlan, listed: number): Generator<string> {
  const gets = plan.digests + plan.logFiles;
  yield 'This verification would read about';
  yield `  Chains        in ${countedInThousands(plan.places, 'folder')}, each of an account and a Region`;
  yield `  Digest files  ${thousands(plan.digests)}`;
  yield `  Log files     ${thousands(plan.logFiles)}, ${megabytes(plan.bytes)} MB as they are stored`;
  yield `  Requests      ${thousands(gets)} for these objects; ${thousands(listed)} were made for this plan, and will be again`;
  yield `  Cost          $${((gets / 1000) * perThousandGets).toFixed(4)} for GET requests at S3's list price; KMS and transfer between Regions come on top`;
  for (const sentence of plan.open) yield `  Not known     ${prose(sentence)}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
