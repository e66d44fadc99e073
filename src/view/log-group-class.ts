import type { LogGroup } from '../model/inventory.js';

/** The classes whose features AWS documents. */
export const logGroupClasses: ReadonlySet<string> = new Set(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']);

const withoutFilters: ReadonlySet<string> = new Set(['INFREQUENT_ACCESS', 'DELIVERY']);

/**
 * Whether a log group is of a class in which neither metric filters nor subscription filters work.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
export function isWithoutFilters({ details: it }: Pick<LogGroup, 'details'>): boolean {
  return it.state === 'known' && withoutFilters.has(it.value.logGroupClass);
}
