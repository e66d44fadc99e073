import { parseArn } from '../../model/identifiers.js';
import type { Results } from '../../model/results.js';
import { pathSegment } from './path.js';

/**
 * The run's `automationDetails.id`: `trailproof/<id of the scan>/<organization or account id>/`. GitHub takes what
 * stands before the last `/` as the category, and closes an alert when the next upload of the same category lacks it.
 *
 * @param otherwise the id of the scan for results that do not say it
 */
export function categoryOf(results: Results, otherwise = 'baseline'): string {
  const owner = results.organization?.id ?? parseArn(results.run.caller)?.accountId ?? 'unknown';
  // Packs are joined by `+`, which a path may hold.
  const id = (results.run.scan?.id ?? otherwise).split('+').map(pathSegment).join('+');
  return `trailproof/${id}/${pathSegment(owner)}/`;
}
