import { UsageError } from '../../model/errors.js';
import type { ShardNumber } from '../../model/shard.js';

/** Where jobs that run in parallel are told which of them they are; both count from 0. */
const indexVariables = ['AWS_BATCH_JOB_ARRAY_INDEX', 'JOB_COMPLETION_INDEX'] as const;

const mostShards = 1_000;

/**
 * `2/4` as the second of four shards; `4` alone takes its place from AWS Batch or Kubernetes.
 *
 * @throws UsageError when it is neither.
 */
export function parseShard(text: string, environment: NodeJS.ProcessEnv): ShardNumber {
  const match = /^(?:(\d{1,6})\/)?(\d{1,6})$/.exec(text);
  if (match === null) throw wrongShard(text, 'is not written as I/N');
  const count = Number(match[2]);
  if (count < 1 || count > mostShards) throw wrongShard(text, `does not ask for 1 to ${mostShards} shards`);
  const index = match[1] === undefined ? indexFrom(text, environment) : Number(match[1]);
  if (index < 1 || index > count)
    throw wrongShard(text, `is shard ${index} of ${count}; they count from 1 to ${count}`);
  return { index, count };
}

function indexFrom(text: string, environment: NodeJS.ProcessEnv): number {
  const given = indexVariables.filter((name) => (environment[name] ?? '') !== '');
  const values = new Set(given.map((name) => environment[name] ?? ''));
  const [value] = values;
  if (value === undefined)
    throw wrongShard(text, `does not say which, and none of ${indexVariables.join(', ')} is set`);
  if (values.size > 1 || !/^\d{1,6}$/.test(value)) {
    const shown = given.map((name) => `${name}=${environment[name] ?? ''}`);
    throw wrongShard(text, `finds no place in ${shown.join(' ')}`);
  }
  return Number(value) + 1;
}

function wrongShard(text: string, what: string): UsageError {
  return new UsageError(
    `--shard '${text}' ${what}.`,
    'Write --shard 2/4 for the second of four; --shard 4 in an AWS Batch array job or a Kubernetes indexed job.',
  );
}
