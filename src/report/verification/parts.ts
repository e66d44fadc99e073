import type {
  CoverageGap,
  DigestChain,
  VerificationFinding,
  VerificationOutcome,
  VerificationRecord,
} from '../../model/verification.js';
import { counted, plural } from '../../text/plural.js';
import { visible } from '../../text/printable.js';
import { moment } from '../parts/describe.js';

/** What the outcome says, in one sentence. */
export const outcomeSentences: Readonly<Record<VerificationOutcome, string>> = {
  verified: 'Every digest file and log file of this time is there, and is as CloudTrail delivered it.',
  tampered: 'Something was changed, added or removed.',
  incomplete: 'Nothing shows that anything was changed, but not everything could be verified.',
};

export function digestCounts({ valid, invalid, missing, unreadable }: VerificationRecord['counts']['digests']): string {
  return `${valid} valid, ${invalid} invalid, ${missing} missing, ${unreadable} unreadable`;
}

export function logCounts(counts: VerificationRecord['counts']['logFiles']): string {
  const { valid, invalid, missing, unreadable, uncovered, pending, notRead } = counts;
  const rest = [
    ...(pending > 0 ? [`${pending} not due in a digest file yet`] : []),
    ...(notRead > 0 ? [`${notRead} not read (sample)`] : []),
  ];
  const all = [
    `${valid} valid`,
    `${invalid} invalid`,
    `${missing} missing`,
    `${unreadable} unreadable`,
    `${uncovered} in no digest file`,
  ];
  return [...all, ...rest].join(', ');
}

/** `Trail management (us-east-1), account 111122223333, us-west-2`. */
export function chainLabel({ trail, homeRegion, account, region, organizationId }: DigestChain): string {
  const organization = organizationId === undefined ? '' : ` of organization ${visible(organizationId)}`;
  return `Trail ${visible(trail)} (${visible(homeRegion)})${organization}, account ${visible(account)}, ${visible(region)}`;
}

/** `3 log files invalid of trail management in account 111122223333, us-east-1`. */
export function findingLabel({ subject, count, account, region, trail, verdict }: VerificationFinding): string {
  const where = `in account ${visible(account)}, ${visible(region)}`;
  if (verdict === 'uncovered') return `${counted(count, 'object')} among the log files ${where}`;
  const whose = trail === undefined ? '' : ` of trail ${visible(trail)}`;
  return `${counted(count, subject === 'digest' ? 'digest file' : 'log file')} ${verdict}${whose} ${where}`;
}

/** Each message follows the name of the object. */
export function findingMessage({ message, count }: VerificationFinding): string {
  return `${plural(count, 'It', 'Each')} ${message}.`;
}

export function gapLabel({ from, to, cause }: CoverageGap): string {
  return `${moment(from)} to ${moment(to)}: ${cause}`;
}

const basisSentences: Readonly<Record<VerificationRecord['scope']['basis'], string>> = {
  organization: 'the accounts of the organization and their enabled Regions',
  account: 'the trails of the account',
  named: 'the accounts and Regions that were named',
  layout: 'what lies in the bucket',
};

export function describeScope({ scope, counts }: VerificationRecord): string {
  const { accounts, regions, basis, chosen } = scope;
  const part = chosen === undefined ? '' : '; no others were asked for';
  return (
    `${counted(counts.chains, 'chain')} of digest files: ${counted(accounts.length, 'account')}, ` +
    `${counted(regions.length, 'Region')}; expected by ${basisSentences[basis]}${part}`
  );
}

export function describeProofs({ anchors }: VerificationRecord): string {
  const parts = [
    [anchors.ownSignature, 'by their own signature'],
    [anchors.nextSignature, 'by the signature that the next digest file repeats'],
    [anchors.savedSignature, 'by a saved signature'],
    [anchors.earlierRun, 'by an earlier run, and not rewritten since'],
    [anchors.nextHash, 'by the hash that the next digest file gives, their key being no longer listed'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, how]) => `${count} ${how}`);
  return said.length === 0 ? 'none' : said.join(', ');
}

/** Chains that have something to tell, those that were tampered with first. */
export function eventfulChains({ chains }: VerificationRecord): DigestChain[] {
  const rank: Readonly<Record<VerificationOutcome, number>> = { tampered: 0, incomplete: 1, verified: 2 };
  return chains.filter((it) => it.gaps.length > 0).toSorted((a, b) => rank[a.outcome] - rank[b.outcome]);
}

/** What it means that calls of the scan were found or not. */
export function ownCallSentence({ state, calls, found }: NonNullable<VerificationRecord['ownCalls']>[number]): string {
  const made = counted(calls, 'call');
  switch (state) {
    case 'found': {
      return `${found} of ${made} found`;
    }
    case 'missing': {
      return `none of ${made} is in the log files, which are all there and valid. Events of this account do not arrive.`;
    }
    case 'not-due': {
      return `the digest files of the time of ${made} are not due yet. Try again later.`;
    }
    case 'unknown': {
      return `none of ${made} was found, and not all log files of the time could be verified.`;
    }
  }
}
