/**
 * Throw a programming mistake: the call, the thing with its value, and the way out.
 *
 * Content from outside (a plan's text, a CSV, a JSON body) never comes here: it returns issues, see issue.ts.
 *
 * @example
 * mistake('growth', "series 'gdp' has no value at 2024-Q4", 'extend the history') // throws growth: series 'gdp' has no value at 2024-Q4; extend the history
 */
export function mistake(call: string, problem: string, wayOut: string): never {
  throw new RangeError(`${call}: ${problem}; ${wayOut}`);
}

/** A value as it is shown in a message: short, on one line, quoted when it is text. It never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  const text =
    typeof value === 'string' ? `'${value}'` : Object(value) === value ? written(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** An object as JSON, of which about as much is written as is shown: a long series is not, nor a deep tree. */
function written(value: unknown): string {
  let left = 60;
  try {
    return (
      JSON.stringify(value, (_, part: unknown) =>
        left-- < 0
          ? undefined
          : typeof part === 'bigint'
            ? String(part)
            : Array.isArray(part) || typeof part === 'string'
              ? part.slice(0, 60)
              : part,
      ) ?? 'an object'
    );
  } catch {
    return 'an object';
  }
}

/** The known name nearest to a misspelt one by edit distance, or undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** "did you mean 'gdp'?", or the first known names when none is near: the end of an unknown-name message. */
export function suggestion(name: unknown, known: Iterable<string>): string {
  const names = [...known];
  const near = typeof name === 'string' ? nearest(name, names) : undefined;
  if (near !== undefined) return `did you mean '${near}'?`;
  if (names.length === 0) return 'nothing is defined yet';
  const list = names.slice(0, 8).join(', ');
  return `known: ${list}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, beforeLast[j - 2]! + 1);
      row.push(d);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
