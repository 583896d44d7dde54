// The public surface of each entry point as text in .ci/api: fails when a name, a type or a signature of the built
// package differs from it. `npm run api` writes it anew; the difference then stands in the commit.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { entryPoints, root } from './packed.mjs';

const write = process.argv[2] === 'write';
const reports = join(root, '.ci', 'api');
const fresh = mkdtempSync(join(tmpdir(), 'tinbergen-api-'));
process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));
mkdirSync(reports, { recursive: true });

const { both, esmOnly } = entryPoints();
// The one file for browsers holds what three other entries hold.
const names = [...both, ...esmOnly]
  .map((path) => (path === '.' ? 'index' : path.slice(2)))
  .filter((name) => name !== 'browser');
const fileOf = (name) => `${name}.api.md`;
for (const name of names) extract(name);

const gone = readdirSync(reports).filter((file) => !names.some((name) => fileOf(name) === file));
const changed = names.filter((name) => textIn(reports, name) !== textIn(fresh, name));
if (write) {
  for (const file of gone) rmSync(join(reports, file));
  console.log(`api: ${names.length} entry points written to .ci/api`);
} else if (changed.length + gone.length > 0) {
  for (const name of changed)
    console.error(
      spawnSync('diff', ['-u', join(reports, fileOf(name)), join(fresh, fileOf(name))], { encoding: 'utf8' })
        .stdout.split('\n')
        .slice(0, 60)
        .join('\n'),
    );
  for (const file of gone) console.error(`.ci/api/${file} is of no entry point`);
  console.error('api: the public surface changed. If that is meant: npm run api, and say it in CHANGELOG.md');
  process.exitCode = 1;
} else console.log(`api: the surface of ${names.length} entry points is as recorded`);

function textIn(folder, name) {
  const file = join(folder, fileOf(name));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function extract(name) {
  const entry = join(root, 'dist', `${name}.d.ts`);
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2023', 'dom'],
            module: 'esnext',
            moduleResolution: 'bundler',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          files: [entry],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: fileOf(name),
        reportFolder: write ? reports : fresh,
        reportTempFolder: fresh,
        // Types that signatures need and no entry exports stand in the report of the core, once.
        includeForgottenExports: name === 'index',
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
        compilerMessageReporting: { default: { logLevel: 'error' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const result = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (!result.succeeded) throw new Error(`api: ${name} could not be read`);
}
