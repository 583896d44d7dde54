import { defineConfig } from 'tsup';

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
    },
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
