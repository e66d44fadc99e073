import { expect, test } from 'vitest';
import { aTarget } from '../../../test/support/results-builders.js';
import { consoleLink } from './console-link.js';

test.each([
  ['arn:aws:s3:::logs', 'https://console.aws.amazon.com/go/view?arn=arn:aws:s3:::logs'],
  [
    'arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/main',
    'https://console.amazonaws-us-gov.com/go/view?arn=arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/main',
  ],
  ['arn:aws-cn:s3:::logs', 'https://console.amazonaws.cn/go/view?arn=arn:aws-cn:s3:::logs'],
  ['arn:aws:s3:::a)b c](x)&d', 'https://console.aws.amazon.com/go/view?arn=arn:aws:s3:::a%29b%20c%5D%28x%29%26d'],
])('%s', (arn, url) => {
  expect(consoleLink(aTarget({ arn }))).toBe(url);
});

test.each([undefined, 'no ARN', 'arn:aws-iso:s3:::logs'])('there is none for %s', (arn) => {
  const { arn: _, ...rest } = aTarget();
  expect(consoleLink(arn === undefined ? rest : { ...rest, arn })).toBeUndefined();
});
