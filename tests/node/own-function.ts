import process from 'node:process';

/** An economist's own function, as a module that threads and other machines import. */
export function growthOfGdp({
  industry,
  services,
}: {
  readonly industry: number;
  readonly services: number;
}): number {
  return 0.55 * industry + 0.45 * services;
}

/** The same, at some 30 microseconds a point, so that a run takes its time. */
export function slowGrowthOfGdp(point: { readonly industry: number; readonly services: number }): number {
  let sum = 0;
  for (let i = 0; i < 3000; i++) sum += Math.sqrt(i + point.industry);
  return growthOfGdp(point) + 0 * sum;
}

/** Never ends within a test. */
export function endless(): number {
  for (;;) Math.sqrt(2);
}

/** Ends the thread it runs in. */
export function crash(): number {
  return process.exit(3);
}

export function throws(): number {
  throw new TypeError('no such year');
}

/** An outcome, columns in and columns out. */
export const outcomeOfGdp = {
  factors: ['industry', 'services'],
  outputs: ['gdp'],
  evaluate: (points: Readonly<Record<string, Float64Array>>, count: number) => ({
    gdp: Float64Array.from({ length: count }, (_, i) =>
      growthOfGdp({ industry: points.industry![i]!, services: points.services![i]! }),
    ),
  }),
};
