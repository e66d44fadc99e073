import type { Statement } from './document.js';
import { isMalformed } from './document.js';
import type { Principal } from './match-principal.js';
import { roleNameOf } from './match-principal.js';
import { recent } from './memo.js';
import { glob, literal, matches, type Pattern } from './pattern.js';
import type { Identity } from './request.js';
import type { PatternGroup } from './side-by-side.js';
import { witnesses } from './witnesses.js';

/** Beside the ARNs of its principals, an account has its root user. */
const arnsOf = recent(
  64,
  ([partition, accountId]: readonly [string, string]) => `${partition}:${accountId}`,
  ([partition, accountId]): readonly Pattern[] => {
    const [iam, sts] = [`arn:${partition}:iam::${accountId}`, `arn:${partition}:sts::${accountId}`];
    return [`${iam}:role/?*`, `${iam}:user/?*`, `${iam}:root`, `${sts}:federated-user/?*`].map((it) => glob(it));
  },
);

/** Kinds of principals, which aws:PrincipalType tells apart. */
export const principalKinds: readonly Pattern[] = ['*:role/*', '*:user/*', '*:root', '*:federated-user/*'].map((it) =>
  glob(it),
);

export interface Principals {
  readonly principals: readonly Principal[];
  readonly isWhole: boolean;
}

/**
 * Principals that stand for all that an identity may be: those that the statements name, and those that their tests of
 * aws:PrincipalArn tell apart.
 *
 * @param groups those of each test of aws:PrincipalArn
 * @returns not the whole where there are too many to tell apart
 */
export function principalsOf(
  identity: Identity,
  statements: readonly Statement[],
  groups: readonly PatternGroup[],
): Principals {
  if (identity.type !== 'account') return { principals: [identity], isWhole: true };
  const { accountId, partition, arn, among = {}, isUnnamed = false } = identity;
  const members = statements.flatMap(({ principal }) =>
    principal === undefined || isMalformed(principal) ? [] : principal.members,
  );
  const mine = members.flatMap((it) =>
    (it.type === 'arn' || it.type === 'session') && it.accountId === accountId ? [it] : [],
  );
  const named = mine.flatMap((it) => (it.type === 'arn' ? [literal(it.arn)] : []));
  const all = arnsOf([partition, accountId]);
  const { like: wanted = [], unlike = [] } = among;
  const found =
    arn === undefined
      ? witnesses({ like: all, unlike }, [...[...named, ...wanted].map((it) => [it]), ...groups])
      : { texts: [arn], isWhole: true };
  const arns = found.texts.filter((it) => wanted.length === 0 || wanted.some((pattern) => matches(pattern, it)));
  // Of one role only its own sessions.
  const roleName = arn === undefined ? undefined : roleNameOf(arn);
  const sessions = mine.flatMap((it) =>
    it.type === 'session' && (arn === undefined || it.roleName === roleName)
      ? [{ type: 'account' as const, accountId, isUnnamed, arn, session: { arn: it.arn, roleName: it.roleName } }]
      : [],
  );
  const principals = [...arns.map((it) => ({ type: 'account' as const, accountId, isUnnamed, arn: it })), ...sessions];
  return { principals, isWhole: found.isWhole };
}

/** aws:PrincipalType: it follows from the ARN. */
export function principalType(arn: string): string {
  if (arn.endsWith(':root')) return 'Account';
  if (arn.includes(':role/')) return 'AssumedRole';
  return arn.includes(':federated-user/') ? 'FederatedUser' : 'User';
}

export function describePrincipal(principal: Principal): string {
  switch (principal.type) {
    case 'anonymous':
      return 'anonymous';
    case 'service':
      return principal.name;
    case 'otherwise-named':
      return principal.text;
    case 'outsider':
      return 'anyone';
    case 'account':
      return principal.session?.arn ?? principal.arn ?? principal.accountId;
  }
}
