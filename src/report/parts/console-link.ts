import { parseArn } from '../../model/identifiers.js';
import type { Target } from '../../model/results.js';

/** The consoles of the partitions; what is not here is reached in another way. */
const consoles: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

/** Where the AWS console shows a resource, by its ARN; undefined for what has none, such as an account. */
export function consoleLink({ arn: text }: Target): string | undefined {
  const arn = text === undefined ? undefined : parseArn(text);
  const host = arn === undefined ? undefined : consoles[arn.partition];
  if (text === undefined || host === undefined) return undefined;
  // An ARN goes into a link in whole, but for what would end it, or lead elsewhere.
  const query = encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/');
  return `https://${host}/go/view?arn=${query.replaceAll('(', '%28').replaceAll(')', '%29')}`;
}
