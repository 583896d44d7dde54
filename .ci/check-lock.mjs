// Every optional dependency of the lock file has its own entry (else `npm ci` fails on another platform), and no
// entry carries a download address.
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const names = new Set(
  Object.keys(lock.packages).map((path) =>
    path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  ),
);
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !names.has(name))
    .map((name) => `${path}: ${name}`),
);
const addresses = Object.entries(lock.packages)
  .filter(([, entry]) => typeof entry.resolved === 'string' && /^https?:/.test(entry.resolved))
  .map(([path]) => path);
if (missing.length + addresses.length > 0) {
  console.error(
    [
      ...missing.map((m) => `lock file: no entry for the optional dependency ${m}`),
      ...addresses.map((a) => `lock file: a download address at ${a}`),
    ].join('\n'),
  );
  process.exit(1);
}
console.log(`lock file: ${names.size} packages, all optional dependencies present, no download address`);
