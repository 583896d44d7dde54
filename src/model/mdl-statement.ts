/** A statement of MDL: a keyword, the text up to the next keyword, and where it stands. */
export interface Statement {
  /** In capitals: `'EQ'`, `'COEFF'`; empty for text that follows no keyword. */
  readonly keyword: string;
  /** Without the keyword; its lines are separated by line ends. */
  readonly text: string;
  /** Line number of the keyword, from 1. */
  readonly line: number;
  /** The text of the `COMMENT>` line last before it, when none of its group stands between. */
  readonly comment?: string;
}

const keywords = new Set([
  'COMMENT',
  'BEHAVIORAL',
  'EQUATION',
  'IDENTITY',
  'EQ',
  'COEFF',
  'STORE',
  'PDL',
  'RESTRICT',
  'ERROR',
  'IV',
  'IF',
  'TSRANGE',
  'VENDOG',
  'VEXOG',
]);
const groups = new Set(['BEHAVIORAL', 'EQUATION', 'IDENTITY']);

/** What stands alone on its line. */
const delimiters = new Set(['MODEL', 'END']);

const tagged = /^\s*([\p{L}_][\p{L}\p{Nd}_.]*)>(?!=)\s*(.*)$/u;
const bare = /^\s*(MODEL|END|TSRANGE)\b\s*(.*)$/iu;
/** What cannot end an expression: the next line continues it even where it looks like a keyword. */
const unfinished = /(?:[-+*/^(,<>=&|]|\b(?:and|or|not))\s*$/iu;

/**
 * Cut MDL text into statements. Lines without a keyword continue the statement before; comments and blank lines are
 * dropped. `MODEL`, `END` and `TSRANGE` are keywords without the sign `>`.
 */
export function statementsOf(text: string): Statement[] {
  const statements: { keyword: string; lines: string[]; line: number; comment?: string | undefined }[] = [];
  let comment: string | undefined;
  for (const [i, line] of text.split(/\r\n?|\n/u).entries()) {
    if (line.trim() === '' || /^\s*\$/u.test(line)) continue;
    const last = statements.at(-1);
    const [keyword, rest] = keywordOf(line, last?.lines.at(-1) ?? '');
    if (keyword === 'COMMENT') comment = rest.trim();
    else if (keyword === undefined && last !== undefined && !delimiters.has(last.keyword))
      last.lines.push(line);
    else {
      const labelled = groups.has(keyword ?? '') && comment !== undefined && comment !== '';
      statements.push({
        keyword: keyword ?? '',
        lines: [rest],
        line: i + 1,
        comment: labelled ? comment : undefined,
      });
      if (groups.has(keyword ?? '')) comment = undefined;
    }
  }
  return statements.map(({ keyword, lines, line, comment: label }) => ({
    keyword,
    text: lines.join('\n').trim(),
    line,
    ...(label === undefined ? {} : { comment: label }),
  }));
}

function keywordOf(line: string, before: string): [string | undefined, string] {
  const plain = bare.exec(line);
  if (plain !== null && !/^\s*[-+*/^=<>,)]/u.test(plain[2]!)) return [plain[1]!.toUpperCase(), plain[2]!];
  const [, word, rest] = tagged.exec(line) ?? [];
  if (word === undefined || rest === undefined) return [undefined, line];
  const keyword = word.toUpperCase();
  if (keywords.has(keyword)) return [keyword, rest];
  return unfinished.test(before) ? [undefined, line] : [keyword, rest];
}
