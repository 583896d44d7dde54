// The script of the explorer's page as one text, bundled from source: by the package's build, which puts it into the
// package, and by a checkout, which has no built one.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @returns {Promise<{ code: string, hash: string }>} the script, and its SHA-256 in base64 */
export async function bundleExplorer() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../report/explorer-app/main.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    // So that the text is the same bytes however a file of it is read.
    charset: 'ascii',
    legalComments: 'none',
    write: false,
  });
  // In a script element nothing else than its end may look like it.
  const code = outputFiles[0].text
    .trimEnd()
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--');
  return { code, hash: createHash('sha256').update(code).digest('base64') };
}
