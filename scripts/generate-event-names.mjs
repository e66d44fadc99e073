// From the service models of botocore (Apache-2.0, https://github.com/boto/botocore): src/model/event-names.ts, the names
// of the calls that CloudTrail can record. Run by hand when AWS has new services or calls:
//   pip download --no-deps botocore && unzip -q botocore-*.whl && node scripts/generate-event-names.mjs botocore/data
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node scripts/generate-event-names.mjs FOLDER (botocore/data)');

/**
 * Services whose event source is not sure. CloudTrail's is nearly always the name that requests are signed for; but of
 * these, AWS's Smithy models (https://github.com/aws/api-models-aws, trait aws.api#service) name another one or none,
 * and no event of theirs was at hand. Their names are not checked.
 */
const unsure = new Set(
  `IoTSecuredTunneling abuse account-access aco-automation agent-discovery agent-registry aidevops aiops airflow
airflow-serverless aoss apiportal appfabric application-autoscaling application-cost-profiler application-signals aps
arc-region-switch arc-zonal-shift autoscaling-plans aws-marketplace awsssoportal b2bi backup-search bcm-dashboards
bcm-pricing-calculator bcm-recommended-actions bedrock-agentcore billingconductor cases ce cloudfront-keyvaluestore
cloudtrail-data cloudwatch codecatalyst codestar-connections codestar-notifications cognito-sync compute-optimizer
continuum cost-optimization-hub cur deadline devops-guru discovery docdb-elastic ds-data ecr-public eks-auth
elemental-inference emr-containers emr-serverless end-user-messaging evs execute-api freetier geo grafana
health-agent importexport inspector2 interconnect iot-jobs-data iotdata iotfleetwise iotmanagedintegrations
iottwinmaker kendra-ranking lex managedblockchain-query mediaconnect mediapackage-vod medical-imaging mgh
mobiletargeting mpa mturk-requester neptune-db network-firewall network-security-manager nova-act oam
observabilityadmin odb osm partnercentral partnercentral-account partnercentral-benefits partnercentral-channel
partnercentral-marketing payment-cryptography payments pcs pricing pricingplanmanager proton qapps rds-data
redshift-data redshift-serverless resiliencehub resource-explorer-2 resource-groups route53-recovery-cluster
route53-recovery-control-config route53globalresolver rtbfabric rum s3-outposts s3files s3vectors scheduler scn sdb
securityagent serverlessrepo sms-voice snow-device-management ssm-contacts ssm-guiconnect ssm-incidents supportapp
supportauthz sustainability tagging timestream timestream-influxdb uxc verifiedpermissions waf-regional wickr wisdom
workspaces-instances`.split(/\s+/),
);

const calls = new Map();
for (const { name: service } of readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory())) {
  const model = newestModel(join(folder, service));
  if (model === undefined) continue;
  const source = model.metadata.signingName ?? model.metadata.endpointPrefix;
  const names = calls.get(source) ?? new Set();
  // CloudFront's calls carry the version of its API: CloudTrail's names may, and may not.
  for (const name of Object.keys(model.operations)) names.add(name.replace(/\d{4}_\d\d_\d\d$/, ''));
  calls.set(source, names);
}

function newestModel(path) {
  for (const version of readdirSync(path, { withFileTypes: true }).toReversed()) {
    for (const file of ['service-2.json.gz', 'service-2.json']) {
      const whole = join(path, version.name, file);
      if (!version.isDirectory() || !existsSync(whole)) continue;
      const bytes = readFileSync(whole);
      return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
    }
  }
  return undefined;
}

const byText = (a, b) => (a < b ? -1 : 1);
const split = (name) => /^([A-Z][a-z]+)([A-Z].*)$/.exec(name)?.slice(1);
const counts = new Map();
for (const names of calls.values()) {
  for (const name of names) {
    const [verb] = split(name) ?? [];
    if (verb !== undefined) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  }
}
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const verbs = [...counts]
  .toSorted((a, b) => b[1] - a[1] || byText(a[0], b[0]))
  .slice(0, letters.length)
  .map(([verb]) => verb);

function line(source, names) {
  const nouns = new Map();
  for (const name of [...names].toSorted(byText)) {
    const [verb, noun] = split(name) ?? [];
    const letter = letters[verbs.indexOf(verb)];
    if (letter === undefined) nouns.set(`=${name}`, '');
    else nouns.set(noun, `${nouns.get(noun) ?? ''}${letter}`);
  }
  const parts = [...nouns].map(([noun, of]) => (of === '' ? noun : `${noun}:${of}`));
  return `  '${source} ${parts.toSorted(byText).join(' ')}',\n`;
}

const sources = [...calls.keys()].toSorted(byText);
writeFileSync(
  'src/model/event-names.ts',
  `// Generated from the service models of botocore (Apache-2.0) by scripts/generate-event-names.mjs. Do not edit.
// oxlint-disable max-lines

/** The verbs that the letters A to Z and a to z stand for. */
export const eventVerbs = '${verbs.join(' ')}'.split(' ');

/** One service a line: its event source without \`.amazonaws.com\`, then what its calls act on with the verbs, or \`=\` a whole name. */
export const eventNameLines: readonly string[] = [
${sources
  .filter((it) => !unsure.has(it))
  .map((it) => line(it, calls.get(it)))
  .join('')}];

/** Event sources that may be otherwise in CloudTrail, so that names of theirs are not checked. */
export const unsureEventSources: readonly string[] = [
${sources
  .filter((it) => unsure.has(it))
  .map((it) => `  '${it}',\n`)
  .join('')}];
`,
);
