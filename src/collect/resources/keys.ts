import { parseArn } from '../../model/identifiers.js';
import type { Key } from '../../model/inventory.js';
import { absent, type Known, type Unknown } from '../../model/known.js';
import {
  normalizeKeyGrant,
  normalizeKeyMetadata,
  normalizeKeyRotation,
  normalizePolicyText,
  required,
} from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

/** A key as something names it: by id, alias or ARN, seen from an account and Region. */
export interface KeyName {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * Reads keys, each once in the account that owns it, however often it is asked for; names that turn out to be the same
 * key are one.
 */
export function keyReader(context: Context): (names: readonly KeyName[]) => Promise<Key[]> {
  const read = new Map<string, Promise<Key>>();
  const readOnce = async (arn: string): Promise<Key> => {
    const reading = read.get(arn) ?? readKey(context, arn);
    read.set(arn, reading);
    return await reading;
  };
  return async (names) => {
    const distinct = new Map(names.map((name) => [namedArn(context, name), name]));
    const keys = await context.limit([...distinct], async ([arn, { name }]) => ({
      ...(await readOnce(arn)),
      names: [...new Set([arn, name])].toSorted(),
    }));
    return mergeByArn(keys);
  };
}

/** The ARN that a name stands for: KMS takes ids and aliases without one as of the caller's account and Region. */
export function namedArn(context: Context, { name, accountId, region }: KeyName): string {
  if (name.startsWith('arn:')) return name;
  const resource = name.startsWith('alias/') ? name : `key/${name}`;
  return `arn:${context.partition}:kms:${region}:${accountId}:${resource}`;
}

async function readKey(context: Context, arn: string): Promise<Key> {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const unread = { arn, keyId: resource.replace(/^key\//, ''), accountId, region, names: [arn] };
  if (!context.aws.isSelected('kms:DescribeKey')) {
    return { ...unread, ...all(context.aws.notSelected('kms:DescribeKey')), evidence: {} };
  }
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...unread, ...all(entered.gap), evidence: {} };
  return await describe(context, entered.session, unread);
}

type UnreadKey = Pick<Key, 'arn' | 'keyId' | 'accountId' | 'region' | 'names'>;

async function describe(context: Context, session: Session, unread: UnreadKey): Promise<Key> {
  const { aws } = context;
  const { arn, region } = unread;
  const place = { region, resource: arn };
  const input = { KeyId: arn };
  let resolved = { arn, keyId: unread.keyId };
  const metadata = await aws.ask(session, 'kms:DescribeKey', input, place, ({ KeyMetadata: it }) => {
    resolved = { arn: required(it?.Arn, 'KeyMetadata.Arn'), keyId: required(it?.KeyId, 'KeyMetadata.KeyId') };
    return normalizeKeyMetadata(required(it, 'KeyMetadata'));
  });
  if (metadata.it.state === 'absent') return { ...unread, ...all(absent), evidence: metadata.evidence };
  const keyInput = { KeyId: resolved.arn };
  const keyPlace = { region, resource: resolved.arn };
  const [rotation, policy, grants] = await Promise.all([
    aws.ask(session, 'kms:GetKeyRotationStatus', keyInput, keyPlace, normalizeKeyRotation),
    aws.ask(session, 'kms:GetKeyPolicy', { ...keyInput, PolicyName: 'default' }, keyPlace, (output) =>
      normalizePolicyText(output.Policy),
    ),
    readGrants(context, session, keyInput, keyPlace),
  ]);
  return {
    ...unread,
    ...resolved,
    metadata: metadata.it,
    rotation: rotation.it,
    policy: policy.it,
    ...(grants === undefined ? {} : { grants: grants.it }),
    evidence: { ...metadata.evidence, ...rotation.evidence, ...policy.evidence, ...grants?.evidence },
  };
}

/** A page has at most 50 grants, and says whether more follow. */
async function readGrants(
  { aws }: Context,
  session: Session,
  input: { readonly KeyId: string },
  place: { readonly region: string; readonly resource: string },
) {
  if (!aws.isSelected('kms:ListGrants')) return undefined;
  return await aws.askAll(session, 'kms:ListGrants', input, place, {
    token: (output) => (output.Truncated === true ? required(output.NextMarker, 'NextMarker') : undefined),
    next: (Marker) => ({ ...input, Marker }),
    items: (output) => required(output.Grants, 'Grants').map(normalizeKeyGrant),
  });
}

function all(it: Unknown | Known<never>): Pick<Key, 'metadata' | 'rotation' | 'policy'> {
  return { metadata: it, rotation: it, policy: it };
}

function mergeByArn(keys: readonly Key[]): Key[] {
  const merged = new Map<string, Key>();
  for (const key of keys) {
    const first = merged.get(key.arn);
    merged.set(
      key.arn,
      first === undefined ? key : { ...first, names: [...new Set([...first.names, ...key.names])].toSorted() },
    );
  }
  return [...merged.values()];
}
