import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { requiredText, textIn } from '../protocol/input.js';
import { each, leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldDistribution } from '../world/resources.js';
import type { Call, Service } from './call.js';
import { pageOf } from './page.js';

/** CloudFront, as far as it tells of logging. */
export const cloudfront: Service = {
  name: 'cloudfront',
  operations: {
    ListDistributions: { action: 'cloudfront:ListDistributions', isPaged: true, answer: listDistributions },
    GetDistributionConfig: { action: 'cloudfront:GetDistributionConfig', answer: getDistributionConfig },
    GetRealtimeLogConfig: { action: 'cloudfront:GetRealtimeLogConfig', answer: getRealtimeLogConfig },
  },
};

function ownedBy({ index, caller }: Call): readonly WorldDistribution[] {
  return (index.world.distributions ?? []).filter(({ accountId }) => accountId === caller.accountId);
}

function listDistributions(call: Call): HttpAnswer {
  const page = pageOf(call, ownedBy(call), {
    token: textIn(call.input, 'Marker'),
    size: 100,
    badToken: () => new ServiceError(400, 'InvalidArgument', 'The marker is not valid.'),
  });
  const items = each('DistributionSummary', page.items, ({ id, arn, isEnabled }) =>
    [leaf('Id', id), leaf('ARN', arn), leaf('Status', 'Deployed'), leaf('Enabled', isEnabled)].join(''),
  );
  return document(
    'DistributionList',
    leaf('MaxItems', 100),
    leaf('IsTruncated', page.next !== undefined),
    leaf('Quantity', page.items.length),
    leaf('NextMarker', page.next),
    page.items.length === 0 ? '' : node('Items', items),
  );
}

function getDistributionConfig(call: Call): HttpAnswer {
  const id = requiredText(call.input, 'Id');
  const found = ownedBy(call).find((it) => it.id === id);
  if (found === undefined)
    throw new ServiceError(404, 'NoSuchDistribution', 'The specified distribution does not exist.');
  const { bucket, isEnabled, realTimeConfigs } = found;
  const [first, ...others] = realTimeConfigs.map((arn) => leaf('RealtimeLogConfigArn', arn));
  return document(
    'DistributionConfig',
    leaf('Enabled', isEnabled),
    node('DefaultCacheBehavior', first ?? ''),
    node(
      'CacheBehaviors',
      leaf('Quantity', others.length),
      others.length === 0
        ? ''
        : node(
            'Items',
            each('CacheBehavior', others, (it) => it),
          ),
    ),
    node('Logging', leaf('Enabled', bucket !== null), leaf('Bucket', bucket ?? ''), leaf('Prefix', '')),
  );
}

function getRealtimeLogConfig(call: Call): HttpAnswer {
  const arn = requiredText(call.input, 'ARN');
  const rate = call.index.world.samplingRates?.[arn];
  if (rate === undefined) {
    throw new ServiceError(404, 'NoSuchRealtimeLogConfig', 'The real-time log configuration does not exist.');
  }
  return document(
    'GetRealtimeLogConfigResult',
    node('RealtimeLogConfig', leaf('ARN', arn), leaf('Name', 'all'), leaf('SamplingRate', rate)),
  );
}

function document(root: string, ...children: readonly string[]): HttpAnswer {
  return {
    status: 200,
    headers: {},
    body: xmlDocument(root, 'http://cloudfront.amazonaws.com/doc/2020-05-31/', ...children),
  };
}
