import { UsageError } from '../../model/errors.js';

/**
 * The ARN of a product of AWS Security Hub, as it is.
 *
 * @throws UsageError for another text
 */
export function parseProductArn(text: string): string {
  if (/^arn:[\w-]+:securityhub:[a-z0-9-]+:\d{12}:product\/[\w-]+\/[\w-]+$/.test(text)) return text;
  throw new UsageError(
    `--product-arn ${JSON.stringify(text)} is not the ARN of a product of AWS Security Hub.`,
    'It looks like this: arn:aws:securityhub:REGION:ACCOUNT:product/COMPANY/NAME.',
  );
}
