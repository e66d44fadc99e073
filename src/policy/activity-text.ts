import { stringify } from 'yaml';
import type { Activity } from './schema/policy.js';

/** What an activity policy asks, as its file says it. */
export function activityText(activity: Activity): string {
  return stringify(activity, { lineWidth: 0 }).trimEnd();
}
