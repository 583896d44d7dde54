import { defineConfig } from 'tsup';
import type { Options } from 'tsup';
import { bundleExplorer } from './src/cli/explorer-from-source.mjs';

// The script of the explorer's page is a bundle of its own, which its module then holds as text.
const explorerScript: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'explorer-script',
  setup(build) {
    build.onLoad({ filter: /[\\/]explorer-script\.ts$/ }, async () => ({
      contents: `export const builtScript = ${JSON.stringify(await bundleExplorer())};`,
    }));
  },
};
// The command line takes it from the file that the report has it in.
const explorerScriptOutside: typeof explorerScript = {
  name: 'explorer-script-outside',
  setup(build) {
    build.onResolve({ filter: /[\\/]explorer-script\.ts$/ }, () => ({
      path: './explorer-script.js',
      external: true,
    }));
  },
};

const dts = { compilerOptions: { ignoreDeprecations: '6.0' } };

export default defineConfig([
  {
    // What carries a library stands in a chunk of its own, which bundlers drop where it is not used.
    entry: {
      index: 'src/index.ts',
      presets: 'src/presets/index.ts',
      language: 'src/language/index.ts',
      excel: 'src/excel/index.ts',
      report: 'src/report/index.ts',
      mathjs: 'src/formula/mathjs.ts',
      'plan-file': 'src/data/plan-file.ts',
      csv: 'src/data/csv.ts',
      'explorer-script': 'src/report/explorer-script.ts',
    },
    esbuildPlugins: [explorerScript],
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: {
      ...dts,
      entry: {
        index: 'src/index.ts',
        presets: 'src/presets/index.ts',
        language: 'src/language/index.ts',
        excel: 'src/excel/index.ts',
        report: 'src/report/index.ts',
      },
    },
    splitting: true,
    treeshake: true,
    sourcemap: false,
    // Bundled so that the package installs with no runtime dependency and imports fast: see ARCHITECTURE.md.
    noExternal: [/.*/],
  },
  {
    // Marks go into the reader's own Observable Plot, which is an optional peer; it is ES modules only, as this is.
    entry: { plot: 'src/plot/index.ts' },
    format: ['esm'],
    target: 'es2022',
    dts: { ...dts, entry: { plot: 'src/plot/index.ts' } },
    treeshake: true,
    noExternal: [/^(?!@observablehq\/plot)/],
  },
  {
    // Parquet is read by the reader's own hyparquet, an optional peer; it is ES modules only, as this is.
    entry: { parquet: 'src/parquet/index.ts' },
    format: ['esm'],
    target: 'es2022',
    dts: { ...dts, entry: { parquet: 'src/parquet/index.ts' } },
    treeshake: true,
    noExternal: [/^(?!hyparquet)/],
  },
  {
    // Threads and queue processors are files of their own, found beside the code that starts them; ES modules only.
    entry: {
      node: 'src/node/index.ts',
      thread: 'src/node/thread.ts',
      cluster: 'src/cluster/index.ts',
      processor: 'src/cluster/processor.ts',
      cli: 'src/cli/main.ts',
    },
    esbuildPlugins: [explorerScriptOutside],
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    splitting: true,
    dts: { ...dts, entry: { node: 'src/node/index.ts', cluster: 'src/cluster/index.ts' } },
    // bullmq and ioredis are optional peers.
    noExternal: [/^(?!bullmq|ioredis)/],
    // Bundled CommonJS packages of the command line call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  },
]);
