import { UsageError } from '../../model/errors.js';
import { suggestion } from '../../expression/index.js';
import type { CompiledPolicy, LoadedPolicies } from '../../policy/index.js';

/**
 * A policy by its id, chosen or not.
 *
 * @throws UsageError with the id that is most like it.
 */
export function policyNamed(id: string, { all }: LoadedPolicies): CompiledPolicy {
  const policy = all.find((it) => it.id === id);
  if (policy !== undefined) return policy;
  throw new UsageError(
    `There is no policy '${id}'.`,
    suggestion(
      id,
      all.map((it) => it.id),
      'there are',
    ),
  );
}
