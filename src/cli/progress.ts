import type { Io } from './command.ts';

/** A bar on standard error while somebody looks; nothing otherwise. */
export interface Progress {
  /** How much is done, of the total. */
  readonly to: (done: number) => void;
  /** Takes the bar away. */
  readonly end: () => void;
}

const cells = 24;

/**
 * A progress bar for work that may take long. It shows from half a second on, ten times a second at most.
 *
 * @param now the clock, in milliseconds
 */
export function progress(label: string, total: number, io: Io, now: () => number = Date.now): Progress {
  if (!io.errIsTerminal) return { to: () => undefined, end: () => undefined };
  const start = now();
  let last = start + 400;
  let shown = false;
  return {
    to(done) {
      const time = now();
      if (time - last < 100) return;
      last = time;
      shown = true;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const full = Math.round(cells * share);
      const left = share > 0 ? Math.ceil(((time - start) / 1000) * (1 / share - 1)) : NaN;
      const rest = Number.isFinite(left) ? `, ${left} s left` : '';
      io.err(`\r${label} ${'█'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(100 * share)} %${rest}\u001b[K`);
    },
    end() {
      if (shown) io.err('\r\u001b[K');
      shown = false;
    },
  };
} // prettier-ignore

/** Do something while a bar shows how far it is; the bar goes away also where it fails. */
export function whileShown<T>(bar: Progress, work: () => T): T {
  try {
    return work();
  } finally {
    bar.end();
  }
}
