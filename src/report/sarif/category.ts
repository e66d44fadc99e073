import { parseArn } from '../../model/identifiers.js';
import type { Results } from '../../model/results.js';
import { pathSegment } from './path.js';

/**
 * The run's `automationDetails.id`: `trailproof/<policy set>/<organization or account id>/`. GitHub takes what stands
 * before the last `/` as the category, and closes an alert when the next upload of the same category lacks it.
 */
export function categoryOf(results: Results, policySet: string): string {
  const owner = results.organization?.id ?? parseArn(results.run.caller)?.accountId ?? 'unknown';
  return `trailproof/${pathSegment(policySet)}/${pathSegment(owner)}/`;
}
