// Licences: of the packages whose code is in dist (their texts must stand in THIRD_PARTY_LICENSES), and of the optional
// peers with everything that installing them brings. Each must go with MIT.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, goesWithMit } from './bundled.mjs';
import { root } from './packed.mjs';

const problems = [];
const check = (name, version, licence, why) => {
  if (!goesWithMit(licence)) problems.push(`${name} ${version} (${why}): licence ${licence ?? 'not stated'}`);
};

const bundled = await bundledPackages();
const texts = readFileSync(join(root, 'THIRD_PARTY_LICENSES'), 'utf8');
for (const { name, version, license } of bundled) {
  check(name, version, license, 'bundled');
  if (!texts.includes(`\n${name} ${version} (${license})\n`))
    problems.push(`${name} ${version} is bundled and not in THIRD_PARTY_LICENSES: npm run build`);
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const { dependencies = {}, peerDependencies = {} } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const brought = withDependencies(Object.keys({ ...dependencies, ...peerDependencies }));
for (const path of brought) check(path, packages[path].version, packages[path].license, 'a peer brings it');

if (problems.length > 0) {
  for (const problem of problems) console.error(`licences: ${problem}`);
  process.exitCode = 1;
} else {
  const kinds = new Set([...bundled.map((p) => p.license), ...brought.map((path) => packages[path].license)]);
  console.log(
    `licences: ${bundled.length} bundled packages and ${brought.length} that the optional peers bring (${[...kinds].join(', ')})`,
  );
}

/** Places in the lock file of packages and of all that they need, found as Node finds them. */
function withDependencies(wanted) {
  const found = new Set();
  const visit = (name, from) => {
    const path = placeOf(name, from);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const entry = packages[path];
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      visit(next, path);
  };
  for (const name of wanted) visit(name, '');
  return [...found];
}

function placeOf(name, from) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (packages[path] !== undefined) return path;
  if (from === '') return undefined;
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}
