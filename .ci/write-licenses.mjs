// THIRD_PARTY_LICENSES: the licence texts of what the published files contain. Run by the build.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const bundled = [
  'mathjs',
  'typed-function',
  'decimal.js',
  'd3-array',
  'internmap',
  'd3-dsv',
  'zod',
  'commander',
  'cli-table3',
  'string-width',
  'strip-ansi',
  'ansi-regex',
  'emoji-regex',
  'is-fullwidth-code-point',
  'hucre',
  '@observablehq/plot',
  'd3',
  'd3-axis',
  'd3-color',
  'd3-format',
  'd3-geo',
  'd3-interpolate',
  'd3-path',
  'd3-scale',
  'd3-scale-chromatic',
  'd3-selection',
  'd3-shape',
  'd3-time',
  'd3-time-format',
  'isoformat',
];
const allowed = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause', '(MIT OR CC0-1.0)']);
const parts = bundled.flatMap((name) => {
  const folder = join('node_modules', name);
  if (!existsSync(folder)) return [];
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!allowed.has(license))
    throw new Error(`${name} ${version}: the licence ${license} is not on the list of compatible ones`);
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  return [
    `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}\n`,
  ];
});
writeFileSync(
  'THIRD_PARTY_LICENSES',
  `The files in dist contain code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`,
);
