import type { WrongLiteral } from '../expression/index.js';

/**
 * What is wrong with the name of an event source: services have theirs below `amazonaws.com`, in every partition.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function wrongEventSource(text: string): WrongLiteral | undefined {
  if (/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.amazonaws\.com$/.test(text)) return undefined;
  const service = /^[A-Za-z0-9-]+/.exec(text)?.[0].toLowerCase();
  return {
    message: `'${text}' is not an event source`,
    ...(service === undefined ? {} : { help: `write it as in the record: '${service}.amazonaws.com'` }),
  };
}

/** What is wrong with the name of an event: an IAM action is none. */
export function wrongEventName(text: string): WrongLiteral | undefined {
  if (/^[A-Z][A-Za-z0-9_]*$/.test(text)) return undefined;
  const name = text.replace(/^.*:/, '').replaceAll(/[^A-Za-z0-9_]/g, '');
  const first = name.charAt(0).toUpperCase();
  return {
    message: `'${text}' is not the name of one event`,
    ...(name === '' ? {} : { help: `write it as in the record: '${first}${name.slice(1)}'` }),
  };
}
