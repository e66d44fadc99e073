import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldAccessPoint, WorldBucket } from '../world/resources.js';
import type { WorldAccount } from '../world/world.js';
import type { Call, Service } from './call.js';
import { pageOf } from './page.js';
import { header } from './s3-access.js';
import { publicAccessBlockXml } from './s3-documents.js';

const namespace = 'http://awss3control.amazonaws.com/doc/2018-08-20/';

/** S3 Control: the account's own Block Public Access and access points. The account stands in the host and a header. */
export const s3control: Service = {
  name: 's3control',
  operations: {
    GetPublicAccessBlock: { action: 's3:GetAccountPublicAccessBlock', answer: getAccountPublicAccessBlock },
    ListAccessPoints: { action: 's3:ListAccessPoints', isPaged: true, answer: listAccessPoints },
    GetAccessPoint: { action: 's3:GetAccessPoint', answer: getAccessPoint },
    GetAccessPointPolicyStatus: { action: 's3:GetAccessPointPolicyStatus', answer: getPolicyStatus },
    ListMultiRegionAccessPoints: { action: 's3:ListMultiRegionAccessPoints', isPaged: true, answer: listMultiRegion },
    GetMultiRegionAccessPointPolicyStatus: {
      action: 's3:GetMultiRegionAccessPointPolicyStatus',
      answer: getMultiRegionPolicyStatus,
    },
  },
};

function accountOf(call: Call): WorldAccount {
  const asked = header(call, 'x-amz-account-id');
  if (asked === undefined || asked !== call.hostLabel) {
    const message = `The account of the host (${call.hostLabel}) is not that of x-amz-account-id (${asked ?? 'none'}).`;
    throw new ServiceError(400, 'InvalidRequest', message);
  }
  const account = call.index.accounts.get(asked);
  if (account === undefined || asked !== call.caller.accountId) {
    throw new ServiceError(403, 'AccessDenied', 'Access Denied');
  }
  return account;
}

function document(root: string, ...children: readonly string[]): HttpAnswer {
  return { status: 200, headers: {}, body: xmlDocument(root, namespace, ...children) };
}

function getAccountPublicAccessBlock(call: Call): HttpAnswer {
  const { id, publicAccessBlock } = accountOf(call);
  if (publicAccessBlock === null) {
    const elements = { AccountId: id };
    const message = 'The public access block configuration was not found';
    throw new ServiceError(404, 'NoSuchPublicAccessBlockConfiguration', message, { elements });
  }
  return document('PublicAccessBlockConfiguration', publicAccessBlockXml(publicAccessBlock));
}

interface Owned {
  readonly bucket: WorldBucket;
  readonly point: WorldAccessPoint;
}

function pointsOf(call: Call, isMultiRegion: boolean): readonly Owned[] {
  const buckets = call.index.bucketsByOwner.get(accountOf(call).id) ?? [];
  return buckets
    .flatMap((bucket) => bucket.accessPoints.map((point) => ({ bucket, point })))
    .filter(
      ({ bucket, point }) => point.isMultiRegion === isMultiRegion && (isMultiRegion || bucket.region === call.region),
    );
}

function pointNamed(call: Call, isMultiRegion: boolean): Owned {
  const found = pointsOf(call, isMultiRegion).find(({ point }) => point.name === call.input['name']);
  if (found === undefined) {
    const code = isMultiRegion ? 'NoSuchMultiRegionAccessPoint' : 'NoSuchAccessPoint';
    throw new ServiceError(404, code, 'The specified accesspoint does not exist');
  }
  return found;
}

function pageOfPoints(call: Call, points: readonly Owned[]) {
  const { nextToken: token } = call.input;
  const badToken = (): ServiceError => new ServiceError(400, 'InvalidRequest', 'The token is not valid');
  return pageOf(call, points, { token: typeof token === 'string' ? token : undefined, size: 1000, badToken });
}

function listAccessPoints(call: Call): HttpAnswer {
  const page = pageOfPoints(
    call,
    pointsOf(call, false).filter(({ bucket }) => bucket.name === call.input['bucket']),
  );
  const { partition } = call.index.world;
  const shown = page.items.map(({ bucket, point }) =>
    node(
      'AccessPoint',
      leaf('Name', point.name),
      leaf('NetworkOrigin', point.networkOrigin),
      leaf('Bucket', bucket.name),
      leaf('AccessPointArn', `arn:${partition}:s3:${bucket.region}:${bucket.accountId}:accesspoint/${point.name}`),
      leaf('BucketAccountId', bucket.accountId),
    ),
  );
  return document('ListAccessPointsResult', node('AccessPointList', ...shown), leaf('NextToken', page.next));
}

function getAccessPoint(call: Call): HttpAnswer {
  const { bucket, point } = pointNamed(call, false);
  return document(
    'GetAccessPointResult',
    leaf('Name', point.name),
    leaf('Bucket', bucket.name),
    leaf('NetworkOrigin', point.networkOrigin),
    node('PublicAccessBlockConfiguration', publicAccessBlockXml(blockOf(point))),
  );
}

function blockOf({ restrictsPublic, blocksAcls = true }: WorldAccessPoint) {
  return {
    BlockPublicAcls: blocksAcls,
    IgnorePublicAcls: blocksAcls,
    BlockPublicPolicy: restrictsPublic,
    RestrictPublicBuckets: restrictsPublic,
  };
}

function getPolicyStatus(call: Call): HttpAnswer {
  const { point } = pointNamed(call, false);
  if (point.isPublic === null) {
    throw new ServiceError(404, 'NoSuchAccessPointPolicy', 'The specified accesspoint policy does not exist');
  }
  return document('GetAccessPointPolicyStatusResult', node('PolicyStatus', leaf('IsPublic', point.isPublic)));
}

function listMultiRegion(call: Call): HttpAnswer {
  const page = pageOfPoints(call, pointsOf(call, true));
  const shown = page.items.map(({ bucket, point }) =>
    node(
      'AccessPoint',
      leaf('Name', point.name),
      leaf('Alias', `${point.name}.mrap`),
      leaf('Status', 'READY'),
      node('PublicAccessBlock', publicAccessBlockXml(blockOf(point))),
      node('Regions', node('Region', leaf('Bucket', bucket.name), leaf('Region', bucket.region))),
    ),
  );
  return document('ListMultiRegionAccessPointsResult', node('AccessPoints', ...shown), leaf('NextToken', page.next));
}

function getMultiRegionPolicyStatus(call: Call): HttpAnswer {
  const { point } = pointNamed(call, true);
  const { isPublic } = point;
  return document(
    'GetMultiRegionAccessPointPolicyStatusResult',
    node('Established', leaf('IsPublic', isPublic ?? false)),
  );
}
