import { nameOfTarget } from '../assess/assess.ts';
import { pace } from '../assess/pace.ts';
import type { Language } from '../issue.ts';
import { periodOf, targetValue } from '../plan/plan.ts';
import { percent } from '../plot/format.ts';
import type { PlanStudy } from '../presets/study.ts';
import { addPeriods, frequencyOf } from '../time/period.ts';
import { aggregate } from '../time/aggregate.ts';
import { series } from '../time/series.ts';
import type { Series } from '../time/series.ts';
import { escapeHtml } from './html-page.ts';
import { tableOf } from './report-page.ts';
import type { ReportOptions } from './report.ts';
import { word } from './report-words.ts';

/** Targets of one growth rate and one spread over the year, which need one pace. */
interface PaceRow {
  readonly names: string[];
  readonly target: number;
  readonly base: Series;
}

/** What each quarter of a plan's first year has to bring, and what a slow start asks of the rest. */
export function paceTable({ plan }: PlanStudy, { language = 'en', quarters = {} }: ReportOptions): string {
  const year = plan.span[0];
  const even = series(`${Number(year) - 1}-Q1`, [25, 25, 25, 25]);
  const rows: PaceRow[] = [];
  for (const target of plan.targets) {
    const value = targetValue(plan, target);
    if (target.measure !== 'growth' || target.versus !== undefined || value === undefined) continue;
    if (periodOf(plan, target) !== year) continue;
    const own = Object.hasOwn(quarters, target.indicator) ? quarters[target.indicator]! : undefined;
    const base = own === undefined ? even : byQuarter(own);
    const name = nameOfTarget(plan, target, language);
    const same = rows.find((row) => row.target === value && row.base === base);
    if (same === undefined) rows.push({ names: [name], target: value, base });
    else same.names.push(name);
  }
  if (rows.length === 0) return '';
  const rest = ({ target, base }: PaceRow, done: number): string => {
    const cumulative = series(addPeriods(base.start, 4), new Array<number>(done).fill(target - 0.01));
    return percent(pace(target, { base, cumulative }).needed, language, 2);
  };
  const table = tableOf(
    word('pace', language),
    (['indicator', 'eachQuarter', 'afterFirst', 'afterSecond', 'afterThird'] as const).map((key) =>
      word(key, language),
    ),
    rows
      .slice(0, most)
      .map((row) => [
        row.names.join(language === 'zh' ? '、' : ', '),
        percent(row.target, language),
        ...[1, 2, 3].map((done) => rest(row, done)),
      ]),
  );
  const note = [
    word('paceNote', language),
    ...(rows.some(({ base }) => base === even) ? [word('evenQuarters', language)] : []),
  ];
  return `${table}\n<p class="note">${escapeHtml(note.join(gapOf(language)))}</p>`;
}

/** The most rows: a page has no room for more. */
const most = 8;

function byQuarter(flows: Series): Series {
  return frequencyOf(flows.start) === 'quarter' ? flows : aggregate(flows, 'quarter', 'flow');
}

function gapOf(language: Language): string {
  return language === 'zh' ? '' : ' ';
}
