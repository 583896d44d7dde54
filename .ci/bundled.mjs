// Which packages have code in dist: the entries are built as tsup builds them, and the bundler says what went in.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { register } from 'tsx/esm/api';

const root = resolve(import.meta.dirname, '..');

/** Licences that a package under MIT may carry along, the texts beside it. */
const permissive = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
]);

/** Whether a licence goes with MIT: of a choice one must, of a sum all. */
export function goesWithMit(licence) {
  if (typeof licence !== 'string') return false;
  const inner = licence.replace(/^\((.*)\)$/, '$1');
  if (inner.includes(' OR ')) return inner.split(' OR ').some(goesWithMit);
  return inner.split(' AND ').every((part) => permissive.has(part));
}

/** Name, version, licence and folder of each package of which code is in dist, by name. */
export async function bundledPackages() {
  const unregister = register();
  const { default: configs } = await import('../tsup.config.ts');
  await unregister();
  const { peerDependencies = {} } = manifestOf(root);
  const folders = new Set();
  for (const { entry, noExternal, platform = 'browser', esbuildPlugins = [] } of configs) {
    const { metafile } = await build({
      entryPoints: Object.values(entry),
      absWorkingDir: root,
      outdir: 'unwritten',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform,
      plugins: esbuildPlugins,
      write: false,
      metafile: true,
      logLevel: 'error',
      external: Object.keys(peerDependencies).filter((name) => !noExternal.some((rule) => rule.test(name))),
    });
    for (const { inputs } of Object.values(metafile.outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
        if (folder !== undefined && bytesInOutput > 0) folders.add(join(root, folder));
      }
  }
  return [...folders]
    .map((folder) => {
      const { name, version, license } = manifestOf(folder);
      return { name, version, license, folder };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
