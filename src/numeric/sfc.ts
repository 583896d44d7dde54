/** The next word of sfc32 (Doty-Humphrey's small fast chaotic generator, as in PractRand). */
export function next(state: Int32Array): number {
  const [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  const word = (((a + b) | 0) + d) | 0;
  state[3] = d + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + word;
  return word;
}

/** A uniform value strictly between 0 and 1: the middle of one of 2^52 equal cells. */
export function nextUniform(state: Int32Array): number {
  return ((next(state) >>> 12) * 4294967296 + (next(state) >>> 0) + 0.5) * 2 ** -52;
}

/** Fill `out` from `from` to `to` with uniform values strictly between 0 and 1. */
export function fillUniforms(state: Int32Array, out: Float64Array, from: number, to: number): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let i = from; i < to; i++) {
    const high = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + high) | 0;
    const low = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + low) | 0;
    out[i] = ((high >>> 12) * 4294967296 + (low >>> 0) + 0.5) * 2 ** -52;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
