import { cannotSay } from './answer.js';
import { answerOf } from './evaluate.js';
import { type ContextValue, is, isAbsent, isUnknown, type Requester } from './request.js';
import { type AccountOptions, onePrincipal } from './requesters.js';
import { type ControlPolicy, statementsOf } from './with-controls.js';

/** A user or role with all that decides about its requests, beside the policies of resources. */
export interface Principal extends Omit<AccountOptions, 'partition'> {
  readonly arn: string;
  /** its unique id, AIDA… or AROA… */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** its identity policies, those of its groups among them */
  readonly policies: readonly ControlPolicy[];
  /** its permissions boundary */
  readonly boundary?: ControlPolicy;
  /** service control policies, what is attached to the root, to each OU on the way and to the account */
  readonly controls: readonly (readonly ControlPolicy[])[];
}

interface PrincipalUse {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/**
 * Whether a user or role can do something in some request of its own choice: an identity policy allows it, as do its
 * permissions boundary and each level of service control policies, and none of them denies it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function canPrincipal(
  principal: Principal,
  { action, resource, context = {} }: PrincipalUse,
): { readonly can: 'yes' | 'no' | 'unknown'; readonly because: readonly string[] } {
  const { policies, boundary, controls } = principal;
  const levels = [...controls, policies, ...(boundary === undefined ? [] : [[boundary]])].map((it) =>
    it.flatMap(statementsOf),
  );
  let answer = cannotSay();
  for (const requester of requestersFor(principal)) {
    answer = answerOf(levels, { requester, actions: [action], resources: [resource], context }, 'blocked');
    if (answer.failsFor !== undefined) return { can: 'yes', because: [] };
  }
  return answer.answer === 'always' ? { can: 'no', because: [] } : { can: 'unknown', because: answer.because };
}

/** A role has its own tags, and whoever assumes it may give the session others: whether that is allowed is not known. */
function requestersFor({ arn, id, tags, ...options }: Principal): readonly Requester[] {
  const { name, kinds } = onePrincipal(arn, options);
  const isUser = /^arn:[^:]*:iam::\d*:user\//.test(arn);
  const own: Record<string, ContextValue> = { 'aws:PrincipalTag/*': isAbsent };
  for (const [key, value] of Object.entries(tags)) own[`aws:PrincipalTag/${key}`] = is(value);
  const keys: Record<string, ContextValue> = isUser
    ? { 'aws:username': is(arn.slice(arn.lastIndexOf('/') + 1)), 'aws:userid': is(id) }
    : { 'aws:username': isAbsent, 'aws:userid': { state: 'any', like: [`${id}:*`], orAbsent: false } };
  const withKeys = (more: Record<string, ContextValue>): Requester => ({
    name,
    kinds: kinds.map(({ identity, context }) => ({ identity, context: { ...context, ...keys, ...more } })),
  });
  const ofSession = { 'aws:PrincipalTag/*': isUnknown('may be given to a session of the role') };
  return isUser ? [withKeys(own)] : [withKeys(own), withKeys(ofSession)];
}
