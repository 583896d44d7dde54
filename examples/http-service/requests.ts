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
    shares: optional(
      z.strictObject({ agriculture: rate, industry: rate, construction: rate, services: rate }),
    ),
    parameters: optional(z.partialRecord(parameter, rate)),
    horizon: optional(horizon),
    language: optional(language),
  };
  /** A model of the caller's own. */
  const ofModel = { model, history: dataset, over, set: optional(settings) };

  const draw = {
    draws: optional(z.int().min(1).max(limits.draws)),
    seed: optional(z.int()),
    sampling: optional(z.enum(['random', 'sobol'])),
    quantiles: optional(z.array(z.number().min(0).max(1)).max(99)),
    full: optional(z.boolean()),
  };
  const correlated = <F extends z.ZodType<string>>(factor: F) =>
    z.strictObject({
      factors: z.array(factor),
      matrix: z.array(z.array(z.number())),
      copula: optional(z.enum(['gaussian', 't'])),
      df: optional(z.number()),
    });
  const scenarios = z.array(scenario).max(limits.scenarios);
  const show = { variables: optional(z.array(z.string())), periods: optional(z.array(period)) };

  // Under each address the bodies that it takes, by the field that tells them apart.
  return {
    '/read': {
      text: name(
        'ReadRequest',
        'The text of a plan, Chinese or English, and the year it is for.',
        z.strictObject({
          text: z.string().max(limits.characters),
          year: z.int().min(0).max(9999),
          language: optional(language),
        }),
      ),
    },
    '/check': {
      plan: name(
        'CheckRequest',
        'A plan; with a model and its history, also what they allow.',
        z.strictObject({
          plan,
          model: optional(model),
          history: optional(dataset),
          ranges: optional(z.record(z.string(), z.tuple([z.number(), z.number()]))),
          language: optional(language),
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
        z.strictObject({ ...ofModel, addFactors: optional(settings) }),
      ),
    },
    '/scenarios': {
      plan: name(
        'ScenariosOfPlan',
        "Scenarios of a plan's two-engine model; without scenarios the usual ones, without periods the plan's first.",
        z.strictObject({ ...ofPlan, scenarios: optional(scenarios), ...show }),
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
          factors: optional(z.partialRecord(parameter, distribution)),
          correlation: optional(correlated(parameter)),
          ...draw,
        }),
      ),
      model: name(
        'SimulateModel',
        'A model of your own with uncertain parameters or series.',
        z.strictObject({
          ...ofModel,
          factors: z.record(z.string(), distribution),
          correlation: optional(correlated(z.string())),
          read: z.array(z.string()).min(1),
          bands: optional(z.record(z.string(), outputBand)),
          replicates: optional(z.int()),
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
          method: optional(z.enum(methods)),
          horizon: optional(horizon),
          declare: optional(z.literal('economic-level')),
          levels: optional(z.array(z.number()).max(20)),
        }),
      ),
    },
    '/assess': {
      plan: name(
        'AssessRequest',
        'A plan, published levels, and what is expected: projected levels or forecasts by indicator.',
        z.strictObject({
          plan,
          actual: optional(dataset),
          outlook: optional(
            z.union([dataset, z.record(z.string(), forecastValue)], {
              error: 'series by indicator, or forecasts by indicator',
            }),
          ),
          language: optional(language),
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
