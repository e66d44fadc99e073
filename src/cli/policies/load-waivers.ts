import { UsageError } from '../../model/errors.js';
import { hasErrors, type LoadedPolicies } from '../../policy/index.js';
import { loadWaivers, type Waiver } from '../../waivers/index.js';
import type { Checked } from './load-policies.js';

export interface WaiverOptions {
  readonly waivers?: readonly string[];
  readonly maxWaiverDays?: string;
}

/** The waivers, and what is wrong with them and the policies together. */
export interface CheckedWaivers extends Checked {
  readonly waivers: readonly Waiver[];
}

/**
 * Reads the files of waivers; each may name any policy there is, chosen or not.
 *
 * @throws UsageError for a limit of waivers that are not there, or that is none
 */
export function readWaivers(options: WaiverOptions, loaded: LoadedPolicies): CheckedWaivers {
  const files = options.waivers ?? [];
  if (options.maxWaiverDays !== undefined && files.length === 0) {
    throw new UsageError('--max-waiver-days has no effect without --waivers.', 'Name their files, or leave it out.');
  }
  const { waivers, diagnostics, sources } = loadWaivers({
    files,
    policies: files.length === 0 ? [] : loaded.all,
    ...(options.maxWaiverDays === undefined ? {} : { maxWaiverDays: daysOf(options.maxWaiverDays) }),
  });
  // A policy whose file is broken is not missing: its own error tells of it.
  const own = hasErrors(loaded.diagnostics) ? diagnostics.filter((it) => it.code !== 'unknown-policy') : diagnostics;
  return {
    waivers,
    diagnostics: [...loaded.diagnostics, ...own],
    sources: new Map([...loaded.sources, ...sources]),
  };
}

function daysOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new UsageError(`--max-waiver-days '${text}' is not a whole number from 1 to 99999.`, 'For example: 180');
}
