import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { parseArn } from '../protocol/arn.js';
import { requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { WorldKey } from '../world/resources.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

export const kms: Service = {
  name: 'kms',
  operations: {
    DescribeKey: ofKey('DescribeKey', (call) => jsonAnswer({ KeyMetadata: namedKey(call, 'key-or-alias').metadata })),
    GetKeyRotationStatus: ofKey('GetKeyRotationStatus', getKeyRotationStatus),
    GetKeyPolicy: ofKey('GetKeyPolicy', getKeyPolicy),
    ListGrants: { ...ofKey('ListGrants', listGrants), isPaged: true },
  },
};

/** An operation on one key. A refusal names the key's ARN, also where it was asked for by id or alias. */
function ofKey(name: string, answer: Operation['answer']): Operation {
  const resource = (call: Call): string | undefined => {
    const asked = textIn(call.input, 'KeyId');
    return asked === undefined ? undefined : (findKey(call, asked)?.arn ?? fullArn(call, asked));
  };
  return { action: `kms:${name}`, resource, answer };
}

function getKeyRotationStatus(call: Call): HttpAnswer {
  const key = namedKey(call, 'key');
  if (key.rotation === null) {
    const message = `You cannot perform this operation on the KMS key ${key.arn}: its kind of key does not rotate.`;
    throw new ServiceError(400, 'UnsupportedOperationException', message);
  }
  return jsonAnswer({ ...key.rotation, ...rotationNow(key), KeyId: key.arn });
}

/** While a key waits to be deleted KMS reports its rotation as off. */
function rotationNow(key: WorldKey): object {
  return key.metadata.KeyState === 'PendingDeletion' ? { KeyRotationEnabled: false } : {};
}

function getKeyPolicy(call: Call): HttpAnswer {
  const key = namedKey(call, 'key');
  // Unlike the other two, this operation does not work on keys of other accounts.
  if (key.accountId !== call.caller.accountId) throw foreignKey(call, key.arn);
  const name = textIn(call.input, 'PolicyName') ?? 'default';
  if (name !== 'default') throw new ServiceError(400, 'NotFoundException', 'No such policy exists');
  return jsonAnswer({ Policy: key.policy, PolicyName: name });
}

function listGrants(call: Call): HttpAnswer {
  const key = namedKey(call, 'key');
  // Like its policy, the grants of a key are told to its own account alone, unless the policy says otherwise.
  if (key.accountId !== call.caller.accountId) throw foreignKey(call, key.arn);
  const limit = call.input['Limit'];
  const page = pageOf(call, key.grants, {
    token: textIn(call.input, 'Marker'),
    size: typeof limit === 'number' ? limit : 50,
    badToken: () => new ServiceError(400, 'InvalidMarkerException', 'Could not deserialize marker'),
  });
  const more = page.next === undefined ? {} : { NextMarker: page.next };
  return jsonAnswer({ Grants: page.items, Truncated: page.next !== undefined, ...more });
}

/** The key of a call: by id, `alias/…` or ARN in the own account, elsewhere by ARN if its key policy allows. */
function namedKey(call: Call, accepts: 'key' | 'key-or-alias'): WorldKey {
  const asked = requiredText(call.input, 'KeyId');
  const arn = fullArn(call, asked);
  const { region, accountId, resource, service } = parseArn(arn) ?? {};
  const isAlias = resource?.startsWith('alias/') === true;
  if (service !== 'kms' || (isAlias && accepts === 'key')) throw notFound(`Invalid keyId '${asked}'`);
  if (region !== call.region) throw notFound(`Invalid arn ${region}`);
  const key = findKey(call, asked);
  const isOwn = accountId === call.caller.accountId;
  if (!isOwn && key?.sharedWith.includes(call.caller.accountId) !== true) throw foreignKey(call, arn);
  if (key === undefined) throw notFound(isAlias ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
  return key;
}

function findKey(call: Call, asked: string): WorldKey | undefined {
  const arn = fullArn(call, asked);
  return call.index.keys.get(arn) ?? call.index.aliases.get(arn);
}

function fullArn(call: Call, asked: string): string {
  if (asked.startsWith('arn:')) return asked;
  const resource = asked.startsWith('alias/') ? asked : `key/${asked}`;
  return `arn:${call.index.world.partition}:kms:${call.region}:${call.caller.accountId}:${resource}`;
}

/** KMS does not say whether the key of another account is closed to the caller or not there at all. */
function foreignKey(call: Call, arn: string): ServiceError {
  const message =
    `User: ${call.caller.arn} is not authorized to perform: kms:${call.operation} on resource: ${arn} because the ` +
    'resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy ' +
    'explicitly denies access';
  return new ServiceError(400, 'AccessDeniedException', message);
}

function notFound(message: string): ServiceError {
  return new ServiceError(400, 'NotFoundException', message);
}
