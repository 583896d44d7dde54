// THIRD_PARTY_LICENSES: the licence texts of what the published files contain. Run by the build.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, goesWithMit } from './bundled.mjs';

const parts = (await bundledPackages()).map(({ name, version, license, folder }) => {
  if (!goesWithMit(license))
    throw new Error(`${name} ${version}: the licence ${license} is not on the list of compatible ones`);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) throw new Error(`${name} ${version}: no licence text in its folder`);
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
});
writeFileSync(
  'THIRD_PARTY_LICENSES',
  `The files in dist contain code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`,
);
