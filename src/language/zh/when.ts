import { lastPeriod } from '../../time/period.ts';
import type { Period, Span } from '../../time/period.ts';
import type { Clause, Context } from './clause.ts';
import type { Shape } from './shape.ts';
import type { Token } from './token.ts';

/** Period and last day in force for a clause: its own time words, else the sentence's, else the paragraph's, else the plan's year. */
export function timeOf(
  clause: Clause,
  context: Context,
): { period: Period | Span; span?: Span; deadline: string; or?: string; yearly: boolean } {
  const yearly = clause.tokens.some((token) => token.time?.yearly === true);
  const own = clause.tokens
    .filter(
      (token) =>
        token.tag === 'time' &&
        !token.time!.past &&
        token.time!.yearly !== true &&
        !comparedWith(clause, token),
    )
    .map((token) => token.time!);
  const time = own.find((each) => !each.own) ?? own[0] ?? context.time ?? context.lastingTime;
  if (own.length > 0) {
    context.time = time;
    if (time?.lasting === true) context.lastingTime = time;
    if (time?.period !== undefined && typeof time.period !== 'string') context.span = time;
  }
  const year = String(context.year).padStart(4, '0') as Period;
  const period = time?.period ?? year;
  const last = lastPeriod(period);
  const inForce = context.span?.period;
  const covering =
    inForce !== undefined &&
    typeof inForce !== 'string' &&
    (time === undefined || time.own || inForce[1] === last)
      ? inForce
      : undefined;
  const span = typeof period !== 'string' ? period : covering;
  return {
    period,
    ...(span === undefined ? {} : { span }),
    deadline: time?.deadline ?? `${last.slice(0, 4)}-12-31`,
    ...(time?.or === undefined ? {} : { or: time.or }),
    yearly,
  };
}

/** An average or a whole needs the span; a share or a stock at the end of a span, its last year. */
export function periodOf(
  when: { period: Period | Span; span?: Span },
  shape: Shape,
  clause: Clause,
  average: boolean,
  year: number,
): Period | Span {
  const base = baseYear(clause);
  const last = typeof when.period === 'string' ? when.period : when.period[1];
  if (shape.cumulative && base !== undefined && base + 1 < Number(last.slice(0, 4)))
    return [yearPeriod(base + 1), last];
  if (average || shape.cumulative || shape.totals) {
    if (when.span !== undefined) return when.span;
    const first = yearPeriod(year);
    return typeof when.period === 'string' && average && when.period > first && when.period.length === 4
      ? [first, when.period]
      : when.period;
  }
  if (typeof when.period === 'string') return when.period;
  return shape.measure === 'share' || shape.reached ? when.period[1] : when.period;
}

function yearPeriod(year: number): Period {
  return String(year).padStart(4, '0') as Period;
}

/** The year that a multiple or a whole change is against: 比2010年翻一番. */
function baseYear(clause: Clause): number | undefined {
  const token = clause.tokens.find((each) => each.tag === 'time' && comparedWith(clause, each));
  const year = token === undefined ? NaN : Number(clause.text.slice(token.start, token.start + 4));
  return Number.isNaN(year) ? undefined : year;
}

function comparedWith(clause: Clause, token: Token): boolean {
  const before = clause.tokens.find((each) => each.end === token.start);
  return (
    before?.tag === 'compare' ||
    before?.tag === 'from' ||
    clause.text.startsWith('基础', token.end) ||
    clause.text.startsWith('的基础', token.end)
  );
}
