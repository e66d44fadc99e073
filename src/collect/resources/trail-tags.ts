import type { Trail } from '../../model/inventory.js';
import { known, type Known } from '../../model/known.js';
import { required, tagsOf } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

type Tags = Readonly<Record<string, string>>;
type Named = Pick<Trail, 'arn' | 'homeRegion'>;

/** ListTags takes at most so many: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTags.html */
const trailsInCall = 20;

/** The trails of an account with their tags, where somebody asks: a call for 20 trails of a home Region. */
export async function withTrailTags(
  context: Context,
  session: Session,
  trails: readonly Trail[],
): Promise<readonly Trail[]> {
  if (!context.aws.isSelected('cloudtrail:ListTags')) return trails;
  const there = trails.filter(({ description }) => description.state !== 'absent');
  const regions = [...new Set(there.map(({ homeRegion }) => homeRegion))].toSorted();
  const told = await Promise.all(
    regions
      .flatMap((region) => inParts(there.filter(({ homeRegion }) => homeRegion === region)))
      .map(async (some) => await readTags(context, session, some)),
  );
  const all = new Map(told.flatMap((it) => Array.from(it)));
  return trails.map((trail) => {
    const answer = all.get(trail.arn);
    if (answer === undefined) return { ...trail, tags: { state: 'absent' } };
    return { ...trail, tags: answer.it, evidence: { ...trail.evidence, ...answer.evidence } };
  });
}

function inParts(trails: readonly Named[]): readonly (readonly Named[])[] {
  const parts = Math.ceil(trails.length / trailsInCall);
  return Array.from({ length: parts }, (_, part) => trails.slice(part * trailsInCall, (part + 1) * trailsInCall));
}

/** Trails of one home Region; CloudTrail lists each that it was asked for, those without tags too. */
async function readTags(
  context: Context,
  session: Session,
  trails: readonly Named[],
): Promise<ReadonlyMap<string, Answer<Tags>>> {
  const arns = trails.map(({ arn }) => arn).toSorted();
  const region = trails[0]?.homeRegion ?? context.region;
  const place = { region, resource: arns.join(' ') };
  const input = { ResourceIdList: arns };
  const { it, evidence } = await context.aws.askAll(session, 'cloudtrail:ListTags', input, place, {
    token: (output) => output.NextToken,
    next: (NextToken) => ({ ...input, NextToken }),
    items: (output) =>
      required(output.ResourceTagList, 'ResourceTagList').map(
        (resource) =>
          [required(resource.ResourceId, 'ResourceId'), tagsOf(required(resource.TagsList, 'TagsList'))] as const,
      ),
  });
  return new Map(arns.map((arn) => [arn, { it: tagsFor(arn), evidence }]));

  function tagsFor(arn: string): Known<Tags> {
    if (it.state !== 'known') return it;
    const own = it.value.filter(([id]) => id === arn).map(([, tags]) => tags);
    return own.length === 0 ? notListed(context, session, arn, region) : known(Object.assign({}, ...own));
  }
}

function notListed({ aws }: Context, { accountId }: Session, resource: string, region: string): Known<never> {
  const { ledger, clock } = aws.settings;
  const message = `CloudTrail's answer did not list trail ${resource}, whose tags it was asked for.`;
  const asked = { call: 'cloudtrail:ListTags', accountId, region, resource };
  return ledger.addGap(asked, { reason: 'error', message }, new Date(clock.now()));
}
