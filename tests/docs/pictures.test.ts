import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pictures } from '../../docs/pictures.ts';
import { refresh } from '../support/snippets.ts';

const drawn = Object.entries(pictures());

it.each(drawn)('%s.svg shows what the library gives', (name, svg) => {
  const file = new URL(`../../docs/pictures/${name}.svg`, import.meta.url);
  if (refresh) writeFileSync(file, svg);
  else expect(readFileSync(file, 'utf8')).toBe(svg);
});
