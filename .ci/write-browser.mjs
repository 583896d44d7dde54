// dist/browser.js: the core, the presets and the reader of plan texts in one minified file, for a page that has no build
// step. Made of the built entries, so that it holds what they hold. Run by the build.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const parts = ['index', 'presets', 'language'];
const all = (extension) => parts.map((part) => `export * from './${part}${extension}';\n`).join('');
await build({
  stdin: { contents: all('.js'), resolveDir: 'dist' },
  outfile: 'dist/browser.js',
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  // Module scripts are always read as UTF-8.
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'error',
  banner: {
    js: '/* tinbergen, MIT. Bundled packages and their licences: THIRD_PARTY_LICENSES beside package.json. */',
  },
});
writeFileSync('dist/browser.d.ts', all('.js'));
