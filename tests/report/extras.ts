import { forecast, logDrift, pace, planOutcome, series, simulate, triangular } from '../../src/index.ts';
import type { Plan } from '../../src/index.ts';
import { studyPlan, twoEngine, twoEngineHistory } from '../../src/presets/index.ts';
import type { ReportOptions } from '../../src/report/index.ts';

/** Everything that a report may hold besides the study: chances by simulation, a forecast, a pace, sources, a date. */
export function extras(plan: Plan): ReportOptions {
  const study = studyPlan(plan);
  const model = twoEngine({ parameters: { g_services: study.frontier!.plan.up } });
  const factors = ['p_industry', 'g_services', 'va_ratio_change'] as const;
  const { outcome, bands } = planOutcome(plan, model, twoEngineHistory(model, '2013'), { factors });
  const summary = simulate(
    outcome,
    {
      p_industry: triangular(-0.05, -0.014, 0.05),
      g_services: triangular(0.06, 0.0816, 0.12),
      va_ratio_change: triangular(-0.01, 0, 0.005),
    },
    { draws: 2000, seed: 2014, bands },
  );
  const history = series('2004', [100, 112.7, 127, 145.1, 158.9, 173.6, 192, 210.3, 226.8, 244.4]);
  return {
    summary,
    forecasts: [{ label: 'GDP', forecast: forecast(history, logDrift(), { horizon: 3 }), history }],
    paces: [
      {
        label: 'GDP',
        target: 0.12,
        pace: pace('12%', {
          base: series('2013-Q1', [100, 110, 120, 130]),
          actual: series('2014-Q1', [110.4, 122]),
        }),
      },
    ],
    sources: ['https://example.org/history', 'a yearbook'],
    date: '2014-07-15',
  };
}
