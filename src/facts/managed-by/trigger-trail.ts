import type { Trail } from '../../model/inventory.js';
import { allHold, fromKnown, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { managerOfName } from './index.js';

/**
 * Whether a trail is there to start a pipeline when a file is uploaded, and is no record: that of Customizations for
 * Control Tower, which takes the writes to the solution's own bucket of configuration, and nothing else.
 * Source: https://github.com/aws-solutions/aws-control-tower-customizations
 */
export function isTrigger({ name, description, eventSelectors }: Trail): Tri<boolean> {
  if (managerOfName(name) !== 'customizations-for-control-tower') return sure(false);
  return allHold([
    fromKnown(
      description,
      false,
      (it) => !it.isOrganizationTrail && managerOfName(it.s3BucketName) === 'customizations-for-control-tower',
    ),
    fromKnown(eventSelectors, false, ({ basic, advanced }) => {
      const taken = basic.flatMap(({ dataResources }) => dataResources);
      return (
        advanced.length === 0 &&
        basic.length > 0 &&
        basic.every((it) => !it.includeManagementEvents && it.unsupported === undefined) &&
        taken.every(({ type, values }) => type === 'AWS::S3::Object' && values.every(isOwnConfiguration))
      );
    }),
  ]);
}

function isOwnConfiguration(arn: string): boolean {
  return /^arn:[^:]+:s3:::custom-control-tower-configuration-[^/]+\//.test(arn);
}
