// The packed tarball under each supported release of Node, taken from npm into a temporary folder. Not part of the
// tests: it needs the registry. `node .ci/check-nodes.mjs`, or with the majors wanted: `node .ci/check-nodes.mjs 22 26`
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packed } from './packed.mjs';

const majors = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];
const { work, consumer } = packed();
const nodes = join(work, 'nodes');
// From Node 20.19 on CommonJS may require what is published as ES modules only.
const smokeOfRequire =
  "if (typeof require('tinbergen/node').simulateParallel !== 'function') throw new Error('none');";
let failed = false;
for (const major of majors) {
  const folder = join(nodes, major);
  const install = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', `node-linux-${process.arch}@${major}`],
    { cwd: work, encoding: 'utf8' },
  );
  const node = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (install.status !== 0 || !existsSync(node)) {
    const why = /npm error (?!code)(.*)/.exec(install.stderr)?.[1] ?? 'no program in the package';
    console.log(`node ${major}: could not be had (${why})`);
    continue;
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const tool = join(consumer, 'node_modules', 'tinbergen', 'dist', 'cli.js');
  const seed = join(consumer, 'node_modules', 'tinbergen', 'seeds', 'lvyuan-2014.json');
  writeFileSync(join(consumer, 'required.cjs'), smokeOfRequire);
  const results = [['run.mjs'], ['run.cjs'], ['required.cjs'], [tool, 'plan', seed]].map((args) => {
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: consumer, encoding: 'utf8' });
    // What a release says on standard error (a deprecation, an experiment) is something a user sees.
    return { ok: status === 0 && stderr === '', args, stdout, stderr };
  });
  const bad = results.filter(({ ok }) => !ok);
  failed ||= bad.length > 0;
  console.log(
    `node ${version}: ${bad.length === 0 ? 'runs modules, CommonJS, threads and the command line' : 'FAILS'}`,
  );
  for (const { args, stderr } of bad) console.log(`  ${args.join(' ')}: ${stderr.trim().slice(0, 600)}`);
}
process.exitCode = failed ? 1 : 0;
