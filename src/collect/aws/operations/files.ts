import type * as cloudtrail from '@aws-sdk/client-cloudtrail';
import type * as s3 from '@aws-sdk/client-s3';
import { WholeBody } from '../metered-handler.js';
import { operation } from '../service.js';
import { cloudtrailService, s3Service, quota } from './services.js';

/**
 * S3 takes 5,500 reads a second of each prefix, and tells when that is too much; how many are under way at once is
 * bounded where they are made. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
 */
const s3Objects = quota('s3-objects', 3000, 3000);

/** For files of AWS Config and of CloudTrail that lie in S3. The role in every account needs none of them. */
export const fileOperations = {
  's3:ListObjectsV2': operation(
    s3Service,
    {
      action: 's3:ListBucket',
      purpose: 'The files of AWS Config or of CloudTrail in a bucket',
      quota: s3Objects,
      absentWhen: ['NoSuchBucket'],
      body: { is: 'xml', roots: ['ListBucketResult'] },
    },
    (m, client, input: s3.ListObjectsV2CommandInput, o) => client.send(new m.ListObjectsV2Command(input), o),
  ),
  's3:GetObject': operation(
    s3Service,
    {
      action: 's3:GetObject',
      purpose: 'A part of one of these files',
      quota: s3Objects,
      absentWhen: ['NoSuchKey', 'NoSuchBucket'],
      body: { is: 'content' },
    },
    async (m, client, input: s3.GetObjectCommandInput, o) => {
      const output = await client.send(new m.GetObjectCommand(input), o);
      // The whole part is here already: what cuts it off is met where it can be asked for again.
      const { Body: body } = output;
      return { ...output, bytes: body instanceof WholeBody ? body.whole : await body?.transformToByteArray() };
    },
  ),
  'cloudtrail:ListPublicKeys': operation(
    cloudtrailService,
    {
      action: 'cloudtrail:ListPublicKeys',
      purpose: "The keys of a Region that CloudTrail's digest files are signed with",
      quota: quota('cloudtrail-keys', 10, 10),
    },
    (m, client, input: cloudtrail.ListPublicKeysCommandInput, o) => client.send(new m.ListPublicKeysCommand(input), o),
  ),
} as const;
