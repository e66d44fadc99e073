import type { MessageFilter } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { takes, type Message } from './takes.js';

/** Whether some subscription to a topic takes every such message. */
export type Delivered =
  | { readonly state: 'yes' }
  | { readonly state: 'no'; readonly why: string }
  | { readonly state: 'unknown'; readonly why: string; readonly gaps: readonly string[] };

/**
 * @param filters of the confirmed subscriptions, each; absent: it is gone. Unknown: they could not be listed.
 * @param noteUnsupported notes what cannot be decided; returns the gap's id.
 */
export function delivered(
  filters: Known<readonly Known<MessageFilter>[]>,
  topicArn: string,
  message: Message,
  noteUnsupported: (resource: string, message: string) => string,
): Delivered {
  if (filters.state === 'unknown') {
    return {
      state: 'unknown',
      why: `The subscriptions to topic ${topicArn} could not be listed.`,
      gaps: [filters.gap],
    };
  }
  const there = filters.state === 'known' ? filters.value.filter((it) => it.state !== 'absent') : [];
  if (there.length === 0) return { state: 'no', why: `No one has confirmed a subscription to topic ${topicArn}.` };
  const answers = there.map((it) => (it.state === 'known' ? takes(it.value, message) : 'unread'));
  if (answers.includes('yes')) return { state: 'yes' };
  if (answers.every((it) => it === 'no')) {
    const why = `No subscription to topic ${topicArn} takes what ${message.of} publishes: each has a filter policy that leaves it out.`;
    return { state: 'no', why };
  }
  const why = `Whether the filter policies of the subscriptions to topic ${topicArn} leave out what ${message.of} publishes is not known.`;
  const unread = there.flatMap((it) => (it.state === 'unknown' ? [it.gap] : []));
  return { state: 'unknown', why, gaps: unread.length > 0 ? unread : [noteUnsupported(topicArn, why)] };
}
