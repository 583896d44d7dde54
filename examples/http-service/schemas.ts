import * as z from 'zod';
import type { Distribution, Forecast, Period, Plan, Rate, Scenario, Settings } from '../../src/index.ts';

/**
 * The library's values as schemas: what requests and responses are made of. A plan is described by the library's own
 * schema of plan files and checked by `readPlanFile`; its place here is held by `plan`, see openapi.ts.
 *
 * A schema with a name stands once in the OpenAPI document and is referred to from everywhere else.
 */
export function name<S extends z.ZodType>(id: string, description: string, schema: S): S {
  return schema.meta({ id, description });
}

/** A number that may be missing: JSON has no NaN, so that `null` stands for it on the wire. */
export const figure = name(
  'Figure',
  'A number; null where there is none (NaN).',
  z.nullable(z.number()).transform((value) => value ?? NaN),
);
export const figures = z.record(z.string(), figure);

export const period = name(
  'Period',
  "A year '2014', a quarter '2014-Q3' or a month '2014-07'.",
  z.string().regex(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/, {
    error: "'2014', '2014-Q3' or '2014-07'",
  }) as unknown as z.ZodType<Period>,
);
export const span = name(
  'Span',
  'The first and the last period.',
  z.tuple([period, period], { error: "two periods, such as ['2014', '2018']" }),
);

export const rate = name(
  'Rate',
  "A ratio such as 0.12, or a percentage such as '12%'.",
  z.union([z.number(), z.string().regex(/^\s*[+\-−]?\d+(\.\d*)?\s*[%‰]\s*$/)], {
    error: "a ratio such as 0.12, or a percentage such as '12%'",
  }) as z.ZodType<Rate>,
);

export const language = z.enum(['en', 'zh']);
export const label = z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })], {
  error: 'a text, or one for each of en and zh',
});

export const series = name(
  'Series',
  'Regular values from a period on; null is missing.',
  z.strictObject(
    { start: period, values: z.array(figure, { error: 'a list of numbers, null where one is missing' }) },
    { error: "a series, such as { start: '2013', values: [100, 112] }" },
  ),
);
export const dataset = name('Dataset', 'Series by name.', z.record(z.string(), series));

export const plan = name(
  'Plan',
  'A plan of targets, as plan files are written.',
  z.unknown(),
) as z.ZodType<Plan>;

export const issue = name(
  'Issue',
  'Something wrong or doubtful: where, what was expected, what was received.',
  z.strictObject({
    code: z.string(),
    path: z.array(z.union([z.string(), z.number()])),
    expected: z.string(),
    received: z.string(),
    severity: z.exactOptional(z.enum(['error', 'warning'])),
  }),
);

export const problemDocument = name(
  'Problem',
  'A problem document of RFC 9457.',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    issues: z.exactOptional(z.array(issue)),
  }),
);

export const distribution: z.ZodType<Distribution> = name(
  'Distribution',
  'A probability distribution. Numbers only: a rate is a ratio.',
  z.lazy(() => z.discriminatedUnion('kind', kinds, { error: kindNames })),
);

const kindNames =
  'one of normal, lognormal, uniform, triangular, pert, student, two-piece-normal, empirical, mixture, transformed';
const number = z.number();
const kinds = [
  z.strictObject({ kind: z.literal('normal'), mean: number, sd: number }),
  z.strictObject({ kind: z.literal('lognormal'), meanLog: number, sdLog: number }),
  z.strictObject({ kind: z.literal('uniform'), low: number, high: number }),
  z.strictObject({ kind: z.literal('triangular'), low: number, mode: number, high: number }),
  z.strictObject({
    kind: z.literal('pert'),
    low: number,
    mode: number,
    high: number,
    shape: z.exactOptional(number),
  }),
  z.strictObject({ kind: z.literal('student'), location: number, scale: number, df: number }),
  z.strictObject({ kind: z.literal('two-piece-normal'), mode: number, sdLow: number, sdHigh: number }),
  z.strictObject({ kind: z.literal('empirical'), values: z.array(number) }),
  z.strictObject({
    kind: z.literal('mixture'),
    components: z.array(z.strictObject({ weight: number, of: distribution })),
  }),
  z.strictObject({
    kind: z.literal('transformed'),
    lambda: number,
    of: distribution,
    low: z.exactOptional(number),
    high: z.exactOptional(number),
  }),
] as const;

export const forecastValue: z.ZodType<Forecast> = name(
  'Forecast',
  'A distribution for each of the next periods.',
  z.strictObject({
    start: period,
    steps: z.array(distribution),
    weights: z.array(z.number()),
    last: z.number(),
    method: z.string(),
    notes: z.array(z.string()),
  }),
);

export const outputBand = name(
  'OutputBand',
  'What counts as met on one output; an absent side is open.',
  z.strictObject({
    output: z.string(),
    low: z.exactOptional(z.number()),
    high: z.exactOptional(z.number()),
  }),
);

export const settings: z.ZodType<Settings> = name(
  'Settings',
  'What parameters, exogenous series or add-factors are set to: one value for all periods, a series, or values by period.',
  z.record(
    z.string(),
    z.union([rate, series, z.record(period, rate)], {
      error: "a rate such as 0.12 or '12%', a series, or rates by period",
    }),
  ),
);

export const scenario: z.ZodType<Scenario> = name(
  'Scenario',
  'A named point: what is set otherwise than in the model and its history.',
  z.strictObject({
    name: z.string().refine((text) => text !== '__proto__', 'another name'),
    set: settings,
    addFactors: z.exactOptional(settings),
  }),
);
