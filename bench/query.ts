// npm run bench:query: what it takes to say all shipped policies on events in the words of each engine, as a table.
import { loadPolicies } from '../src/policy/index.js';
import { paramsObject } from '../src/policy/index.js';
import { activityQuery, queryEngines, type QueryEngine } from '../src/query/index.js';
import { packageFile, readPackageJson } from '../src/package-file.js';
import { viewFunctions } from '../src/view/index.js';

const { policies } = loadPolicies({
  builtin: packageFile('policies'),
  folders: [],
  packs: ['activity'],
  functions: viewFunctions,
  viewSchema: readPackageJson('schema/view.v1.json'),
  withoutTests: true,
});

function say(engine: QueryEngine): number {
  let size = 0;
  for (const { id, activity, params, document } of policies) {
    if (activity === undefined) continue;
    const policy = { id, title: document.title, activity, params: paramsObject(params), place: () => 'policy.yaml:1' };
    size += activityQuery(policy, engine).text?.length ?? 0;
  }
  return size;
}

console.log(`| engine | ${policies.length} policies the first time, CPU ms | again, CPU ms | characters |`);
console.log('| --- | ---: | ---: | ---: |');
for (const engine of queryEngines) {
  const [first, size] = measured(engine, 1);
  const [again] = measured(engine, 20);
  console.log(`| ${engine} | ${first.toFixed(1)} | ${again.toFixed(1)} | ${size} |`);
}

function measured(engine: QueryEngine, times: number): readonly [milliseconds: number, size: number] {
  const before = process.cpuUsage();
  let size = 0;
  for (let time = 0; time < times; time += 1) size = say(engine);
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000 / times, size];
}
