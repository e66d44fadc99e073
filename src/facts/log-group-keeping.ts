import type { LogGroupDetails } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/**
 * For how many days a log group keeps what is sent to it; undefined: for ever, or there is none to keep it. What is
 * delivered to a group of the class DELIVERY stays for a day.
 *
 * @param found absent: there is no such log group; undefined: nobody asked
 * @param lacking notes that it is not known of one that is there; gives the gap's id
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
export function logGroupKeeps(
  found: Known<boolean> | undefined,
  group: LogGroupDetails | undefined,
  lacking: () => string,
): Tri<number | undefined> {
  if (found?.state === 'absent') return sure(undefined);
  if (found?.state === 'unknown') return doubt([found.gap]);
  switch (group?.logGroupClass) {
    case 'STANDARD':
    case 'INFREQUENT_ACCESS':
      return sure(group.retentionInDays);
    case 'DELIVERY':
      return sure(1);
    default:
      return doubt([lacking()]);
  }
}
