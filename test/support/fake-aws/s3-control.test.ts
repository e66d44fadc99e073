import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { expect, test } from 'vitest';
import { anAccount, aWorld } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const publicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: false,
};
const world = aWorld({
  accounts: [anAccount({ id: '111122223333', publicAccessBlock }), anAccount({ id: '222222222222' })],
});

test("tells the account's own Block Public Access, the account before the host", async () => {
  const aws = await fakeAwsFor(world);
  const { s3control } = sdkClients(aws);
  const answer = await s3control.send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' }));
  expect(answer.PublicAccessBlockConfiguration).toEqual(publicAccessBlock);
  expect(aws.countBy('operation')).toEqual({ 's3control:GetPublicAccessBlock': 1 });
});

test('says with an error that it was never set', async () => {
  const { s3control } = sdkClients(await fakeAwsFor(world), { accountId: '222222222222' });
  await expect(s3control.send(new GetPublicAccessBlockCommand({ AccountId: '222222222222' }))).rejects.toMatchObject({
    name: 'NoSuchPublicAccessBlockConfiguration',
    message: 'The public access block configuration was not found',
    $metadata: { httpStatusCode: 404, requestId: expect.any(String) },
  });
});

test.each(['222222222222', '123456789012'])('refuses what concerns another account: %s', async (AccountId) => {
  const { s3control } = sdkClients(await fakeAwsFor(world));
  await expect(s3control.send(new GetPublicAccessBlockCommand({ AccountId }))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  });
});

test('refuses a host that names another account than the header, or none', async () => {
  const aws = await fakeAwsFor(world);
  const headers = {
    'x-amz-account-id': '111122223333',
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIAFAKE111122223333/20261121/us-east-1/s3/aws4_request, Signature=0',
  };
  const answer = await fetch(`${aws.endpoint}/v20180820/configuration/publicAccessBlock`, { headers });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('<Code>InvalidRequest</Code>');
});
