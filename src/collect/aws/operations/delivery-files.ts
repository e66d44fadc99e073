import type * as s3 from '@aws-sdk/client-s3';
import { operation } from '../service.js';
import { s3Service, quota } from './services.js';

const s3Objects = quota('s3-objects', 200, 200);

/** Asked as the caller, for files of AWS Config that lie in S3: no role of an account needs them. */
export const deliveryFileOperations = {
  's3:ListObjectsV2': operation(
    s3Service,
    {
      action: 's3:ListBucket',
      purpose: 'The files of AWS Config in a bucket',
      quota: s3Objects,
      body: { is: 'xml', roots: ['ListBucketResult'] },
    },
    (m, client, input: s3.ListObjectsV2CommandInput, o) => client.send(new m.ListObjectsV2Command(input), o),
  ),
  's3:GetObject': operation(
    s3Service,
    { action: 's3:GetObject', purpose: 'A part of one of these files', quota: s3Objects, body: { is: 'content' } },
    async (m, client, input: s3.GetObjectCommandInput, o) => {
      const output = await client.send(new m.GetObjectCommand(input), o);
      // The whole part is here already: what cuts it off is met where it can be asked for again.
      return { ...output, bytes: await output.Body?.transformToByteArray() };
    },
  ),
} as const;
