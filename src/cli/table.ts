import Table from 'cli-table3';

/** A table for a terminal; columns align also with Chinese text, which is two cells wide. Numbers go to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = head.map(
    (_, i) => rows.length > 0 && rows.every((row) => /^[-−+]?[\d.,]+( ?(%|pp))?$|^—?$/.test(row[i] ?? '')),
  );
  const made = new Table({
    head: [...head],
    colAligns: right.map((isNumber) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 1 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' ',
    },
  });
  made.push(...rows.map((row) => [...row]));
  const lines = made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const rule = '─'.repeat(Math.max(...lines.map(width)));
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** A ratio as a percentage: 0.0815 is `8.15 %`; missing is a dash. */
export function percent(value: number, digits = 2): string {
  return Number.isFinite(value) ? `${fixed(100 * value, digits)} %` : '—';
}

/** A ratio as percentage points: 0.0335 is `3.35 pp`. */
export function points(value: number, digits = 2): string {
  return Number.isFinite(value) ? `${fixed(100 * value, digits)} pp` : '—';
}

/** A number with fixed decimals, a true minus and no negative zero. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '—';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−');
}

/** Cells a text takes in a terminal: East Asian wide characters take two. */
function width(text: string): number {
  let cells = 0;
  for (const c of text)
    cells +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
        ? 2
        : 1;
  return cells;
}
