// What parts of the package weigh in a page: bundled and minified from the packed tarball, gzip bytes. Each has a limit
// for good, and may not grow by more than 5 % above what .ci/bundle-sizes.json records; `npm run sizes` records.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { packed, root } from './packed.mjs';

const all = (names, from = 'tinbergen') => `import { ${names} } from '${from}'; console.log(${names})`;
const parts = {
  'compound alone': [1024, all('compound')],
  'time, accounts and plan': [
    15 * 1024,
    all(
      'compound, grow, growth, averageGrowth, requiredRate, series, rows, aggregate, contribution, deflate, chain, splice, valueAdded, definePlan, about, band',
    ),
  ],
  'with formulas and models': [80 * 1024, all('defineModel, solve, runScenarios, definePlan, about, assess')],
  'simulate and probability': [40 * 1024, all('normal, simulate, probability')],
  'forecast with auto': [40 * 1024, all('auto, forecast')],
  'readPlan of tinbergen/language': [120 * 1024, all('readPlan', 'tinbergen/language')],
  'tinbergen/browser, the one file': [400 * 1024, "export * from 'tinbergen/browser'"],
};
const file = join(root, '.ci', 'bundle-sizes.json');
const recorded = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).bytes : {};
const record = process.argv[2] === 'record';
const { consumer } = packed();
const bytes = {};
const problems = [];
for (const [name, [limit, contents]] of Object.entries(parts)) {
  const result = await build({
    stdin: { contents, resolveDir: consumer },
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    platform: 'browser',
    write: false,
    // Bare imports of parts without side effects are left out, which is the point.
    logOverride: { 'ignored-bare-import': 'silent' },
  });
  const size = gzipSync(result.outputFiles[0].contents).length;
  bytes[name] = size;
  console.log(`bundle: ${name}: ${size} bytes gzip (limit ${limit}, recorded ${recorded[name] ?? 'never'})`);
  if (size > limit) problems.push(`${name} is ${size} bytes, over its limit of ${limit}`);
  if (!record && !(size <= 1.05 * (recorded[name] ?? 0)))
    problems.push(`${name} is ${size} bytes, recorded are ${recorded[name] ?? 'none'}: npm run sizes`);
}
if (problems.length > 0) {
  for (const problem of problems) console.error(`bundle: ${problem}`);
  process.exitCode = 1;
} else if (record) {
  const unit = 'gzip bytes, bundled and minified by esbuild';
  const limits = Object.fromEntries(Object.entries(parts).map(([name, [limit]]) => [name, limit]));
  writeFileSync(file, `${JSON.stringify({ unit, bytes, limits }, null, 2)}\n`);
}
