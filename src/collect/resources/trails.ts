import { parseArn } from '../../model/identifiers.js';
import type { EventSelectors, InsightSelector, Trail, TrailDescription, TrailStatus } from '../../model/inventory.js';
import { absent, known, type Known, type Unknown } from '../../model/known.js';
import {
  normalizeEventSelectors,
  normalizeInsightSelectors,
  MalformedAnswer,
  required,
  normalizeTrail,
  normalizeTrailStatus,
} from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { withTrailTags } from './trail-tags.js';

export interface ListedTrail {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  /** The owner, from the ARN. */
  readonly accountId: string;
}

/**
 * The trails that an account knows, wherever they are homed: its own, and maybe the organization's (AWS does not
 * say whether ListTrails gives them to members, so both are handled).
 */
export async function listTrails(
  context: Context,
  session: Session,
  region: string,
): Promise<Answer<readonly ListedTrail[]>> {
  return await context.aws.askAll(
    session,
    'cloudtrail:ListTrails',
    {},
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ NextToken }),
      items: (output) =>
        required(output.Trails, 'Trails').map((it) =>
          listedTrail(required(it.TrailARN, 'TrailARN'), it.Name, it.HomeRegion),
        ),
    },
  );
}

/** The ARN says what else is needed: a trail's Region is its home. */
function listedTrail(arn: string, name: string | undefined, homeRegion: string | undefined): ListedTrail {
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.service !== 'cloudtrail')
    throw new MalformedAnswer(`'${arn}' is not the ARN of a trail.`);
  return {
    arn,
    name: name ?? parsed.resource.replace(/^trail\//, ''),
    homeRegion: homeRegion ?? parsed.region,
    accountId: parsed.accountId,
  };
}

/** The organization trails that are visible in an account and Region, for where their owner cannot be entered. */
export async function findOrganizationTrails(
  context: Context,
  session: Session,
  region: string,
): Promise<Answer<readonly ListedTrail[]>> {
  const input = { includeShadowTrails: true };
  return await context.aws.ask(session, 'cloudtrail:DescribeTrails', input, { region }, (output) =>
    required(output.trailList, 'trailList')
      .filter((it) => it.IsOrganizationTrail === true)
      .map((it) => listedTrail(required(it.TrailARN, 'TrailARN'), it.Name, it.HomeRegion)),
  );
}

/** Reads an account's own trails in full: one DescribeTrails for each home Region, then each one's status and selectors. */
export async function readTrails(context: Context, session: Session, listed: readonly ListedTrail[]): Promise<Trail[]> {
  const trails = await perHomeRegion(context, session, listed, async (trail, described) =>
    readTrail(context, session, trail, described),
  );
  return [...(await withTrailTags(context, session, trails))];
}

async function perHomeRegion(
  context: Context,
  session: Session,
  listed: readonly ListedTrail[],
  read: (trail: ListedTrail, described: Described) => Trail | Promise<Trail>,
): Promise<Trail[]> {
  const homeRegions = [...new Set(listed.map((trail) => trail.homeRegion))].toSorted();
  const trails = await Promise.all(
    homeRegions.map(async (region) => {
      const here = listed.filter((trail) => trail.homeRegion === region);
      const described = await describeTrails(context, session, region, here);
      return await Promise.all(here.map(async (trail) => read(trail, described)));
    }),
  );
  return trails.flat();
}

type Described = Answer<ReadonlyMap<string, { readonly it: Known<TrailDescription>; readonly hasInsights: boolean }>>;

async function describeTrails(
  context: Context,
  session: Session,
  region: string,
  trails: readonly ListedTrail[],
): Promise<Described> {
  // A delegated administrator sees the organization's trails as shadow trails; to the owner this adds nothing.
  const includeShadowTrails = trails.some((trail) => trail.accountId !== session.accountId);
  const input = { trailNameList: trails.map((trail) => trail.arn), includeShadowTrails };
  const place = {
    region,
    resource: trails
      .map((trail) => trail.arn)
      .toSorted()
      .join(' '),
  };
  return await context.aws.ask(
    session,
    'cloudtrail:DescribeTrails',
    input,
    place,
    (output) =>
      new Map(
        required(output.trailList, 'trailList').map((it) => [
          required(it.TrailARN, 'TrailARN'),
          { it: known(normalizeTrail(it)), hasInsights: it.HasInsightSelectors !== false },
        ]),
      ),
  );
}

async function readTrail(context: Context, session: Session, trail: ListedTrail, described: Described): Promise<Trail> {
  const mine = described.it.state === 'known' ? described.it.value.get(trail.arn) : undefined;
  const description = described.it.state === 'known' ? (mine?.it ?? absent) : described.it;
  const gone = description.state === 'absent';
  const [status, selectors, insights] = await Promise.all([
    gone ? nothing<TrailStatus>() : readTrailStatus(context, session, trail),
    gone ? nothing<EventSelectors>() : readEventSelectors(context, session, trail),
    gone || mine?.hasInsights === false ? nothing<readonly InsightSelector[]>() : readInsights(context, session, trail),
  ]);
  return {
    ...named(trail),
    description,
    status: status.it,
    eventSelectors: selectors.it,
    insightSelectors: insights.it.state === 'absent' && !gone ? known([]) : insights.it,
    evidence: { ...described.evidence, ...status.evidence, ...selectors.evidence, ...insights.evidence },
  };
}

function named({ arn, name, accountId, homeRegion }: ListedTrail): ListedTrail {
  return { arn, name, accountId, homeRegion };
}

/**
 * Describes trails of an account that could not be asked, as another one sees them. Their status and selectors stay
 * unknown: what CloudTrail tells another account of them is that account's view, if it tells anything.
 */
export async function describeForeignTrails(
  context: Context,
  session: Session,
  listed: readonly ListedTrail[],
  whyUnread: (trail: ListedTrail) => Unknown,
): Promise<Trail[]> {
  return await perHomeRegion(context, session, listed, (trail, described) => {
    const description =
      described.it.state === 'known' ? (described.it.value.get(trail.arn)?.it ?? absent) : described.it;
    const owners = description.state === 'absent' ? absent : whyUnread(trail);
    const { evidence } = described;
    const read = {
      description,
      status: owners,
      eventSelectors: owners,
      insightSelectors: owners,
      ...(context.aws.isSelected('cloudtrail:ListTags') ? { tags: owners } : {}),
      evidence,
    };
    return { ...named(trail), ...read };
  });
}

async function nothing<T>(): Promise<Answer<T>> {
  return { it: absent, evidence: {} };
}

/** A trail's status as this account sees it, asked in the Region that is given as its home; absent: it knows no such trail. */
export async function readTrailStatus(
  context: Context,
  session: Session,
  trail: Pick<ListedTrail, 'arn' | 'homeRegion'>,
): Promise<Answer<TrailStatus>> {
  const place = { region: trail.homeRegion, resource: trail.arn };
  return await context.aws.ask(session, 'cloudtrail:GetTrailStatus', { Name: trail.arn }, place, normalizeTrailStatus);
}

export async function readEventSelectors(
  context: Context,
  session: Session,
  trail: ListedTrail,
): Promise<Answer<EventSelectors>> {
  const place = { region: trail.homeRegion, resource: trail.arn };
  const input = { TrailName: trail.arn };
  return await context.aws.ask(session, 'cloudtrail:GetEventSelectors', input, place, normalizeEventSelectors);
}

export async function readInsights(
  context: Context,
  session: Session,
  trail: ListedTrail,
): Promise<Answer<readonly InsightSelector[]>> {
  const place = { region: trail.homeRegion, resource: trail.arn };
  const input = { TrailName: trail.arn };
  return await context.aws.ask(session, 'cloudtrail:GetInsightSelectors', input, place, normalizeInsightSelectors);
}

/** The multi-Region trails among these, with what their owner is told in each other enabled Region. */
export async function withRegionalStatuses(
  context: Context,
  session: Session,
  trails: readonly Trail[],
  enabled: readonly string[],
): Promise<readonly Trail[]> {
  if (!context.aws.isSelected('cloudtrail:GetTrailStatus')) return trails;
  return await Promise.all(
    trails.map(async (trail) => {
      const { arn, homeRegion, description: it } = trail;
      if (it.state !== 'known' || !it.value.isMultiRegionTrail) return trail;
      const others = enabled.filter((region) => region !== homeRegion);
      const regionalStatuses = await Promise.all(
        others.map(async (region) => {
          const { it: status, evidence } = await readTrailStatus(context, session, { arn, homeRegion: region });
          return { region, status, evidence };
        }),
      );
      return { ...trail, regionalStatuses };
    }),
  );
}
