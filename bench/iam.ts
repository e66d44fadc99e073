// npm run bench:iam: how long one question about an IAM document takes, with parsing: documents of AWS's guides and of
// landing zones, and some made to be hard. Writes bench/iam.md.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { iam } from '../src/facts/index.js';

const rounds = 200;
const goal = 2;
const owner = '111111111111';
const organizationId = 'o-example123';
const trail = `arn:aws:cloudtrail:eu-central-1:${owner}:trail/main`;
const bucketArn = 'arn:aws:s3:::logs';
const objects = `${bucketArn}/AWSLogs/*`;
const group = `arn:aws:logs:eu-central-1:${owner}:log-group:trail`;
const place = { ownerAccountId: owner, trails: [trail], accountIds: [owner, '222222222222'], organizationId };

type Statement = Readonly<Record<string, unknown>>;

function textOf(...statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };
const ofTrail = { StringEquals: { 'aws:SourceArn': trail } };
const writes = {
  Effect: 'Allow',
  Principal: cloudTrail,
  Action: 's3:PutObject',
  Resource: objects,
  Condition: ofTrail,
};
const tls = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const kept = {
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:Delete*', 's3:PutLifecycleConfiguration', 's3:PutBucketPolicy'],
  Resource: '*',
  Condition: { ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${owner}:role/Admin`, 'arn:aws:iam::*:role/Audit*'] } },
};
const bucketPolicy = textOf(writes, tls, kept);
/** Many members, patterns and keys that statements combine. */
const hard = textOf(
  ...Array.from({ length: 12 }, (_, index) => ({
    Effect: index % 3 === 2 ? 'Deny' : 'Allow',
    Principal: index % 2 === 0 ? '*' : { AWS: `arn:aws:iam::${String(index).padStart(12, '3')}:root` },
    Action: ['s3:Get*', 's3:Put*', `s3:*${index}`],
    Resource: [`${bucketArn}/AWSLogs/${index}*`, `${bucketArn}/*`],
    Condition: {
      StringLike: { 'aws:PrincipalArn': [`arn:aws:iam::*:role/team-${index}-*`, 'arn:aws:iam::*:role/*-admin'] },
      StringEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
      IpAddress: { 'aws:SourceIp': [`10.${index}.0.0/16`, '192.0.2.0/24'] },
    },
  })),
);
const guard = textOf({
  Effect: 'Deny',
  Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
  Resource: '*',
  Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/AWSControlTowerExecution' } },
});
const allowsAll = textOf({ Effect: 'Allow', Action: '*', Resource: '*' });
const streams = textOf({
  Effect: 'Allow',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: [`${group}:log-stream:${owner}_CloudTrail_*`, `${group}:log-stream:${organizationId}_*`],
});

const resource = (text: string) => iam.parseIamDocument(text, 'resource');
const control = (name: string, text: string) => ({ name, document: iam.parseIamDocument(text, 'service-control') });
const writing = { actions: ['s3:PutObject'], resources: [objects] };

function questionsOf(name: string, text: string): readonly (readonly [string, () => unknown])[] {
  return [
    [`${name}: is the bucket public?`, () => iam.isPublic(resource(text))],
    [`${name}: is plain HTTP denied?`, () => iam.deniesPlainHttp(resource(text), bucketArn)],
    [
      `${name}: may CloudTrail write for a trail?`,
      () => iam.canCloudTrailWrite(resource(text), { arn: trail, organizationId }, { bucketArn, folders: [owner] }),
    ],
    [
      `${name}: may a class of principals write?`,
      () => iam.isAllowed(resource(text), { ...writing, requester: iam.principalsOfAnyAccount() }),
    ],
    [
      `${name}: to whom is deleting denied?`,
      () => iam.deniesToAllBut(resource(text), place, { actions: ['s3:DeleteObject'], resources: [objects] }),
    ],
    [`${name}: who can write, all classes together?`, () => iam.whoCan(resource(text), place, writing)],
  ];
}

const questions = [
  ...questionsOf('a log bucket', bucketPolicy),
  ...questionsOf('twelve statements made to be hard', hard),
  [
    'control policies: is stopping denied in a member?',
    () =>
      iam.deniesForMember(
        [[control('FullAWSAccess', allowsAll)], [control('FullAWSAccess', allowsAll), control('guard', guard)]],
        { accountId: owner, organizationId },
        'cloudtrail:StopLogging',
        [trail],
      ),
  ] as const,
  [
    'a role: may it write a log stream?',
    () =>
      iam.canRoleWriteStream(
        { arn: `arn:aws:iam::${owner}:role/logs`, policies: iam.parseIamDocument(streams, 'identity') },
        { logGroupArn: group, name: `${owner}_CloudTrail_eu-central-1` },
      ),
  ] as const,
];

/** The median of the rounds, in ms of the processor, whatever else it does: fewer of them where they take more than a second together. */
function measure(ask: () => unknown): number {
  const times: number[] = [];
  const begun = performance.now();
  for (let round = 0; round < rounds && performance.now() - begun < 1000; round += 1) {
    const started = process.cpuUsage();
    ask();
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1000);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const measured = questions.map(([what, ask]) => ({ what, ms: measure(ask) })).toSorted((a, b) => b.ms - a.ms);
const text = [
  '# Questions about IAM documents, measured',
  '',
  `Processor time of one question with parsing its document, median of up to ${rounds}. ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}.`,
  `The goal: at most ${goal} ms for one class of principals; questions about all classes ask for ten and more.`,
  '',
  '| question | ms |',
  '| --- | ---: |',
  ...measured.map(({ what, ms }) => `| ${what} | ${ms.toFixed(3)} |`),
  '',
].join('\n');
writeFileSync('bench/iam.md', text);
process.stdout.write(text);
