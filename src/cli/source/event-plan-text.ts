import type { EventPlan } from '../../events/index.js';
import { thousands } from '../../text/plural.js';

/** What S3 takes for a thousand requests in most Regions, in dollars: https://aws.amazon.com/s3/pricing/ */
const perThousand = { gets: 0.0004, lists: 0.005 };

/** What a reading of log files would take, for people. */
export function* eventPlanText(plan: EventPlan, isBucket: boolean): Generator<string> {
  yield 'This reading would take';
  yield `  Log files     ${thousands(plan.objects)}, ${(plan.bytes / 1e6).toFixed(1)} MB as they are stored`;
  if (isBucket) {
    const cost = (plan.objects * perThousand.gets + plan.listings * perThousand.lists) / 1000;
    yield `  Requests      ${thousands(plan.objects)} for these objects, and ${thousands(plan.listings)} for lists of them; with --verify, one for each digest file of an hour`;
    yield `  Cost          $${cost.toFixed(4)} for these requests at S3's list price; KMS and transfer between Regions come on top`;
  }
  for (const { message } of plan.gaps) yield `  Not known     ${message}`;
}

/** Of Event history nothing can be listed. */
export const historyPlanLines: readonly string[] = [
  'This reading would look up Event history in each account and Region: 50 events a request, two requests a second.',
  'LookupEvents costs nothing. How many events there are is not known before they are read.',
];
