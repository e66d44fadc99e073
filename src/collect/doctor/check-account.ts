import type { DoctorCause } from '../../model/doctor.js';
import type { Context } from '../run/context.js';
import { listTrails } from '../resources/trails.js';
import type { Session } from '../aws/session.js';
import { entryCause, readCause } from './refusal.js';

/** Whether a scan will be able to read an account, found out with the calls that the scan begins with. */
export type Readiness =
  | { readonly isReady: true }
  | { readonly isReady: false; readonly cause: DoctorCause; readonly message: string; readonly region: string };

/**
 * Enters an account and lists its trails, in the Region that a scan asks: two calls. Where a control policy refuses
 * the list, one more asks another Region, as only that tells a closed Region from a closed service.
 */
export async function checkAccount(
  context: Context,
  accountId: string,
  region: string,
  otherRegion: string | undefined,
): Promise<Readiness> {
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) {
    const { message } = context.aws.settings.ledger.gap(entered.gap);
    return { isReady: false, cause: entryCause(message), message, region: context.region };
  }
  const readiness = await checkReading(context, entered.session, region, otherRegion);
  if (entered.session !== context.sessions.base) entered.session.releaseClients();
  return readiness;
}

async function checkReading(
  context: Context,
  session: Session,
  region: string,
  otherRegion: string | undefined,
): Promise<Readiness> {
  const { it, failure } = await listTrails(context, session, region);
  if (it.state === 'known') return { isReady: true };
  if (failure === undefined) throw new Error('cloudtrail:ListTrails has no answer that means "absent".');
  const cause = readCause({
    message: failure.message,
    isDenied: failure.reason === 'access-denied',
    isRegionDenied: failure.regionDenied,
    isOwn: session === context.sessions.base,
  });
  const isClosedHereOnly =
    cause === 'read-control-policy' && otherRegion !== undefined && (await canList(context, session, otherRegion));
  return { isReady: false, cause: isClosedHereOnly ? 'region-denied' : cause, message: failure.message, region };
}

async function canList(context: Context, session: Session, region: string): Promise<boolean> {
  return (await listTrails(context, session, region)).it.state === 'known';
}
