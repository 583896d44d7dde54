import type { Issue, Language } from '../issue.ts';
import type { Indicator } from '../plan/indicator.ts';
import type { Assumption, Group, Plan } from '../plan/plan.ts';
import type { Measure, Relation } from '../plan/relation.ts';
import { firmnesses } from '../plan/target.ts';
import type { Target } from '../plan/target.ts';
import { isPeriod } from '../time/period.ts';
import type { Period, Span } from '../time/period.ts';
import { phrases } from './phrases.ts';
import type { Phrases } from './phrases.ts';
import type { TextSpan } from './reading.ts';
import { amountText, inPercent } from './write.ts';

/** A plan that `writePlan` wrote, with the place of each target's sentence and number. */
export interface Written {
  readonly plan: Plan;
  readonly places: readonly { readonly span: TextSpan; readonly number: TextSpan }[];
  readonly issues: readonly Issue[];
  readonly unread: readonly TextSpan[];
}

/** A cursor over one line. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** Read what `writePlan` wrote, or undefined when the text does not begin as such a plan does. */
export function readWritten(text: string): Written | undefined {
  const language: Language | undefined = text.startsWith(`${phrases.zh.plan}"`)
    ? 'zh'
    : text.startsWith(`${phrases.en.plan}"`)
      ? 'en'
      : undefined;
  if (language === undefined) return undefined;
  const say = phrases[language];
  const indicators: Record<string, Indicator> = {};
  const bodies: { readonly section: string; readonly from: number; readonly line: string }[] = [];
  const plan: {
    name: string;
    span: Span;
    source?: string;
    identities?: string[];
    widths?: NonNullable<Plan['widths']>;
    assumptions?: Assumption[];
    groups?: Group[];
  } = { name: '', span: ['2000', '2000'] };
  const issues: Issue[] = [];
  const unread: TextSpan[] = [];
  let section = '';
  let from = 0;
  for (const line of text.split('\n')) {
    const at = from;
    from += line.length + 1;
    if (line === '') continue;
    const cursor: Cursor = { text: line, at: 0 };
    if (line === say.targets || line === say.indicators || line === say.assumptions || line === say.groups) {
      section = line;
      if (line === say.assumptions) plan.assumptions = [];
      if (line === say.groups) plan.groups = [];
    } else if (take(cursor, say.plan)) plan.name = String(value(cursor));
    else if (take(cursor, say.span)) plan.span = asSpan(periods(cursor, say)) ?? plan.span;
    else if (take(cursor, say.source)) plan.source = String(value(cursor));
    else if (take(cursor, say.identities)) plan.identities = value(cursor) as string[];
    else if (take(cursor, say.widths)) plan.widths = value(cursor) as NonNullable<Plan['widths']>;
    else if (take(cursor, '- ')) {
      if (section === say.assumptions) plan.assumptions?.push(assumption(cursor));
      else if (section === say.groups) plan.groups?.push(group(cursor, say));
      else if (section === say.indicators) indicatorLine(cursor, say, language, indicators);
      else bodies.push({ section, from: at, line });
    } else {
      unread.push([at, at + line.length]);
      issues.push({
        code: 'not-read',
        path: [],
        expected: 'a sentence as writePlan writes it',
        received: line.slice(0, 60),
        severity: 'warning',
      });
    }
  }
  const targets: Target[] = [];
  const places: { span: TextSpan; number: TextSpan }[] = [];
  for (const body of bodies) {
    const read = targetLine({ text: body.line, at: 2 }, say, language, indicators);
    if (read === undefined) {
      unread.push([body.from, body.from + body.line.length]);
      issues.push({
        code: 'not-read',
        path: ['targets'],
        expected: 'a target as writePlan writes it',
        received: body.line.slice(0, 60),
      });
      continue;
    }
    targets.push(read.target);
    places.push({
      span: [body.from + 2, body.from + body.line.length],
      number: [body.from + read.number[0], body.from + read.number[1]],
    });
  }
  const { name, span, ...rest } = plan;
  return { plan: { name, span, indicators, targets, ...rest }, places, issues, unread };
}

function take(cursor: Cursor, literal: string): boolean {
  if (!cursor.text.startsWith(literal, cursor.at)) return false;
  cursor.at += literal.length;
  return true;
}

/** A JSON value at the cursor: a string, a list or an object. */
function value(cursor: Cursor): unknown {
  const { text } = cursor;
  let depth = 0;
  let inString = false;
  for (let i = cursor.at; i < text.length; i++) {
    const c = text[i]!;
    if (inString) {
      if (c === '\\') i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
    if (!inString && depth === 0 && (c === '"' || c === ']' || c === '}')) {
      const found = parsed(text.slice(cursor.at, i + 1));
      cursor.at = i + 1;
      return found;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function number(cursor: Cursor): number | undefined {
  const match = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/.exec(cursor.text.slice(cursor.at, cursor.at + 400));
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return Number(match[0]);
}

function percentNumber(cursor: Cursor): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(?:e([+-]?\d+))?/.exec(cursor.text.slice(cursor.at, cursor.at + 400));
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return Number(`${match[1]}e${Number(match[2] ?? '0') - 2}`);
}

function periods(cursor: Cursor, say: Phrases): Period | Span | undefined {
  const one = period(cursor);
  if (one === undefined) return undefined;
  if (!take(cursor, say.range)) return one;
  const two = period(cursor);
  return two === undefined ? undefined : [one, two];
}

function period(cursor: Cursor): Period | undefined {
  for (const length of [7, 4]) {
    const text = cursor.text.slice(cursor.at, cursor.at + length);
    if (!isPeriod(text)) continue;
    cursor.at += length;
    return text;
  }
  return undefined;
}

function asSpan(of: Period | Span | undefined): Span | undefined {
  return typeof of === 'string' ? [of, of] : of;
}

function id(cursor: Cursor, say: Phrases): string | undefined {
  const at = cursor.text.indexOf(say.id[0], cursor.at);
  if (at === -1) return undefined;
  cursor.at = at + say.id[0].length;
  if (cursor.text[cursor.at] === '"') {
    const quoted = value(cursor);
    return take(cursor, say.id[1]) && typeof quoted === 'string' ? quoted : undefined;
  }
  const end = cursor.text.indexOf(say.id[1], cursor.at);
  if (end === -1) return undefined;
  const name = cursor.text.slice(cursor.at, end);
  cursor.at = end + say.id[1].length;
  return name;
}

function assumption(cursor: Cursor): Assumption {
  const name = String(value(cursor));
  take(cursor, ' ');
  const amount = number(cursor) ?? NaN;
  take(cursor, ' ');
  const unit = String(value(cursor));
  take(cursor, ' ');
  return { name, value: amount, unit, note: String(value(cursor)) };
}

function group(cursor: Cursor, say: Phrases): Group {
  const name = String(value(cursor));
  return take(cursor, `${say.facts[0]}${say.said.members}`)
    ? { name, members: value(cursor) as string[] }
    : { name };
}

function indicatorLine(
  cursor: Cursor,
  say: Phrases,
  language: Language,
  indicators: Record<string, Indicator>,
): void {
  const name = id(cursor, say);
  if (name === undefined || !take(cursor, language === 'en' ? ' is ' : '是')) return;
  const label = value(cursor) as Indicator['label'];
  take(cursor, `${say.facts[0]}${say.said.unit}`);
  const unit = String(value(cursor));
  take(cursor, say.facts[1]);
  const kind =
    (['flow', 'stock', 'rate', 'index'] as const).find((each) => take(cursor, say.kind[each])) ?? 'flow';
  take(cursor, say.facts[1]);
  const prices = (['constant', 'current', 'comparable'] as const).find((each) =>
    take(cursor, say.prices[each]),
  );
  const fact = (words: string): string | undefined => {
    take(cursor, say.facts[1]);
    return take(cursor, words) ? String(value(cursor)) : undefined;
  };
  const [deflator, code, scope] = [fact(say.said.deflator), fact(say.said.code), fact(say.said.scope)];
  Object.defineProperty(indicators, name, {
    value: {
      label,
      unit,
      kind,
      ...(prices === undefined ? {} : { prices }),
      ...(deflator === undefined ? {} : { deflator }),
      ...(code === undefined ? {} : { code }),
      ...(scope === undefined ? {} : { scope }),
    },
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const measures = ['growth', 'change', 'share', 'level'] as const;

function targetLine(
  cursor: Cursor,
  say: Phrases,
  language: Language,
  indicators: Readonly<Record<string, Indicator>>,
): { target: Target; number: TextSpan } | undefined {
  const indicator = id(cursor, say);
  if (indicator === undefined) return undefined;
  const indicatorOf = Object.hasOwn(indicators, indicator) ? indicators[indicator] : undefined;
  const start = cursor.at;
  const read = numeric(cursor, say, language, indicatorOf) ?? step(cursor, say, start);
  if (read === undefined) return undefined;
  const facts = factsOf(cursor, say);
  const { width, ...rest } = facts;
  const relation = width === undefined ? read.relation : ({ ...read.relation, width } as Relation);
  return { target: { indicator, measure: read.measure, relation, ...rest }, number: read.number };
}

function numeric(
  cursor: Cursor,
  say: Phrases,
  language: Language,
  indicator: Indicator | undefined,
): { measure: Measure; relation: Relation; number: TextSpan } | undefined {
  const start = cursor.at;
  for (const measure of measures) {
    for (const [turned, verb] of say.verbs[measure].entries()) {
      cursor.at = start;
      if (!take(cursor, verb)) continue;
      const falls = turned === 1 && measure !== 'level' && measure !== 'share';
      const before = (['over', 'under', 'about', 'at-least', 'at-most'] as const).find(
        (each) => say.bounds[each][0] !== '' && take(cursor, say.bounds[each][0]),
      );
      const from = cursor.at;
      const low = amount(cursor, indicator, measure, language);
      if (low === undefined) continue;
      const to = cursor.at;
      const sign = falls ? -1 : 1;
      if (take(cursor, say.range)) {
        const high = amount(cursor, indicator, measure, language);
        if (high === undefined) continue;
        const ends = falls ? { low: -high, high: -low } : { low, high };
        return { measure, relation: { kind: 'within', ...ends }, number: [from, cursor.at] };
      }
      const after =
        before ??
        (['about', 'at-least', 'at-most'] as const).find(
          (each) => say.bounds[each][1] !== '' && take(cursor, say.bounds[each][1]),
        ) ??
        'reach';
      return { measure, relation: single(after, low * sign, falls), number: [from, to] };
    }
  }
  cursor.at = start;
  return undefined;
}

function single(bound: keyof Phrases['bounds'], amountOf: number, falls: boolean): Relation {
  if (bound === 'about' || bound === 'reach') return { kind: bound, value: amountOf };
  const lower = (bound === 'over' || bound === 'at-least') !== falls;
  const strict = bound === 'over' || bound === 'under';
  return { kind: lower ? 'at-least' : 'at-most', value: amountOf, ...(strict ? { strict: true } : {}) };
}

function amount(
  cursor: Cursor,
  indicator: Indicator | undefined,
  measure: Measure,
  language: Language,
): number | undefined {
  if (inPercent(indicator, measure)) {
    const ratio = percentNumber(cursor);
    return take(cursor, phrases[language].percent) ? ratio : undefined;
  }
  const level = number(cursor);
  // The unit's words as they are written behind a number of one digit.
  take(cursor, amountText(0, indicator, measure, language).slice(1));
  return level;
}

function step(
  cursor: Cursor,
  say: Phrases,
  start: number,
): { measure: Measure; relation: Relation; number: TextSpan } | undefined {
  for (const measure of measures) {
    cursor.at = start;
    const [before, after] = say.step[measure];
    if (!take(cursor, before)) continue;
    const leader = id(cursor, say);
    if (leader === undefined || !take(cursor, after)) continue;
    return { measure, relation: { kind: 'in-step-with', indicator: leader }, number: [start, cursor.at] };
  }
  return undefined;
}

type Facts = Omit<Partial<Target>, 'indicator' | 'measure' | 'relation'> & { width?: number };

function factsOf(cursor: Cursor, say: Phrases): Facts {
  if (!take(cursor, say.facts[0])) return {};
  const { said } = say;
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {};
  for (let i = 0; i < 16; i++) {
    const start = cursor.at;
    const firmness = firmnesses.find((each) => take(cursor, say.firmness[each]));
    if (firmness !== undefined) facts.firmness = firmness;
    else if (take(cursor, said.period) && /\d/.test(cursor.text[cursor.at] ?? '')) {
      const of = periods(cursor, say);
      if (of !== undefined) facts.period = of;
    } else if (restart(cursor, start) && take(cursor, said.width)) {
      const width = percentNumber(cursor);
      take(cursor, '%');
      if (width !== undefined) facts.width = width;
    } else if (take(cursor, said.cumulative)) facts.cumulative = !take(cursor, 'false');
    else if (take(cursor, said.threshold)) {
      const [size, unit] = value(cursor) as [number, string];
      facts.threshold = { value: size, unit };
    } else {
      const key = (['deadline', 'versus', 'id', 'partOf', 'label', 'source', 'note'] as const).find((each) =>
        take(cursor, said[each]),
      );
      if (key === undefined) break;
      (facts as Record<string, unknown>)[key] = value(cursor);
    }
    if (!take(cursor, say.facts[1])) break;
  }
  return facts;
}

function restart(cursor: Cursor, at: number): boolean {
  cursor.at = at;
  return true;
}
