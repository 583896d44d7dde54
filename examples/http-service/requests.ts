import * as z from 'zod';
import { frequencyOf, periodsBetween } from '../../src/index.ts';
import type { Equation, Model, Span } from '../../src/index.ts';
import { twoEngineParameters } from '../../src/presets/index.ts';
import type { TwoEngineParameter } from '../../src/presets/index.ts';
import type { Limits } from './limits.ts';
import {
  dataset,
  distribution,
  forecastValue,
  label,
  language,
  name,
  outputBand,
  period,
  plan,
  rate,
  scenario,
  series,
  settings,
  span,
} from './schemas.ts';

const optional = z.exactOptional;

/** A field that may be left out, and what it says. */
function may<S extends z.ZodType>(schema: S, says: string) {
  return optional(schema).describe(says);
}

/** Bodies of requests, within the limits: what they say is both checked and published. */
export function requestsWithin(limits: Limits) {
  const horizon = z.int().min(1).max(limits.horizon);

  const over = span.refine(
    (given) => isWithin(given, limits.horizon),
    `the first period first, both of one frequency, at most ${limits.horizon} periods`,
  );

  const model = name(
    'Model',
    'Equations as text, and parameters. An equation is arithmetic over names and lags such as gdp[-1]; nothing else is executed.',
    z.strictObject({
      name: optional(z.string()),
      equations: z
        .array(
          z.union(
            [
              z.string(),
              z.strictObject({
                formula: z.string(),
                variable: optional(z.string()),
                when: optional(z.string()),
                label: optional(z.string()),
                unit: optional(z.string()),
              }),
            ],
            { error: "an equation such as 'y = a * x', or { formula }" },
          ),
        )
        .max(limits.equations),
      parameters: z.record(
        z.string(),
        z.union(
          [
            z.number(),
            z.strictObject({
              value: z.number(),
              label: optional(label),
              unit: optional(z.string()),
              range: optional(z.tuple([z.number(), z.number()])),
              source: optional(z.string()),
              evidence: optional(z.string()),
            }),
          ],
          { error: 'a number, or { value }' },
        ),
      ),
      variables: optional(z.array(z.string())),
    }),
  ) as z.ZodType<Model & { readonly equations: readonly (string | Equation)[] }>;

  const parameter = z.enum(Object.keys(twoEngineParameters) as TwoEngineParameter[]);
  /** The two-engine model, set up from a plan. */
  const ofPlan = {
    plan,
    shares: may(
      z.strictObject({ agriculture: rate, industry: rate, construction: rate, services: rate }),
      'Shares of the sectors in GDP of the base year, summing to 1; illustrative ones unless given.',
    ),
    parameters: may(
      z.partialRecord(parameter, rate),
      'Parameters that differ from the plan and the defaults.',
    ),
    horizon: may(horizon, "Years to project, at least the plan's own; 5 unless given."),
    language: may(language, "Language of sentences; 'en' unless given."),
  };
  /** A model of the caller's own. */
  const ofModel = {
    model,
    history: dataset.describe('Levels before the first solved period, and exogenous series.'),
    over: over.describe('First and last period to solve.'),
    set: may(settings, 'Parameters and exogenous series that differ from the model and the history.'),
  };

  const draw = {
    draws: may(z.int().min(1).max(limits.draws), '10000 unless given.'),
    seed: may(z.int(), 'The same seed gives the same draws; 0 unless given.'),
    sampling: may(
      z.enum(['random', 'sobol']),
      "'random' unless given; 'sobol' takes a power of two in each replicate.",
    ),
    quantiles: may(
      z.array(z.number().min(0).max(1)).max(99),
      'Of each output; 0.05, 0.25, 0.5, 0.75, 0.95 unless given.',
    ),
    full: may(z.boolean(), 'With what merging and further quantiles need; false unless given.'),
  };
  const correlated = <F extends z.ZodType<string>>(factor: F) =>
    z.strictObject({
      factors: z.array(factor),
      matrix: z.array(z.array(z.number())),
      copula: optional(z.enum(['gaussian', 't'])),
      df: optional(z.number()),
    });
  const scenarios = z.array(scenario).max(limits.scenarios);
  const show = {
    variables: may(
      z.array(z.string()),
      'Variables to show; of a plan the usual ones, of a model all, unless given.',
    ),
    periods: may(z.array(period), "Periods to show; the plan's first, or all that are solved, unless given."),
  };

  // Under each address the bodies that it takes, by the field that tells them apart.
  return {
    '/read': {
      text: name(
        'ReadRequest',
        'The text of a plan, Chinese or English, and the year it is for.',
        z.strictObject({
          text: z.string().max(limits.characters),
          year: z.int().min(0).max(9999).describe('The year that the plan is for: "this year" in its words.'),
          language: may(language, "Each paragraph's own unless given."),
        }),
      ),
    },
    '/check': {
      plan: name(
        'CheckRequest',
        'A plan; with a model and its history, also what they allow.',
        z.strictObject({
          plan,
          model: may(model, 'Its equations hold too, its parameters anywhere in their ranges.'),
          history: may(dataset, 'Levels before the plan.'),
          ranges: may(
            z.record(z.string(), z.tuple([z.number(), z.number()])),
            'Lowest and highest value of a parameter, or yearly growth of an indicator.',
          ),
          language: ofPlan.language,
        }),
      ),
    },
    '/project': {
      plan: name(
        'ProjectPlan',
        'A plan, projected with the two-engine model. What is not given is a documented default.',
        z.strictObject(ofPlan),
      ),
      model: name(
        'ProjectModel',
        'A model of your own, solved over a span.',
        z.strictObject({
          ...ofModel,
          addFactors: may(settings, 'Added to the right-hand sides of equations.'),
        }),
      ),
    },
    '/scenarios': {
      plan: name(
        'ScenariosOfPlan',
        "Scenarios of a plan's two-engine model; without scenarios the usual ones, without periods the plan's first.",
        z.strictObject({ ...ofPlan, scenarios: may(scenarios, 'The usual ones unless given.'), ...show }),
      ),
      model: name(
        'ScenariosOfModel',
        'Scenarios of a model of your own.',
        z.strictObject({ ...ofModel, scenarios, ...show }),
      ),
    },
    '/simulate': {
      plan: name(
        'SimulatePlan',
        "How likely a plan's targets are; a parameter without a factor of its own is drawn over its documented range.",
        z.strictObject({
          ...ofPlan,
          factors: may(
            z.partialRecord(parameter, distribution),
            'What is drawn otherwise than over its documented range.',
          ),
          correlation: may(correlated(parameter), 'How factors move together; independently unless given.'),
          ...draw,
        }),
      ),
      model: name(
        'SimulateModel',
        'A model of your own with uncertain parameters or series.',
        z.strictObject({
          ...ofModel,
          factors: z.record(z.string(), distribution, { error: 'distributions by name' }),
          correlation: may(correlated(z.string()), 'How factors move together; independently unless given.'),
          read: z
            .array(z.string())
            .min(1)
            .describe("Variables at the last period, or at another: 'gdp@2015'."),
          bands: may(
            z.record(z.string(), outputBand),
            'Bands by name whose hits, single and joint, are counted.',
          ),
          replicates: may(z.int(), "Of 'sobol', from which intervals come; 8 unless given."),
          ...draw,
        }),
      ),
    },
    '/forecast': {
      history: name(
        'ForecastRequest',
        'A series so far.',
        z.strictObject({
          history: series,
          method: may(z.enum(methods), "'auto' unless given."),
          horizon: may(horizon, 'Periods ahead; four years, or two of quarters or months, unless given.'),
          declare: may(z.literal('economic-level'), 'The level of a quantity that grows by compounding.'),
          levels: may(z.array(z.number()).max(20), 'Coverage of the intervals; 0.8 and 0.95 unless given.'),
        }),
      ),
    },
    '/assess': {
      plan: name(
        'AssessRequest',
        'A plan, published levels, and what is expected: projected levels or forecasts by indicator.',
        z.strictObject({
          plan,
          actual: may(dataset, 'Published levels by indicator.'),
          outlook: may(
            z.union([dataset, z.record(z.string(), forecastValue)], {
              error: 'series by indicator, or forecasts by indicator',
            }),
            'Projected levels, or what /forecast answered, by indicator.',
          ),
          language: ofPlan.language,
        }),
      ),
    },
  } as const;
}

export const methods = [
  'auto',
  'naive',
  'seasonalNaive',
  'drift',
  'logDrift',
  'theta',
  'ets',
  'arima',
] as const;

export type Requests = ReturnType<typeof requestsWithin>;
export type Address = keyof Requests;
/** The bodies that an address takes. */
export type BodyOf<A extends Address> = {
  [K in keyof Requests[A]]: Requests[A][K] extends z.ZodType<infer B> ? B : never;
}[keyof Requests[A]];

/** Whether a span runs forwards, is of one frequency, and has at most so many periods. */
export function isWithin([from, to]: Span, periods: number): boolean {
  if (frequencyOf(from) !== frequencyOf(to)) return false;
  const steps = periodsBetween(from, to);
  return steps >= 0 && steps < periods;
}
