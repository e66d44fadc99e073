import type { EventSelectors, FieldSelector, Trail } from '../../model/inventory.js';

/** What of a trail's configuration decides how its silence is to be read. */
export interface Traits {
  /** Whether digest files come each hour, events or not. */
  readonly validates: 'yes' | 'no' | 'unknown';
  /** False: no call that only reads is recorded, so that an account may be quiet for as long as it likes. */
  readonly mayRecordReads: boolean;
}

export function traitsOf({ description, eventSelectors }: Trail): Traits {
  return {
    validates: description.state === 'known' ? yesOrNo(description.value.logFileValidationEnabled) : 'unknown',
    mayRecordReads: eventSelectors.state !== 'known' || selectsReads(eventSelectors.value),
  };
}

function yesOrNo(it: boolean): 'yes' | 'no' {
  return it ? 'yes' : 'no';
}

/** Whether management events that read may be among what is selected. Without any selector AWS's default takes them. */
function selectsReads({ basic, advanced }: EventSelectors): boolean {
  if (basic.length === 0 && advanced.length === 0) return true;
  return (
    basic.some((it) => it.includeManagementEvents && it.readWriteType !== 'WriteOnly') ||
    advanced.some(
      ({ fieldSelectors }) =>
        fieldSelectors.some((it) => it.field === 'eventCategory' && mayEqual(it, 'Management')) &&
        fieldSelectors.every((it) => it.field !== 'readOnly' || mayEqual(it, 'true')),
    )
  );
}

/** Also by an operator that is new to us. */
function mayEqual({ equals, unsupported = [] }: FieldSelector, value: string): boolean {
  return equals.length === 0 || equals.includes(value) || unsupported.length > 0;
}
