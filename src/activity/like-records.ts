import type { Unknown, ViewObject } from '../expression/index.js';
import type { EventRecord } from '../model/log-events.js';
import { openMembers } from '../model/log-events.js';
import type { CompiledActivity } from './compiled-activity.js';
import { isNothing } from './event-facts.js';
import { eventObject } from './event-object.js';

/** A record of which the open members are left out, as expressions see it: what follows from those is not known. */
export function sampleObject(sample: EventRecord, open: Unknown): ViewObject {
  const event = eventObject(sample, open);
  return {
    type: event.type,
    label: event.label,
    get(field) {
      if (field === 'succeeded') return hasFailed(sample) ? false : open;
      return isOpen(field) ? open : event.get(field);
    },
    evidence: () => [],
  };
}

/** Whatever its message and its answer say. */
function hasFailed(sample: EventRecord): boolean {
  return !isNothing(sample['errorCode']);
}

function isOpen(field: string): boolean {
  return openMembers.has(field) || field === 'resourceIds';
}

/** Whether the message can be told of all records that are alike. */
export function hasOpenMessage({ message }: CompiledActivity): boolean {
  return message.parts.some((part) => typeof part !== 'string' && part.reads.some(isOpenRead));
}

function isOpenRead(read: string): boolean {
  const [type, field = ''] = read.split('.');
  return type === 'Event' && (isOpen(field) || field === 'succeeded');
}
