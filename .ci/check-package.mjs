// Packs the built package, checks its exports and types, installs the tarball in fresh projects, compiles and runs
// there, and measures how long the import takes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { entryPoints, packed, root, run } from './packed.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const { tarball, consumer, size, unpackedSize } = packed();
console.log(`packed: ${Math.round(size / 1024)} kB (${Math.round(unpackedSize / 1024)} kB unpacked)`);

run(bin('publint'), ['run', tarball, '--strict']);
console.log('publint: clean');
const { both, esmOnly } = entryPoints();
run(bin('attw'), [tarball, '--profile', 'node16', '--entrypoints', ...both]);
run(bin('attw'), [tarball, '--profile', 'esm-only', '--entrypoints', ...esmOnly]);
console.log(`attw: clean for ${both.join(' ')}, and as ES modules for ${esmOnly.join(' ')}`);

const manifest = JSON.parse(
  readFileSync(join(consumer, 'node_modules', 'tinbergen', 'package.json'), 'utf8'),
);
if (Object.keys(manifest.dependencies ?? {}).length > 0)
  throw new Error('the package has runtime dependencies');
for (const config of ['nodenext', 'bundler', 'commonjs'])
  compile(config, 'compiles with skipLibCheck off, without the optional peers');
for (const file of ['run.mjs', 'run.cjs'])
  console.log(`run: ${file}: ${run(process.execPath, [file], { cwd: consumer }).trim()}`);
await readmeProgram();
const seed = join('node_modules', 'tinbergen', 'seeds', 'lvyuan-2014.json');
const study = run(join(consumer, 'node_modules', '.bin', 'tinbergen'), ['plan', seed], { cwd: consumer });
if (!study.includes('Two-engine frontier'))
  throw new Error('the command line of the packed package did not print the study');
console.log('command line: runs from the packed package');

// Processor time, which other work on the machine hardly changes; one process and the other in turn.
const milliseconds = (code) => {
  const told = `${code}; const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', told], { cwd: consumer, encoding: 'utf8' }),
  );
};
const pairs = Array.from({ length: 11 }, () => [milliseconds(''), milliseconds("import 'tinbergen'")]);
const median = (k) => pairs.map((pair) => pair[k]).toSorted((x, y) => x - y)[5];
console.log(`import: ${(median(1) - median(0)).toFixed(0)} ms above an empty process (median of 11; aim 60)`);

for (const peer of Object.keys(manifest.peerDependencies ?? {})) {
  const place = join(consumer, 'node_modules', peer);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(root, 'node_modules', peer), place);
}
compile('peers', 'compiles with the optional peers, threads and the DOM');
console.log(`run: peers.mjs: ${run(process.execPath, ['peers.mjs'], { cwd: consumer }).trim()}`);

// The README's program as a reader types it into a project of their own.
async function readmeProgram() {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  writeFileSync(join(consumer, 'readme.ts'), program);
  compile('readme', "compiles the README's program");
  const { code } = await transform(program, { loader: 'ts', format: 'esm' });
  writeFileSync(join(consumer, 'readme.mjs'), code);
  const printed = run(process.execPath, ['readme.mjs'], { cwd: consumer });
  if (!printed.includes('GDP growth of about 12 %'))
    throw new Error("the README's program printed no targets");
  console.log("run: the README's program prints its targets");
}

function compile(config, what) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  run(process.execPath, [tsc, '-p', `tsconfig.${config}.json`], { cwd: consumer });
  console.log(`types: ${config} ${what}`);
}
