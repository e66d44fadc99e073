/** What stands in the place of what is not kept. */
const redacted = 'REDACTED';

/** Members of answers that no verdict reads and that nobody needs as evidence, by call; `*`: of every call. */
const members: readonly { readonly call: string; readonly name: RegExp; readonly what: string }[] = [
  { call: '*', name: /^(?:\w*Email|EmailAddress)$/, what: 'e-mail addresses of accounts and of grantees' },
  { call: '*', name: /^DisplayName$/, what: 'display names of owners' },
  {
    call: 'sts:AssumeRole',
    name: /^(?:AccessKeyId|SecretAccessKey|SessionToken|AssumedRoleUser)$/,
    what: 'credentials and names of the sessions in the accounts',
  },
  { call: 'sns:ListSubscriptionsByTopic', name: /^Endpoint$/, what: 'endpoints of subscriptions' },
  { call: 'sns:GetSubscriptionAttributes', name: /^Endpoint$/, what: 'endpoints of subscriptions' },
  {
    call: 'events:ListTargetsByRule',
    // Each kind of target has parameters of its own: the text of a query, commands, overrides.
    name: /^(?:Input|InputPath|InputTransformer|\w+Parameters)$/,
    what: 'what EventBridge targets are sent',
  },
];

/** What is left out of the evidence, in words. */
export const redactions: readonly string[] = [
  ...members.map((it) => (it.call === '*' ? it.what : `${it.what} (${it.call})`)),
  'the external id, the session name and the session policy (sts:AssumeRole)',
  'names of sessions, ids of access keys and encoded messages in what AWS says of a refusal',
];

/** An answer without what is not kept. Texts become `REDACTED`, all else empty; what is not there stays so. */
export function redactedOutput(call: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((it) => redactedOutput(call, it));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  const rules = members.filter((it) => it.call === '*' || it.call === call);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (!rules.some((it) => it.name.test(key))) return [key, redactedOutput(call, member)];
      return [key, typeof member === 'object' && member !== null ? {} : redacted];
    }),
  );
}

/** The input by which a call is known again. A session's name is another one in each run. */
export function knownInput(call: string, input: unknown): unknown {
  if (call !== 'sts:AssumeRole' || typeof input !== 'object' || input === null) return input;
  const { RoleArn, SourceIdentity } = input as Readonly<Record<string, unknown>>; // an object
  return { RoleArn, namesSource: SourceIdentity !== undefined };
}
