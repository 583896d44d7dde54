/**
 * `exp` and `log` from additions, multiplications and divisions alone, so that they give the same bits in every
 * engine (ECMAScript leaves the last bits of `Math.exp` and `Math.log` open). Everything that a seed's draws pass
 * through uses these. The error stays below one unit in the last place.
 */

const LN2_HIGH = 0.6931471803691238; // the first 32 bits of ln 2, so that k * LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = 1.4426950408889634;
const SQRT2 = Math.SQRT2;

/** 2^k for k = -1074 ... 1023, by exact doubling. */
const POWERS_OF_2 = /* @__PURE__ */ powersOf2();

/**
 * The exponential function.
 *
 * `x = k ln 2 + r`, and `exp(r) = 1 + 2r / (R - r)` with `R = r coth(r/2)`, whose series has the Bernoulli numbers
 * (Abramowitz and Stegun 4.5.67).
 *
 * @example exp(2) // 7.38905609893065
 */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x * INVERSE_LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = r - seriesOfCoth(r * r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return k > 1023
    ? y * 2 * POWERS_OF_2[k + 1073]!
    : k < -1022
      ? y * POWERS_OF_2[k + 1174]! * 2 ** -100
      : y * POWERS_OF_2[k + 1074]!;
}

/** `exp(x) - 1` without loss near zero. */
export function expm1(x: number): number {
  if (x < -0.35 || x > 0.35 || x !== x) return exp(x) - 1;
  const c = x - seriesOfCoth(x * x);
  return x + (x * c) / (2 - c);
}

/**
 * The natural logarithm. Zero gives -Infinity, a negative number NaN.
 *
 * `x = 2^k (1 + f)`, and `log(1 + f) = 2 artanh(f / (2 + f))`.
 *
 * @example log(10) // 2.302585092994046
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let k = 0;
  if (x < 2.2250738585072014e-308) [x, k] = [x * 2 ** 54, -54];
  WORDS_AS_DOUBLE[0] = x;
  let top = WORDS[HIGH_WORD]!;
  k += (top >>> 20) - 1023;
  top = (top & 0x000fffff) | 0x3ff00000;
  WORDS[HIGH_WORD] = top;
  let m = WORDS_AS_DOUBLE[0];
  if (m > SQRT2) [m, k] = [m / 2, k + 1];
  const f = m - 1;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const tail = s * (half + seriesOfArtanh(s * s));
  return k * LN2_HIGH - (half - (tail + k * LN2_LOW) - f);
}

/** `log(1 + x)` without loss near zero. */
export function log1p(x: number): number {
  if (x < -0.29 || x > 0.41) return log(1 + x);
  const s = x / (2 + x);
  const half = 0.5 * x * x;
  return x - (half - s * (half + seriesOfArtanh(s * s)));
}

/** `log(1 + x) - x` without loss near zero: minus half the square of a small `x`. */
export function log1pMinus(x: number): number {
  if (x < -0.29 || x > 0.41) return log(1 + x) - x;
  const s = x / (2 + x);
  return -s * (x - seriesOfArtanh(s * s));
}

/** `x` to the power `y` for `x >= 0`, with a relative error of about `1e-16 * (1 + |y log x|)`. */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  return exp(y * log(x));
}

/** `r coth(r/2) - 2` for `z = r^2`, |r| <= 0.35. */
function seriesOfCoth(z: number): number {
  return (
    z *
    (1 / 6 +
      z *
        (-1 / 360 +
          z *
            (1 / 15120 +
              z * (-1 / 604800 + z * (1 / 23950080 + z * (-691 / 653837184000 + z * (1 / 37362124800)))))))
  );
}

/** `2 z/3 + 2 z^2/5 + ...`, so that `2 artanh(s) = s (2 + it)` for `z = s^2`, |s| <= 0.172. */
function seriesOfArtanh(z: number): number {
  return (
    z *
    (2 / 3 +
      z *
        (2 / 5 +
          z *
            (2 / 7 +
              z *
                (2 / 9 +
                  z * (2 / 11 + z * (2 / 13 + z * (2 / 15 + z * (2 / 17 + z * (2 / 19 + (z * 2) / 21)))))))))
  );
}

function powersOf2(): Float64Array {
  const table = new Float64Array(2098);
  table[1074] = 1;
  for (let k = 1; k <= 1023; k++) table[1074 + k] = table[1073 + k]! * 2;
  for (let k = 1; k <= 1074; k++) table[1074 - k] = table[1075 - k]! / 2;
  return table;
}

/** One double seen as two words, written and read within one call. */
const WORDS_AS_DOUBLE = /* @__PURE__ */ new Float64Array(1);
const WORDS = /* @__PURE__ */ wordsOf(WORDS_AS_DOUBLE);
/** Which of the two words of a double holds its sign and exponent on this machine. */
export const HIGH_WORD = /* @__PURE__ */ highWord();

function highWord(): 0 | 1 {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
}

function wordsOf(double: Float64Array): Uint32Array {
  return new Uint32Array(double.buffer);
}
