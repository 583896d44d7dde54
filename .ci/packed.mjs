// The package as a user gets it: packed, and installed by npm into an empty project. Removed when the program ends.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

/** Run a command to its end; one that fails ends this program with what it said. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  if (result.status !== 0) {
    console.error(`${command} ${args.join(' ')}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
    process.exit(1);
  }
  return result.stdout;
}

/** Subpaths of the package that have types: those for both module systems, and those that are ES modules only. */
export function entryPoints() {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths = Object.entries(exports).filter(([, to]) => typeof to === 'object');
  const both = paths.filter(([, to]) => to.require !== undefined).map(([path]) => path);
  return { both, esmOnly: paths.map(([path]) => path).filter((path) => !both.includes(path)) };
}

/** Pack the built package and install it beside the files of .ci/consumer. */
export function packed() {
  const work = mkdtempSync(join(tmpdir(), 'tinbergen-package-'));
  process.on('exit', () => rmSync(work, { recursive: true, force: true }));
  const [{ filename, size, unpackedSize }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work]),
  );
  const tarball = join(work, filename);
  const consumer = join(work, 'consumer');
  cpSync(join(root, '.ci', 'consumer'), consumer, { recursive: true });
  // Offline: the package has no dependency that would have to be fetched.
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', tarball], {
    cwd: consumer,
  });
  return { work, tarball, consumer, size, unpackedSize };
}
