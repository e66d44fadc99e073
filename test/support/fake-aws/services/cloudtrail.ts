import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { booleanIn, requiredText, textIn, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { Call, Operation, Service } from './call.js';
import { getEventDataStore, listEventDataStores } from './event-data-stores.js';
import { lookupEvents } from './event-history.js';
import { lakeOperations } from './lake.js';
import { pageOf } from './page.js';
import {
  mayReadSettings,
  namedTrail,
  organizationTrailsInMember,
  trailArn,
  unknownTrail,
  visibleTrails,
  type VisibleTrail,
} from './visible-trails.js';

export const cloudtrail: Service = {
  name: 'cloudtrail',
  operations: {
    ListTrails: { action: 'cloudtrail:ListTrails', isPaged: true, answer: listTrails },
    DescribeTrails: { action: 'cloudtrail:DescribeTrails', answer: describeTrails },
    GetTrailStatus: ofTrail('GetTrailStatus', 'Name', getTrailStatus),
    GetEventSelectors: ofTrail('GetEventSelectors', 'TrailName', getEventSelectors),
    GetInsightSelectors: ofTrail('GetInsightSelectors', 'TrailName', getInsightSelectors),
    ListTags: { action: 'cloudtrail:ListTags', isPaged: true, answer: listTags },
    ListPublicKeys: { action: 'cloudtrail:ListPublicKeys', answer: listPublicKeys },
    LookupEvents: { action: 'cloudtrail:LookupEvents', answer: lookupEvents },
    ListEventDataStores: {
      action: 'cloudtrail:ListEventDataStores',
      isPaged: true,
      answer: listEventDataStores,
    },
    GetEventDataStore: {
      action: 'cloudtrail:GetEventDataStore',
      resource: (call) => textIn(call.input, 'EventDataStore'),
      answer: getEventDataStore,
    },
    ...lakeOperations,
  },
};

/** An operation on one trail, by name or ARN; a refusal names its ARN. */
function ofTrail(name: string, member: string, answer: Operation['answer']): Operation {
  const resource = (call: Call): string | undefined => {
    const text = textIn(call.input, member);
    if (text === undefined || text.startsWith('arn:')) return text;
    return `arn:${call.index.world.partition}:cloudtrail:${call.region}:${call.caller.accountId}:trail/${text}`;
  };
  return { action: `cloudtrail:${name}`, resource, answer };
}

/** The account's trails of every Region, whichever is asked. */
function listTrails(call: Call): HttpAnswer {
  const own = call.index.trailsByOwner.get(call.caller.accountId) ?? [];
  const isAll = call.behavior.listTrailsInMembers === 'with-organization-trails';
  const others = isAll ? organizationTrailsInMember(call).map((it) => it.trail) : [];
  const page = pageOf(call, [...own, ...others], {
    token: textIn(call.input, 'NextToken'),
    size: 100,
    badToken: () => new ServiceError(400, 'InvalidNextTokenException', 'The pagination token is not valid.'),
  });
  return jsonAnswer({
    Trails: page.items.map((trail) => ({ TrailARN: trail.arn, Name: trail.name, HomeRegion: trail.homeRegion })),
    NextToken: page.next,
  });
}

/** What is named and not seen here is left out without a word. */
function describeTrails(call: Call): HttpAnswer {
  const names = textsIn(call.input, 'trailNameList') ?? [];
  const withShadows = booleanIn(call.input, 'includeShadowTrails') ?? true;
  const arns = new Set(names.filter((name) => name.startsWith('arn:')).map(trailArn));
  const isNamed = ({ trail, isShadow }: VisibleTrail): boolean =>
    names.length === 0 || arns.has(trail.arn) || (!isShadow && names.includes(trail.name));
  const shown = visibleTrails(call).filter((it) => (withShadows || !it.isShadow) && isNamed(it));
  return jsonAnswer({ trailList: shown.map(({ trail }) => trail.description) });
}

/** Keys of the Region that were in use at some time between. */
function listPublicKeys(call: Call): HttpAnswer {
  const secondsOf = (member: string, otherwise: number): number => {
    const value = call.input[member];
    return typeof value === 'number' ? value : otherwise;
  };
  const from = secondsOf('StartTime', 0) * 1000;
  const to = secondsOf('EndTime', Number.MAX_SAFE_INTEGER) * 1000;
  const keys = call.index.world.publicKeys?.[call.region] ?? [];
  return jsonAnswer({
    PublicKeyList: keys
      .filter((it) => it.validFrom <= to && it.validTo >= from)
      .map((it) => ({
        Value: it.value,
        ValidityStartTime: it.validFrom / 1000,
        ValidityEndTime: it.validTo / 1000,
        Fingerprint: it.fingerprint,
      })),
  });
}

function getTrailStatus(call: Call): HttpAnswer {
  const { trail, status } = namedTrail(call, requiredText(call.input, 'Name'));
  return jsonAnswer(trail.inRegions?.[call.region] ?? status);
}

function getEventSelectors(call: Call): HttpAnswer {
  const { trail } = namedTrail(call, requiredText(call.input, 'TrailName'));
  if (!mayReadSettings(call, trail)) return refuseMember(call, trail.arn, { TrailARN: trail.arn, EventSelectors: [] });
  const { kind, selectors } = trail.selectors;
  const member = kind === 'basic' ? 'EventSelectors' : 'AdvancedEventSelectors';
  return jsonAnswer({ TrailARN: trail.arn, [member]: selectors });
}

function getInsightSelectors(call: Call): HttpAnswer {
  const { trail } = namedTrail(call, requiredText(call.input, 'TrailName'));
  if (!mayReadSettings(call, trail))
    return refuseMember(call, trail.arn, { TrailARN: trail.arn, InsightSelectors: [] });
  if (trail.insightSelectors === null) {
    const message = `Trail ${trail.name} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`;
    throw new ServiceError(400, 'InsightNotEnabledException', message);
  }
  return jsonAnswer({ TrailARN: trail.arn, InsightSelectors: trail.insightSelectors });
}

/** Of trails that the account owns and that are at home in the Region; of 20 at most. */
function listTags(call: Call): HttpAnswer {
  const arns = textsIn(call.input, 'ResourceIdList') ?? [];
  if (arns.length > 20) throw new ServiceError(400, 'InvalidParameterCombinationException', 'Too many resources.');
  const trails = arns.map((arn) => {
    const { trail } = namedTrail(call, arn);
    if (!mayReadSettings(call, trail) || trail.homeRegion !== call.region) {
      throw new ServiceError(400, 'CloudTrailARNInvalidException', `AccountID or Region in ARN is wrong: ${arn}`);
    }
    return trail;
  });
  const page = pageOf(call, trails, {
    token: textIn(call.input, 'NextToken'),
    size: 20,
    badToken: () => new ServiceError(400, 'InvalidTokenException', 'The pagination token is not valid.'),
  });
  return jsonAnswer({
    ResourceTagList: page.items.map(({ arn, tags = {} }) => ({
      ResourceId: arn,
      TagsList: Object.entries(tags).map(([Key, Value]) => (Value === undefined ? { Key } : { Key, Value })),
    })),
    NextToken: page.next,
  });
}

/** All three answers have been seen in the field. */
function refuseMember(call: Call, arn: string, empty: object): HttpAnswer {
  const { selectorsInMembers } = call.behavior;
  if (selectorsInMembers === 'empty') return jsonAnswer(empty);
  if (selectorsInMembers === 'not-found') throw unknownTrail(call, arn);
  throw new ServiceError(400, 'CloudTrailARNInvalidException', `AccountID in ARN is wrong: ${arn}`);
}
