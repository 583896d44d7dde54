import { exp, log } from './explog.ts';

const INVERSE_SQRT_2PI = 0.3989422804014327;

/** Density of the standard normal distribution. */
export function normalPdf(x: number): number {
  return INVERSE_SQRT_2PI * gauss(x);
}

/**
 * Probability that a standard normal variable is at most `x`, with relative accuracy in the lower tail too
 * (`normalCdf(-x)` is the upper tail). Error a few units in the last place down to the smallest normal double.
 *
 * Near zero the series of Abramowitz and Stegun 26.2.11; else the scaled complementary error function as a Chebyshev
 * series in `(z - k) / (z + k)`, a mapping due to Shepherd and Laframboise (1981); coefficients computed here to 40 digits.
 *
 * @example normalCdf(-1.96) // 0.024997895148220435
 */
export function normalCdf(x: number): number {
  if (x < -0.6) return tail(-x);
  if (x > 0.6) return 1 - tail(x);
  if (x !== x) return NaN;
  const square = x * x;
  let term = x;
  let sum = x;
  for (let odd = 3; odd <= 27; odd += 2) {
    term *= square / odd;
    sum += term;
  }
  return 0.5 + normalPdf(x) * sum;
}

/** The upper tail `1 - cdf(x)` for x > 0. */
function tail(x: number): number {
  if (x > 38.6) return 0;
  const z = x * Math.SQRT1_2;
  const t = (z - 3.75) / (z + 3.75);
  const twice = 2 * t;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  for (let n = CHEBYSHEV.length - 1; n > 0; n--) {
    b2 = b1;
    b1 = b0;
    b0 = CHEBYSHEV[n]! + twice * b1 - b2;
  }
  return (0.5 * gauss(x) * (CHEBYSHEV[0]! + t * b0 - b1)) / (1 + 2 * z);
}

/** `exp(-x^2 / 2)` with the square split, so that a large x loses nothing. */
function gauss(x: number): number {
  if (x < 0) x = -x;
  if (!(x < 39)) return x !== x ? NaN : 0;
  const head = Math.round(x * 16) / 16;
  return exp(-0.5 * head * head) * exp(-0.5 * (x - head) * (x + head));
}

const CHEBYSHEV = [
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
  0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5,
  4.13902798607301e-6, 7.74038306619849e-7, -2.1886401049234397e-7, 1.076499946567091e-8,
  4.521959811218287e-9, -7.754400208831351e-10, -6.318088340886684e-11, 2.86879501093067e-11,
  1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14, 3.3478119482868056e-14,
  -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17, 5.068148904796111e-17,
];

/**
 * Quantile of the standard normal distribution: the `x` with `normalCdf(x) = p`.
 *
 * Rational approximations of Wichura (1988), algorithm AS 241, relative error about 1e-16 for any `p` from 1e-316 on.
 *
 * @param p a probability; 0 gives -Infinity, 1 gives Infinity, anything outside gives NaN
 * @example normalQuantile(0.975) // 1.9599639845400536
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) *
          r +
          13731.69376550946) *
          r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
        1)
    );
  }
  return tailQuantile(p, q);
}

function tailQuantile(p: number, q: number): number {
  const smaller = q < 0 ? p : 1 - p;
  if (!(smaller > 0)) return smaller === 0 ? (q < 0 ? -Infinity : Infinity) : NaN;
  let r = Math.sqrt(-log(smaller));
  let x: number;
  if (r <= 5) {
    r -= 1.6;
    x =
      (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
        1.2704582524523684) *
        r +
        3.6478483247632045) *
        r +
        5.769497221460691) *
        r +
        4.630337846156546) *
        r +
        1.4234371107496835) /
      (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
        0.14810397642748008) *
        r +
        0.6897673349851) *
        r +
        1.6763848301838038) *
        r +
        2.053191626637759) *
        r +
        1);
  } else {
    r -= 5;
    x =
      (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
        0.026532189526576124) *
        r +
        0.29656057182850487) *
        r +
        1.7848265399172913) *
        r +
        5.463784911164114) *
        r +
        6.657904643501103) /
      (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
        0.0007868691311456133) *
        r +
        0.014875361290850615) *
        r +
        0.1369298809227358) *
        r +
        0.599832206555888) *
        r +
        1);
  }
  return q < 0 ? -x : x;
}
