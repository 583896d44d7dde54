import { bench, describe } from 'vitest';
import { balance } from '../src/accounts/balance.ts';
import { ras } from '../src/accounts/ras.ts';

// 900 cells to 30 row and 30 column totals: a system of 59 prices in place of one of 900 cells.
const size = 30;
const table = Array.from({ length: size }, (_, i) =>
  Array.from({ length: size }, (_, j) => 10 + ((i * 31 + j * 17) % 23)),
);
const rows = table.map((row, i) => row.reduce((sum, v) => sum + v, 0) * (1 + ((i % 5) - 2) / 50));
const all = rows.reduce((sum, v) => sum + v, 0);
const given = table.flat().reduce((sum, v) => sum + v, 0);
const columns = Array.from(
  { length: size },
  (_, j) => (table.reduce((sum, row) => sum + row[j]!, 0) * all) / given,
);

describe('900 cells to 60 totals', () => {
  bench('balance, the table', () => {
    balance(table, { rows, columns });
  });
  bench('ras', () => {
    ras(table, { rows, columns });
  });
  const items = Object.fromEntries(table.flatMap((row, i) => row.map((v, j) => [`c${i}_${j}`, v])));
  const name = (i: number, j: number) => `c${i}_${j}`;
  const identities = [
    ...rows.map((r, i) => ({
      name: `row ${i}`,
      terms: Object.fromEntries(columns.map((_, j) => [name(i, j), 1])),
      equals: r,
    })),
    ...columns.map((c, j) => ({
      name: `column ${j}`,
      terms: Object.fromEntries(rows.map((_, i) => [name(i, j), 1])),
      equals: c,
    })),
  ];
  bench('balance, as items and identities', () => {
    balance(items, { identities });
  });
});
