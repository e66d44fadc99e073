import type { ViewFunction } from './typed-function.js';

/** A function or method of the policy language, as its reference has it. */
export interface FunctionReference {
  readonly name: string;
  /** `text.startsWith(prefix: string): bool` */
  readonly signature: string;
  readonly meaning: string;
  /** What is refused when a policy is loaded; missing: wrong types alone. */
  readonly errors?: string;
  /** An expression of a policy on this target. */
  readonly example: { readonly target: string; readonly expr: string };
}

const of = (target: string, signature: string, expr: string, meaning: string, errors?: string): FunctionReference => ({
  name: /(?:^|\.)(\w+)\(/.exec(signature)?.[1] ?? signature,
  signature,
  meaning,
  ...(errors === undefined ? {} : { errors }),
  example: { target, expr },
});

/** Those of the language itself: the built-in functions, and what the checker knows by name. */
export const languageReference: readonly FunctionReference[] = [
  of(
    'trail',
    'has(object.field): bool',
    'has(trail.kmsKeyId)',
    'The field is there. False: AWS answered that it is not set. Unknown: it could not be read.',
    "a field that is always there; a key of tags is asked with 'owner' in trail.tagKeys",
  ),
  of(
    'trail',
    'size(list): int',
    'size(trail.missingDestinations) == 0',
    'How many members a list, or characters a text, has.',
  ),
  of('trail', 'text.size(): int', 'trail.name.size() > 3', 'The same as a method, of a list or of a text.'),
  of(
    'account',
    'list.exists(x, condition): bool',
    'account.trails.exists(t, t.isLogging)',
    'The condition holds for a member.',
  ),
  of(
    'account',
    'list.all(x, condition): bool',
    "account.regions.all(r, r.coverage.management.write == 'full')",
    'The condition holds for each member; for an empty list, too.',
    'a warning where the list may be empty: ask size(list) > 0 first, or explain',
  ),
  of(
    'organization',
    'list.exists_one(x, condition): bool',
    'organization.trails.exists_one(t, t.isLogging)',
    'The condition holds for just one member.',
  ),
  of(
    'account',
    'list.filter(x, condition): list',
    'size(account.trails.filter(t, !t.isLogging)) == 0',
    'The members for which the condition holds.',
  ),
  of(
    'account',
    'list.map(x, value): list',
    "account.trails.map(t, t.name).exists(name, name == 'main')",
    'What each member gives.',
  ),
  of(
    'trail',
    'text.matches(pattern: string): bool',
    "trail.name.matches('^org-[a-z]+$')",
    'A regular expression (RE2) fits a part of the text.',
    'a pattern that is not written out, or that RE2 does not take (no look-around, no back references)',
  ),
  of('trail', 'text.startsWith(prefix: string): bool', "trail.name.startsWith('org-')", 'The text begins so.'),
  of('trail', 'text.endsWith(suffix: string): bool', "trail.name.endsWith('-trail')", 'The text ends so.'),
  of(
    'trail',
    'text.contains(part: string): bool',
    "trail.s3BucketName.contains('logs')",
    'The text has this part. For lists write x in list.',
  ),
  of(
    'trail',
    'text.lowerAscii(): string',
    "trail.name.lowerAscii() == 'main'",
    'The text in small letters, A to Z alone.',
  ),
  of(
    'trail',
    'text.split(separator: string): list<string>',
    "'prod' in trail.name.split('-')",
    'The parts of a text between separators.',
  ),
  of(
    'account',
    'list.join(separator: string): string',
    "account.trails.map(t, t.name).join(', ') != ''",
    'The texts of a list in one, with a separator between them, or with none.',
  ),
  of('trail', 'string(value): string', "string(trail.isLogging) == 'true'", 'A value as messages show it.'),
  of(
    'trail',
    'int(time: timestamp): int',
    'int(now) > 0',
    'Seconds since 1970 of a time; an integer stays what it is.',
  ),
  of(
    'trail',
    'timestamp(text: string): timestamp',
    "now > timestamp('2026-01-01T00:00:00Z')",
    'A time, written out.',
    'a text that is not an RFC 3339 time of the years 1 to 9999',
  ),
  of(
    'trail',
    'duration(text: string): duration',
    "fresh(trail.delivery.logs, duration('24h'))",
    'A span of time, written out in h, m and s.',
    'a text that is not a duration, or longer than 292 years',
  ),
  of(
    'kms-key',
    'days(count: int): duration',
    '!has(key.nextRotationDate) || key.nextRotationDate - now < days(365)',
    'So many days of 24 hours.',
    'a count that is out of range on every target',
  ),
  of('trail', 'isArn(text: string): bool', 'isArn(trail.arn)', 'The text is the ARN of something.'),
  of(
    'trail',
    'arn(text: arn): Arn',
    'arn(trail.arn).region == trail.homeRegion',
    'The parts of an ARN: partition, service, region, accountId and resource.',
    'a text that need not be an ARN: ask isArn first',
  ),
  of(
    'trail',
    'arnLike(text: string, pattern: string): bool',
    "arnLike(trail.arn, 'arn:aws:cloudtrail:*:*:trail/org-*')",
    'The ARN fits a pattern as in IAM: * and ? within each of its six parts.',
  ),
];

/** All functions: those of the language, then those that know CloudTrail. */
export function functionReference(functions: readonly ViewFunction[]): readonly FunctionReference[] {
  return [...languageReference, ...functions.flatMap((it) => ofView(it) ?? [])];
}

function ofView({
  name,
  params,
  names,
  returns,
  meaning,
  literal,
  example,
}: ViewFunction): FunctionReference | undefined {
  if (names === undefined || example === undefined) return undefined;
  const given = params.map((type, index) => `${names[index] ?? ''}: ${type}`).join(', ');
  const errors = literal === undefined ? {} : { errors: 'a name that is written out and that AWS does not have' };
  return { name, signature: `${name}(${given}): ${returns}`, meaning, ...errors, example };
}
