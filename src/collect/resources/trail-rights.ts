import type { TrailRights } from '../../model/inventory.js';
import { mapKnown } from '../../model/known.js';
import { normalizeAuthorizationDetails, required, rightsOnTrails } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

/** The most that IAM gives at once; it may give fewer. */
const input = { MaxItems: 1000 };

/**
 * What the identity policies of an account say of changing trails, and who has them. Of each page only that is kept.
 * A Deny may stand on any page: what could not be read to its end decides nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function readTrailRights({ aws, region }: Context, session: Session): Promise<TrailRights> {
  const { it, evidence } = await aws.askAll(
    session,
    'iam:GetAccountAuthorizationDetails',
    input,
    { region },
    {
      token: (output) => (output.IsTruncated === true ? required(output.Marker, 'Marker') : undefined),
      next: (Marker) => ({ ...input, Marker }),
      items: normalizeAuthorizationDetails,
    },
  );
  return { rights: mapKnown(it, rightsOnTrails), evidence };
}
