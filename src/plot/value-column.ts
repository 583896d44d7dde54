import * as Plot from '@observablehq/plot';
import { textWidth } from './text.ts';
import { sizes } from './theme.ts';

/** Values in words at the right of a chart of rows, and the margin that they take there. */
export interface ValueColumn {
  readonly mark: Plot.Markish;
  readonly right: number;
}

/** @param texts one for each row, from the top */
export function valueColumn(texts: readonly string[]): ValueColumn {
  return {
    mark: Plot.text([...texts], {
      y: (_: string, i: number) => i,
      text: (d: string) => d,
      frameAnchor: 'right',
      textAnchor: 'start',
      dx: 10,
      fontSize: sizes.small,
    }),
    right: Math.ceil(Math.max(...texts.map((text) => textWidth(text, sizes.small)))) + 18,
  };
}
