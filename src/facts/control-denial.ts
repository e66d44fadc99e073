import { type ControlPolicy, type Denial, deniesForMember, type Member, parseIamDocument } from './iam/index.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** To whom an action is denied, whatever identity policies allow. */
export interface ActionDenial {
  readonly scope: 'everyone' | 'except-named' | 'partly' | 'no-one';
  /** ARN patterns that the documents spare, sorted. */
  readonly exceptPrincipals: readonly string[];
  /** The documents' statements that deny it, or why there are none. */
  readonly why: string;
}

const allowsAll: ControlPolicy = {
  name: 'FullAWSAccess',
  document: parseIamDocument(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    'service-control',
  ),
};

export function isEffective({ scope }: ActionDenial): boolean {
  return scope === 'everyone' || scope === 'except-named';
}

/** The policies of a path of which some could not be read: these may allow all. */
export function withUnreadAllowing(
  levels: readonly (readonly ControlPolicy[])[],
): readonly (readonly ControlPolicy[])[] {
  return levels.map((it) => [...it, allowsAll]);
}

/**
 * To whom the service control policies on an account's path deny an action on resources.
 *
 * @param gaps for which there may be other policies on the way: those can only deny more
 * @param undecided notes why it cannot be decided
 */
export function controlDenial(
  levels: readonly (readonly ControlPolicy[])[],
  gaps: readonly string[],
  member: Member,
  action: string,
  resources: readonly string[],
  undecided: (because: readonly string[]) => string,
): Tri<ActionDenial> {
  if (member.isManagementAccount !== true && levels.length === 0 && gaps.length > 0) return doubt(gaps);
  // Where policies are missing, those that allow may be among them: then only a Deny that was read denies.
  const read = gaps.length === 0 ? levels : withUnreadAllowing(levels);
  const found = deniesForMember(read, member, action, resources);
  const denial = actionDenial(found, undecided);
  if (member.isManagementAccount === true || gaps.length === 0 || denial.state === 'unknown') return denial;
  return denial.value.scope === 'everyone' ? denial : doubt(gaps);
}

/** What cannot be decided stays open. */
export function actionDenial(
  { scope, exceptPrincipals, statements, conditions, because }: Denial,
  undecided: (because: readonly string[]) => string,
): Tri<ActionDenial> {
  if (scope === 'unknown') return doubt([undecided(because)]);
  const under = conditions.length === 0 ? '' : ` (${conditions.join('; ')})`;
  const told = statements.length === 0 ? because.join(' ') : `${statements.join(', ')}${under}`;
  return sure({
    scope: scope === 'nobody' ? 'no-one' : scope,
    exceptPrincipals,
    why: told === '' ? 'no statement denies it' : told,
  });
}
