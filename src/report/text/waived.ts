import { listed } from '../parts/accounts.js';
import { describeTarget } from '../parts/describe.js';
import { prose, visible } from '../../text/printable.js';
import { assertionsOf, isAccepting, remarksOf, type PlacedRemark, type WaiverGroup } from '../parts/waiver-groups.js';
import { block, labelled, margin, padded, type Page } from './page.js';
import { waivedMark, type Look } from './paint.js';
import { counted } from '../../text/plural.js';

const inner = `${margin}  `;
const column = 9;
const shownWaivers = 25;
const shownTargets = 4;

/** What waivers accept, with who answers for it and until when; then what is to be known of waivers. */
export function waivedSection(
  page: Page,
  groups: readonly WaiverGroup[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const accepting = groups.filter(isAccepting);
  const evaluations = accepting.reduce((sum, it) => sum + it.whole.length + it.following, 0);
  const parts = accepting.reduce((sum, it) => sum + it.partly.length, 0);
  const remarks = remarksOf(groups);
  if (accepting.length === 0 && remarks.length === 0) return [];
  const counts = [
    evaluations === 0 ? 'none' : `${counted(evaluations, 'evaluation')} accepted by waivers, not counted as findings`,
    ...(parts > 0 ? [`${counted(parts, 'finding')} in part`] : []),
  ].join(' · ');
  const more = accepting.length - shownWaivers;
  const unsaid = remarks.length - shownWaivers;
  return [
    '',
    `${page.paint('bold', 'Waived')}  ${counts}`,
    ...accepting.slice(0, shownWaivers).flatMap((group) => waiverEntry(page, group, names)),
    ...(more > 0 ? block(page, `${counted(more, 'more waiver')}. All are in results.json and report.md.`, margin) : []),
    ...remarks.slice(0, shownWaivers).flatMap((it) => remarkEntry(page, it)),
    ...(unsaid > 0
      ? block(page, `${counted(unsaid, 'more remark')}. All are in results.json and report.md.`, margin)
      : []),
  ];
}

function remarkEntry(page: Page, { severity, message, place }: PlacedRemark): readonly string[] {
  const word = page.paint(remarkLooks[severity], padded(severity, column));
  return [`${margin}${word} ${visible(place)}`].concat(block(page, prose(message), inner));
}

const remarkLooks: Readonly<Record<PlacedRemark['severity'], Look>> = {
  error: 'red',
  warning: 'yellow',
  notice: 'cyan',
};

function waiverEntry(page: Page, group: WaiverGroup, names: ReadonlyMap<string, string>): readonly string[] {
  const { id, waiver, whole, partly, following } = group;
  const { owner, approvedBy, reason, expires, ticket, compensatingControl } = waiver;
  const targets = [
    ...whole.map((it) => `${visible(it.policyId)} on ${describeTarget(it.target, names)}`),
    ...partly.map((it) => {
      const assertions = listed(assertionsOf(it, id).map(visible), shownTargets, 'assertion');
      return `${assertions} of ${visible(it.policyId)} on ${describeTarget(it.target, names)}`;
    }),
  ];
  const shown = targets.slice(0, shownTargets);
  const rest = [
    ...(targets.length > shown.length ? [counted(targets.length - shown.length, 'more evaluation')] : []),
    ...(following > 0 ? [`${counted(following, 'evaluation')} in other places that follow from it`] : []),
  ];
  const people = approvedBy === undefined ? owner : `${owner}, approved by ${approvedBy}`;
  const { sign, look } = waivedMark;
  const head = `${page.paint(look, sign)} ${page.paint('bold', visible(id))} until ${visible(expires)}`;
  return [
    `${margin}${head}`,
    ...shown.flatMap((text) => block(page, text, inner)),
    ...(rest.length > 0 ? block(page, `and ${rest.join(', and ')}`, inner) : []),
    ...labelled(page, 'Reason', prose(reason), inner, column),
    ...labelled(page, 'Owner', prose(people), inner, column),
    ...(ticket === undefined ? [] : labelled(page, 'Ticket', prose(ticket), inner, column)),
    ...(compensatingControl === undefined ? [] : labelled(page, 'Instead', prose(compensatingControl), inner, column)),
  ];
}
