import { expect, test } from 'vitest';
import { redactedOutput } from './redact.js';

const endpoint = 'someone@example.com';

test.each([
  ['sns:ListSubscriptionsByTopic', { Subscriptions: [{ Protocol: 'email', Endpoint: endpoint }] }],
  ['sns:GetSubscriptionAttributes', { Attributes: { Protocol: 'email', Endpoint: endpoint } }],
])('the answer of %s is kept without the address of whoever subscribes', (call, answer) => {
  const kept = JSON.stringify(redactedOutput(call, answer));
  expect(kept).not.toContain(endpoint);
  expect(kept).toContain('"Protocol":"email","Endpoint":"REDACTED"');
});
