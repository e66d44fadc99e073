import { paramsObject, type CompiledPolicy } from '../policy/index.js';
import type { QueriedPolicy } from './activity-query.js';
import type { Origin } from './condition.js';

/**
 * A policy as it is put to engines, with its parameters as they are.
 *
 * @returns undefined where it judges a state, not events
 */
export function queriedPolicy(policy: CompiledPolicy): QueriedPolicy | undefined {
  const { id, document, activity, params, isBuiltin } = policy;
  if (activity === undefined) return undefined;
  const file = isBuiltin ? `policies/${id}/policy.yaml` : policy.file;
  const place = ({ part, node }: Origin): string => {
    const path = part === 'except' ? ['activity', 'except'] : ['activity', activity.form.kind, part];
    return `${file}:${policy.lineOf(path, node.start)}`;
  };
  return { id, title: document.title, activity, params: paramsObject(params), place };
}
