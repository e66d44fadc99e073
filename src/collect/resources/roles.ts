import { parseArn } from '../../model/identifiers.js';
import type { Role, RolePolicy, Trail } from '../../model/inventory.js';
import { absent, mapKnown, type Known, type Unknown } from '../../model/known.js';
import { normalizeIamDocument, normalizeRole, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { sendingTargets, type WithRules } from './target-buses.js';

/**
 * Reads each role with which trails write to CloudWatch Logs, or rules send to topics and other event buses, once, with
 * all its policies: about six calls. Roles of other accounts than their trail's or rule's are left out, as AWS does not
 * document them.
 *
 * @returns undefined when nobody asks for roles
 */
export async function readRoles(
  context: Context,
  trails: readonly Trail[],
  rules: readonly WithRules[] = [],
): Promise<Role[] | undefined> {
  if (!context.aws.isSelected('iam:GetRole')) return undefined;
  return await context.limit(rolesNamed(trails, rules), async (role) => await readRole(context, role));
}

type NamedRole = Pick<Role, 'arn' | 'name' | 'accountId'>;

function rolesNamed(trails: readonly Trail[], rules: readonly WithRules[]): readonly NamedRole[] {
  const ofTrails = trails.map(({ description: it, accountId }) => ({
    roleArn: it.state === 'known' ? it.value.cloudWatchLogsRoleArn : undefined,
    accountId,
  }));
  const ofRules = sendingTargets(rules).map(({ target, accountId }) => ({ roleArn: target.roleArn, accountId }));
  const arns = [...ofTrails, ...ofRules].flatMap(({ roleArn, accountId }) =>
    roleArn !== undefined && parseArn(roleArn)?.accountId === accountId ? [roleArn] : [],
  );
  return [...new Set(arns)].toSorted().flatMap((arn) => {
    const { accountId = '', resource = '' } = parseArn(arn) ?? {};
    // A role may have a path, which is no part of its name.
    const name = /^role\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1];
    return name === undefined ? [] : [{ arn, name, accountId }];
  });
}

/** What is read of a role, and by which calls. */
interface Part<T> {
  readonly it: Known<T>;
  readonly evidence: Readonly<Record<string, string>>;
}

async function readRole(context: Context, role: NamedRole): Promise<Role> {
  const entered = await context.sessions.enter(role.accountId);
  if ('gap' in entered) return { ...role, ...unread(entered.gap), evidence: {} };
  const { session } = entered;
  const { arn, name } = role;
  const place = placeOf(context, arn);
  const details = await context.aws.ask(session, 'iam:GetRole', { RoleName: name }, place, (output) =>
    normalizeRole(required(output.Role, 'Role')),
  );
  if (details.it.state === 'absent') return { ...role, ...unread(absent), evidence: details.evidence };
  const boundaryArn = details.it.state === 'known' ? details.it.value.permissionsBoundaryArn : undefined;
  const [inline, attached, boundary] = await Promise.all([
    readInline(context, session, role),
    readAttached(context, session, role),
    boundaryArn === undefined ? undefined : readManaged(context, session, boundaryArn),
  ]);
  return {
    ...role,
    details: details.it,
    inlinePolicies: inline.it,
    attachedPolicies: attached.it,
    ...(boundary === undefined || boundaryArn === undefined
      ? {}
      : { permissionsBoundary: { name: boundaryArn, document: boundary.it } }),
    evidence: { ...details.evidence, ...inline.evidence, ...attached.evidence, ...boundary?.evidence },
  };
}

function unread(it: Unknown | Known<never>): Pick<Role, 'details' | 'inlinePolicies' | 'attachedPolicies'> {
  return { details: it, inlinePolicies: it, attachedPolicies: it };
}

/** IAM is the same in all Regions of a partition. */
function placeOf({ region }: Context, resource: string): { readonly region: string; readonly resource: string } {
  return { region, resource };
}

async function readInline(context: Context, session: Session, { arn, name }: NamedRole) {
  const { aws } = context;
  const input = { RoleName: name };
  const list = await aws.askAll(session, 'iam:ListRolePolicies', input, placeOf(context, arn), {
    token: (output) => (output.IsTruncated === true ? required(output.Marker, 'Marker') : undefined),
    next: (Marker) => ({ ...input, Marker }),
    items: (output) => required(output.PolicyNames, 'PolicyNames'),
  });
  return await withDocuments(list, async (PolicyName) => {
    const asked = { ...input, PolicyName };
    return await aws.ask(session, 'iam:GetRolePolicy', asked, placeOf(context, `${arn} ${PolicyName}`), (output) =>
      normalizeIamDocument(output.PolicyDocument, 'PolicyDocument'),
    );
  });
}

async function readAttached(context: Context, session: Session, { arn, name }: NamedRole) {
  const input = { RoleName: name };
  const list = await context.aws.askAll(session, 'iam:ListAttachedRolePolicies', input, placeOf(context, arn), {
    token: (output) => (output.IsTruncated === true ? required(output.Marker, 'Marker') : undefined),
    next: (Marker) => ({ ...input, Marker }),
    items: (output) =>
      required(output.AttachedPolicies, 'AttachedPolicies').map((it) => required(it.PolicyArn, 'PolicyArn')),
  });
  return await withDocuments(list, async (policyArn) => await readManaged(context, session, policyArn));
}

async function withDocuments(
  list: Part<readonly string[]>,
  read: (name: string) => Promise<Part<string>>,
): Promise<Part<readonly RolePolicy[]>> {
  if (list.it.state !== 'known') return { it: list.it, evidence: list.evidence };
  const found = await Promise.all(list.it.value.toSorted().map(async (name) => ({ name, part: await read(name) })));
  return {
    it: mapKnown(list.it, () => found.map(({ name, part }) => ({ name, document: part.it }))),
    evidence: Object.assign({}, list.evidence, ...found.map(({ part }) => part.evidence)),
  };
}

/** The version of a managed policy that is in force. */
async function readManaged(context: Context, session: Session, arn: string): Promise<Part<string>> {
  const { aws } = context;
  const place = placeOf(context, arn);
  const version = await aws.ask(session, 'iam:GetPolicy', { PolicyArn: arn }, place, ({ Policy: policy }) =>
    required(policy?.DefaultVersionId, 'Policy.DefaultVersionId'),
  );
  if (version.it.state !== 'known') return { it: version.it, evidence: version.evidence };
  const input = { PolicyArn: arn, VersionId: version.it.value };
  const document = await aws.ask(session, 'iam:GetPolicyVersion', input, place, ({ PolicyVersion: it }) =>
    normalizeIamDocument(it?.Document, 'PolicyVersion.Document'),
  );
  return { it: document.it, evidence: { ...version.evidence, ...document.evidence } };
}
