/** What a minimiser found. `converged` is false when it ran out of iterations; `x` is then the best point seen. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * A smooth function of several numbers: it returns the value and writes its gradient into `gradient`.
 * Outside its domain it returns Infinity (the gradient is then not read).
 */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

/**
 * Minimise a smooth function by BFGS with a backtracking line search (Nocedal and Wright 2006, section 6.1).
 *
 * The function may return Infinity outside its domain: the step is then halved.
 *
 * @param f value and gradient
 * @param start where to begin; not changed
 * @param options `iterations` at most (defaults to 200); `tolerance` on the relative decrease (defaults to 1e-10);
 *   `firstStep` the length of the first step (defaults to 0.1)
 * @example bfgs((x, g) => ((g[0] = 2 * (x[0] - 3)), (x[0] - 3) ** 2), [0]).x[0] // 3
 */
export function bfgs(
  f: Smooth,
  start: ArrayLike<number>,
  options: { readonly iterations?: number; readonly tolerance?: number; readonly firstStep?: number } = {},
): Minimum {
  const { iterations: most = 200, tolerance = 1e-10, firstStep = 0.1 } = options;
  const k = start.length;
  let x = Float64Array.from(start);
  let g = new Float64Array(k);
  let value = f(x, g);
  if (!Number.isFinite(value) || k === 0) return { x, value, iterations: 0, converged: k === 0 };
  const inverse = new Float64Array(k * k);
  const direction = new Float64Array(k);
  const change = new Float64Array(k);
  const image = new Float64Array(k);
  let next = new Float64Array(k);
  let nextG = new Float64Array(k);
  let fresh = true;
  let quiet = 0;
  let iteration = 0;
  for (; iteration < most; iteration++) {
    if (fresh) {
      const length = Math.hypot(...g);
      if (length === 0) return { x, value, iterations: iteration, converged: true };
      inverse.fill(0);
      for (let i = 0; i < k; i++) inverse[i * k + i] = firstStep / length;
    }
    let slope = 0;
    for (let i = 0; i < k; i++) {
      let d = 0;
      for (let j = 0; j < k; j++) d -= inverse[i * k + j]! * g[j]!;
      direction[i] = d;
      slope += d * g[i]!;
    }
    if (!(slope < 0)) {
      if (fresh) break;
      fresh = true;
      continue;
    }
    let step = 1;
    let nextValue = Infinity;
    for (let tries = 0; tries < 40; tries++) {
      for (let i = 0; i < k; i++) next[i] = x[i]! + step * direction[i]!;
      nextValue = f(next, nextG);
      if (nextValue <= value + 1e-4 * step * slope) break;
      // The minimum of the parabola through what is known, kept within a tenth and a half of the step.
      const parabola = Number.isFinite(nextValue)
        ? (-slope * step * step) / (2 * (nextValue - value - slope * step))
        : 0;
      step = Math.min(0.5 * step, Math.max(0.1 * step, parabola));
      nextValue = Infinity;
    }
    if (nextValue === Infinity) {
      if (fresh) break;
      fresh = true;
      continue;
    }
    let curvature = 0;
    for (let i = 0; i < k; i++) {
      change[i] = next[i]! - x[i]!;
      direction[i] = nextG[i]! - g[i]!;
      curvature += change[i]! * direction[i]!;
    }
    const decrease = value - nextValue;
    [x, next] = [next, x];
    [g, nextG] = [nextG, g];
    value = nextValue;
    quiet = decrease <= tolerance * (Math.abs(value) + tolerance) ? quiet + 1 : 0;
    if (quiet >= 2) return { x, value, iterations: iteration + 1, converged: true };
    if (curvature <= 1e-14) {
      fresh = true;
      continue;
    }
    let quadratic = 0;
    if (fresh) {
      // Scale the first inverse Hessian by the curvature just seen (Nocedal and Wright, equation 6.20).
      let yy = 0;
      for (let i = 0; i < k; i++) yy += direction[i]! ** 2;
      inverse.fill(0);
      for (let i = 0; i < k; i++) inverse[i * k + i] = curvature / yy;
      fresh = false;
    }
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += inverse[i * k + j]! * direction[j]!;
      image[i] = sum;
      quadratic += sum * direction[i]!;
    }
    const outer = (1 + quadratic / curvature) / curvature;
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const cross = image[i]! * change[j]! + change[i]! * image[j]!;
        inverse[i * k + j] = inverse[i * k + j]! + outer * change[i]! * change[j]! - cross / curvature;
      }
    }
  }
  return { x, value, iterations: iteration, converged: iteration < most };
}

/**
 * Give a function its gradient by differences, for use with `bfgs`.
 *
 * @param f a function of several numbers
 * @param step of the difference to each side, defaults to 1e-5
 * @param oneSided forward instead of central differences: half the work, for a rough search
 */
export function withGradient(f: (x: Float64Array) => number, step = 1e-5, oneSided = false): Smooth {
  return (x, gradient) => {
    const value = f(x);
    if (!Number.isFinite(value)) return Infinity;
    for (let i = 0; i < x.length; i++) {
      const here = x[i]!;
      x[i] = here + step;
      const up = f(x);
      x[i] = here - step;
      const down = oneSided && Number.isFinite(up) ? Infinity : f(x);
      x[i] = here;
      if (Number.isFinite(up) && Number.isFinite(down)) gradient[i] = (up - down) / (2 * step);
      else
        gradient[i] = Number.isFinite(up)
          ? (up - value) / step
          : Number.isFinite(down)
            ? (value - down) / step
            : 0;
    }
    return value;
  };
}

/**
 * The minimum of a function of one number on an interval: a grid for the valley, then golden sections.
 *
 * @param f a continuous function, finite somewhere on the interval
 * @param low the left end
 * @param high the right end
 * @param options `points` of the grid (defaults to 20), `tolerance` on x (defaults to 1e-9 of the interval)
 * @example minimiseOnInterval((x) => (x - 0.3) ** 2, 0, 1) // 0.3
 */
export function minimiseOnInterval(
  f: (x: number) => number,
  low: number,
  high: number,
  options: { readonly points?: number; readonly tolerance?: number } = {},
): number {
  const { points = 20, tolerance = 1e-9 } = options;
  let best = low;
  let bestValue = Infinity;
  const width = (high - low) / points;
  for (let i = 0; i <= points; i++) {
    const x = low + i * width;
    const value = f(x);
    if (value < bestValue) [best, bestValue] = [x, value];
  }
  let a = Math.max(low, best - width);
  let b = Math.min(high, best + width);
  const golden = (Math.sqrt(5) - 1) / 2;
  let c = b - golden * (b - a);
  let d = a + golden * (b - a);
  let fc = f(c);
  let fd = f(d);
  while (b - a > tolerance * (high - low)) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - golden * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + golden * (b - a);
      fd = f(d);
    }
  }
  const middle = (a + b) / 2;
  return f(middle) <= bestValue ? middle : best;
}
