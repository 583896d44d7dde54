import { linearRegression } from 'simple-statistics';
import { bench, describe } from 'vitest';
import { series } from '../src/index.ts';
import { estimate } from '../src/model/estimate.ts';
import { readMdl } from '../src/model/mdl.ts';

// One regressor over 120 quarters: what a general least squares costs beside the closed form of a line, which has no
// errors, no covariance and no history to look up.
const points = Array.from({ length: 120 }, (_, t) => [t + Math.sin(t), 3 + 2 * t + Math.cos(5 * t)]);
const line = { equations: ['y = a + b * x'], parameters: { a: 0, b: 0 } };
const history = {
  x: series(
    '1990-Q1',
    points.map(([x]) => x!),
  ),
  y: series(
    '1990-Q1',
    points.map(([, y]) => y!),
  ),
};

describe('one equation, 120 quarters', () => {
  bench('estimate', () => {
    if (!(estimate(line, history).equations[0]!.r2 > 0.9)) throw new Error('wrong');
  });
  bench('simple-statistics, a line alone', () => {
    if (!(linearRegression(points).m > 1)) throw new Error('wrong');
  });
});

function text(n: number): string {
  const equations = Array.from({ length: n }, (_, k) => {
    const eq = `TSDELTALOG(v${k}) = c${k} + d${k} * (LOG(TSLAG(x,4)) - LOG(TSLAG(v${k},1))) + 0.5 * TSDELTALOG(x,2)`;
    return `COMMENT> Variable ${k}\nBEHAVIORAL> v${k}\nTSRANGE 1990 1 2015 4\nEQ> ${eq}\nCOEFF> c${k} d${k}\n`;
  });
  return `MODEL\n${equations.join('\n')}\nEND`;
}

// The ratios say whether reading is linear: ten times the text, ten times the time.
const texts = [280, 2800].map((n) => [n, text(n)] as const);
describe('reading MDL', () => {
  for (const [n, mdl] of texts) {
    bench(`${n} equations`, () => {
      if (readMdl(mdl).equations.length !== n) throw new Error('wrong');
    });
  }
});
