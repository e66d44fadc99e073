import { createHash } from 'node:crypto';
import { projectUrl } from '../../model/project.js';
import type { Results } from '../../model/results.js';
import { byPlace } from '../../text/order.js';
import type { ReportOptions } from '../options.js';
import { accountNames } from '../parts/accounts.js';
import { describeOrganization, isSample, sampleNote } from '../parts/describe.js';
import { jsonPieces } from '../parts/json-lines.js';
import { whatIsOpen } from '../parts/verdict.js';
import { markup, property } from './datatypes.js';
import { controlSelections, findings, reviewedFrameworks } from './findings.js';
import { inventoryItems, observations } from './observations.js';
import { risks } from './risks.js';
import { uuidOf } from './uuid.js';

const oscalVersion = '1.2.1';
const result = '.assessment-results.results[]';
const lists = ['observations', 'findings', 'risks', 'local-definitions', 'local-definitions.inventory-items'];
const expanded: ReadonlySet<string> = new Set([
  '',
  '.assessment-results',
  '.assessment-results.results',
  result,
  ...lists.map((it) => `${result}.${it}`),
]);

/**
 * Assessment results of the Open Security Controls Assessment Language, for tools of governance, risk and compliance: an
 * observation for each policy and outcome, a finding for each policy and control, a risk for each finding and waiver. Every
 * UUID follows from what it names, so that the same results give the same bytes.
 * https://pages.nist.gov/OSCAL/learn/concepts/layer/assessment/assessment-results/
 */
export function oscal(results: Results, { policySet }: ReportOptions = {}): Iterable<string> {
  return jsonPieces({ 'assessment-results': assessmentResults(results, policySet) }, expanded);
}

function assessmentResults(results: Results, policySet: string | undefined): object {
  const { run } = results;
  const uuid = documentUuid(results);
  const plan = uuidOf('plan', uuid);
  return {
    uuid,
    metadata: {
      title: markup(isSample(results) ? `CloudTrail compliance. ${sampleNote}` : 'CloudTrail compliance', 'CloudTrail'),
      'last-modified': run.finishedAt,
      version: run.capturedAt,
      'oscal-version': oscalVersion,
    },
    'import-ap': {
      href: `#${plan}`,
      remarks: 'There is no assessment plan as a document: the policies of the run say what is asked.',
    },
    results: [resultOf(results, uuid, policySet)],
    'back-matter': {
      resources: [
        {
          uuid: plan,
          title: 'Policies as code',
          description: 'What is asked, and how: the policies that the results name, each with its digest.',
          rlinks: [{ href: `${projectUrl}/blob/main/docs/policies/README.md` }],
        },
      ],
    },
  };
}

function resultOf(results: Results, document: string, policySet: string | undefined): object {
  const { run, tool, coverage } = results;
  const names = accountNames(results);
  const frameworks = reviewedFrameworks(results, policySet);
  const component = uuidOf('tool', tool.name, tool.version);
  const open = whatIsOpen(results);
  const items = inventoryItems(results, names);
  const { accounts } = coverage;
  return {
    uuid: uuidOf('result', document),
    title: 'CloudTrail compliance',
    description: markup(
      `Organization: ${describeOrganization(results, names)}. ${accounts.evaluated} of ${accounts.listed} accounts evaluated.`,
      'One run.',
    ),
    start: run.startedAt,
    end: run.finishedAt,
    props: [
      ...property('captured-at', run.capturedAt),
      ...property('source', run.source),
      ...property('caller', run.caller),
      ...property('organization', results.organization?.id),
      ...property('accounts-listed', String(accounts.listed)),
      ...property('accounts-evaluated', String(accounts.evaluated)),
      ...property('accounts-out-of-scope', String(accounts.outOfScope.length)),
      ...property('accounts-unreadable', String(accounts.unreadable.length)),
      ...property('api-calls', String(coverage.apiCalls.total)),
      ...property('is-complete', open === '' ? 'yes' : 'no'),
    ],
    'local-definitions': {
      ...(items.length === 0 ? {} : { 'inventory-items': items }),
      'assessment-assets': {
        components: [
          {
            uuid: component,
            type: 'software',
            title: 'Trailproof',
            description: `Trailproof ${tool.version}, ${projectUrl}`,
            props: [{ name: 'version', value: tool.version }],
            status: { state: 'operational' },
          },
        ],
        'assessment-platforms': [
          { uuid: uuidOf('platform', document), 'uses-components': [{ 'component-uuid': component }] },
        ],
      },
    },
    'reviewed-controls': { 'control-selections': controlSelections(results, frameworks) },
    ...listOf('observations', observations(results, names, document)),
    ...listOf('risks', risks(results, names, document, component)),
    ...listOf('findings', findings(results, frameworks, document)),
    ...(open === '' ? {} : { remarks: markup(`Not complete: ${open}.`, 'Not complete.') }),
  };
}

/** OSCAL has no empty lists. */
function listOf(name: string, items: Iterable<object>): object {
  const list = [...items];
  return list.length === 0 ? {} : { [name]: list };
}

/** Another one for other verdicts, or for the same ones of another run. */
function documentUuid({ run, organization, evaluations, tool }: Results): string {
  const digest = createHash('sha256');
  for (const { fingerprint, outcome, waiver } of evaluations.toSorted(byPlace)) {
    digest.update(JSON.stringify([fingerprint, outcome, waiver?.id]));
  }
  const { startedAt, finishedAt, capturedAt, source, caller } = run;
  const of = [startedAt, finishedAt, capturedAt, source, caller, organization?.id ?? '', tool.version];
  return uuidOf('assessment-results', ...of, digest.digest('hex'));
}
