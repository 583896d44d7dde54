// Where China's growth of 2019 came from: constant-price levels of sectors (National Bureau of Statistics).
import { contribution } from '../src/index.ts';

const levels2018 = { primary: 64192.5, secondary: 334106.6, tertiary: 442003.5 };
const levels2019 = { primary: 66161.1, secondary: 352992.5, tertiary: 472492.5 };
const { growth, parts } = contribution(levels2018, levels2019);
console.log(`growth ${(100 * growth).toFixed(2)} %`);
console.table(
  parts.map(({ part, share, pull, contribution: c }) => ({
    sector: part,
    'share %': 100 * share,
    'pull pp': 100 * pull,
    'contribution %': 100 * c,
  })),
);
