import { defineConfig } from 'tsup';

const dts = { compilerOptions: { ignoreDeprecations: '6.0' } };

export default defineConfig([
  {
    // What carries a library stands in a chunk of its own, which bundlers drop where it is not used.
    entry: {
      index: 'src/index.ts',
      presets: 'src/presets/index.ts',
      language: 'src/language/index.ts',
      mathjs: 'src/formula/mathjs.ts',
      'plan-file': 'src/data/plan-file.ts',
      csv: 'src/data/csv.ts',
    },
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: {
      ...dts,
      entry: { index: 'src/index.ts', presets: 'src/presets/index.ts', language: 'src/language/index.ts' },
    },
    splitting: true,
    treeshake: true,
    sourcemap: false,
    // Bundled so that the package installs with no runtime dependency and imports fast: see ARCHITECTURE.md.
    noExternal: [/.*/],
  },
  {
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    noExternal: [/.*/],
    // Bundled CommonJS packages of the command line call require for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  },
]);
