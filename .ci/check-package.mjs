// Packs the built package, checks its exports and types, installs the tarball in fresh projects, compiles and runs
// there, and measures size and import time.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const run = (command, args, options = {}) => {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  if (result.status !== 0) {
    console.error(`${command} ${args.join(' ')}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
    process.exit(1);
  }
  return result.stdout;
};

const work = mkdtempSync(join(tmpdir(), 'tinbergen-package-'));
try {
  const [{ filename, size, unpackedSize }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work]),
  );
  const tarball = join(work, filename);
  console.log(
    `packed: ${filename}, ${Math.round(size / 1024)} kB (${Math.round(unpackedSize / 1024)} kB unpacked)`,
  );
  run(bin('publint'), ['run', tarball, '--strict']);
  console.log('publint: clean');
  run(bin('attw'), [
    tarball,
    '--profile',
    'node16',
    '--exclude-entrypoints',
    'plan.schema.json',
    'seeds/*',
    'node',
    'cluster',
    'plot',
  ]);
  console.log('attw: clean');

  const consumer = join(work, 'consumer');
  cpSync(join(root, '.ci', 'consumer'), consumer, { recursive: true });
  mkdirSync(join(consumer, 'node_modules'), { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', join(consumer, 'node_modules')]);
  execFileSync('mv', [
    join(consumer, 'node_modules', 'package'),
    join(consumer, 'node_modules', 'tinbergen'),
  ]);
  const manifest = JSON.parse(
    readFileSync(join(consumer, 'node_modules', 'tinbergen', 'package.json'), 'utf8'),
  );
  if (Object.keys(manifest.dependencies ?? {}).length > 0)
    throw new Error('the package has runtime dependencies');
  for (const config of ['nodenext', 'bundler', 'commonjs']) {
    run(
      process.execPath,
      [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', `tsconfig.${config}.json`],
      { cwd: consumer },
    );
    console.log(`types: ${config} compiles with skipLibCheck off`);
  }
  for (const file of ['run.mjs', 'run.cjs'])
    console.log(`run: ${file}: ${run(process.execPath, [file], { cwd: consumer }).trim()}`);
  const cli = run(
    process.execPath,
    [
      join(consumer, 'node_modules', 'tinbergen', 'dist', 'cli.js'),
      'plan',
      join(consumer, 'node_modules', 'tinbergen', 'seeds', 'lvyuan-2014.json'),
    ],
    { cwd: consumer },
  );
  if (!cli.includes('Two-engine frontier'))
    throw new Error('the command line of the packed package did not print the study');
  console.log('command line: runs from the packed package');

  const time = (code) => {
    const samples = Array.from({ length: 9 }, () => {
      const start = performance.now();
      execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: consumer });
      return performance.now() - start;
    });
    return samples.toSorted((a, b) => a - b)[4];
  };
  const [empty, core] = [time(''), time("import 'tinbergen'")];
  console.log(`import: ${(core - empty).toFixed(0)} ms above an empty process (median of 9)`);

  const { build } = await import('esbuild');
  const sizeOf = async (code) => {
    const result = await build({
      stdin: { contents: code, resolveDir: consumer },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      platform: 'browser',
    });
    return gzipSync(result.outputFiles[0].contents).length;
  };
  const bundles = {
    'compound alone': ["import { compound } from 'tinbergen'; console.log(compound(1, '1%', 2))", 1024],
    'time, accounts and plan': [
      "import { compound, grow, growth, averageGrowth, requiredRate, series, rows, aggregate, contribution, deflate, chain, splice, valueAdded, definePlan, about, band } from 'tinbergen'; console.log(compound, grow, growth, averageGrowth, requiredRate, series, rows, aggregate, contribution, deflate, chain, splice, valueAdded, definePlan, about, band)",
      15 * 1024,
    ],
    'with formulas and models': [
      "import { defineModel, solve, runScenarios, definePlan, about, assess } from 'tinbergen'; console.log(defineModel, solve, runScenarios, definePlan, about, assess)",
      80 * 1024,
    ],
  };
  for (const [name, [code, limit]] of Object.entries(bundles)) {
    const bytes = await sizeOf(code);
    console.log(`bundle: ${name}: ${bytes} bytes gzip (limit ${limit})`);
    if (bytes > limit) throw new Error(`${name} is ${bytes} bytes, over its limit of ${limit}`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
