import type { AthenaTable } from '../../model/athena.js';
import { UsageError } from '../../model/errors.js';

/**
 * What may read log files: others leave out rows or fields without a word. The OpenX SerDe gives fewer rows, or NULL,
 * from run to run, and CloudTrail's older one knows no newer fields.
 * https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
 */
export const reader = {
  'serde.serialization.lib': 'org.apache.hive.hcatalog.data.JsonSerDe',
  inputformat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
} as const;

/**
 * Checks that nothing of a log file is passed over in silence.
 *
 * @param name of the table, for people
 * @throws UsageError
 */
export function checkReader(name: string, { parameters }: AthenaTable): void {
  const wrong = Object.entries(reader).find(([key, value]) => (parameters[key] ?? value) !== value);
  const skips = Object.entries(parameters).find(([key, value]) => skipping.test(key) && !/^(?:0|false)$/i.test(value));
  if (wrong === undefined && skips === undefined) return;
  const [key, value] = skips ?? [wrong?.[0] ?? '', parameters[wrong?.[0] ?? ''] ?? ''];
  throw new UsageError(
    `Table ${name} may pass over events or fields of log files without a word: its ${key} is ${value}.`,
    'trailproof activity athena-table prints one that does not.',
  );
}

/** Properties with which lines are passed over, or become NULL, where they cannot be read. */
const skipping = /(?:ignore\.malformed\.json|use\.null\.for\.invalid\.data|skip\.header\.line\.count)$/;
