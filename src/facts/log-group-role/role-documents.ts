import type { Role, RolePolicy } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { type ControlPolicy, noDocument, parseIamDocument, type RoleDocuments, withPolicies } from '../iam/index.js';

export interface ReadDocuments {
  readonly it: RoleDocuments;
  /** Why policies are missing among them. */
  readonly gaps: readonly string[];
}

/** The policies of a role, together. One that could not be read may allow and deny anything. */
export function roleDocuments(role: Role, organizationId: string | undefined): ReadDocuments {
  const { inlinePolicies, attachedPolicies, permissionsBoundary: boundary, details } = role;
  const gaps: string[] = [];
  const read = ({ name, document }: RolePolicy): readonly ControlPolicy[] => {
    if (document.state === 'known') return [{ name, document: parseIamDocument(document.value, 'identity') }];
    if (document.state === 'absent') return [];
    gaps.push(document.gap);
    return [{ name, document: { problem: 'The policy could not be read.' } }];
  };
  const list = (name: string, it: Known<readonly RolePolicy[]>): readonly ControlPolicy[] => {
    if (it.state === 'known') return it.value.flatMap(read);
    if (it.state === 'absent') return [];
    gaps.push(it.gap);
    return [{ name, document: { problem: 'They could not be listed.' } }];
  };
  const policies = [...list('inline policies', inlinePolicies), ...list('attached policies', attachedPolicies)];
  const limits = boundary === undefined ? unreadBoundary(details) : read(boundary);
  return {
    it: {
      arn: role.arn,
      ...(organizationId === undefined ? {} : { organizationId }),
      policies: withPolicies(policies),
      // A boundary that is gone allows nothing.
      ...(limits === undefined ? {} : { boundary: limits.length === 0 ? noDocument : withPolicies(limits) }),
    },
    gaps,
  };
}

/** Where the role itself could not be read it may have a boundary; that gap is told with its trust policy. */
function unreadBoundary(details: Role['details']): readonly ControlPolicy[] | undefined {
  return details.state === 'unknown'
    ? [{ name: 'a boundary', document: { problem: 'It could not be read.' } }]
    : undefined;
}
