import { colon, isSpace, quote } from '../text/json-bytes.js';

const categoryName = Buffer.from('"eventCategory"');
const managementName = Buffer.from('"managementEvent"');
const falseText = Buffer.from('false');

/**
 * Whether a record says of itself, by its bytes, that it is a data event or one of another kind than management events.
 * Older records do not say.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function isOtherEvent(record: Buffer): boolean {
  const flag = valueOf(record, managementName);
  if (flag >= 0) return record.compare(falseText, 0, falseText.length, flag, flag + falseText.length) === 0;
  const category = valueOf(record, categoryName);
  return (
    category >= 0 &&
    record[category] === quote &&
    !record
      .subarray(category + 1)
      .toString('latin1', 0, 11)
      .startsWith('Management"')
  );
}

/** Where the value of a name begins; -1 where there is none. */
function valueOf(record: Buffer, name: Buffer): number {
  let at = record.indexOf(name);
  if (at < 0) return -1;
  at += name.length;
  while (isSpace(record[at])) at += 1;
  if (record[at] !== colon) return -1;
  at += 1;
  while (isSpace(record[at])) at += 1;
  return at + falseText.length <= record.length ? at : -1;
}
