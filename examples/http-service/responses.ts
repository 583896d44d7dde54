import * as z from 'zod';
import {
  dataset,
  distribution,
  figure,
  figures,
  forecastValue,
  issue,
  name,
  outputBand,
  period,
  plan,
  scenario,
  span,
} from './schemas.ts';

const optional = z.exactOptional;
const text = z.string();
const measure = z.enum(['growth', 'level', 'share', 'change']);
const band = z.strictObject({ low: optional(figure), high: optional(figure) });
const place = z.tuple([z.int(), z.int()]);
const when = z.union([period, span]);

const reading = z.strictObject({
  target: z.int(),
  span: place,
  number: place,
  language: text,
  section: z.array(text),
  subject: text,
  indicator: text,
  code: optional(text),
  verb: optional(text),
  scope: optional(text),
  measure,
  relation: text,
  value: optional(figure),
  low: optional(figure),
  high: optional(figure),
  unit: text,
  counted: optional(text),
  strict: optional(z.boolean()),
  fall: optional(z.boolean()),
  points: optional(z.boolean()),
  multiple: optional(z.number()),
  average: optional(z.boolean()),
  cumulative: optional(z.boolean()),
  yearly: optional(z.boolean()),
  versus: optional(text),
  period: when,
  deadline: text,
  firmness: text,
  threshold: optional(z.strictObject({ value: z.number(), unit: text })),
  prices: optional(text),
});

const planText = name(
  'PlanText',
  'What readPlan gives: the plan, the place of every number, and what was not read.',
  z.strictObject({
    plan,
    readings: z.array(reading),
    qualitative: z.array(
      z.strictObject({
        span: place,
        text,
        section: z.array(text),
        indicator: optional(text),
        deadline: text,
        firmness: text,
      }),
    ),
    unread: z.array(z.strictObject({ span: place, text, reason: text })),
    issues: z.array(issue),
  }),
);

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('target'), target: z.int() }),
  z.strictObject({ kind: z.literal('identity'), text, period }),
  z.strictObject({ kind: z.literal('equation'), text, period }),
  z.strictObject({
    kind: z.literal('range'),
    name: text,
    of: z.enum(['growth', 'value']),
    period: optional(period),
  }),
  z.strictObject({ kind: z.literal('positive'), name: text, period }),
]);
const relaxation = z.strictObject({
  source,
  from: figure,
  to: figure,
  relation: optional(z.looseObject({ kind: text })),
  words: text,
});

const consistency = name(
  'Consistency',
  'What consistency gives: whether the targets can hold together, and if not which conflict and what mends it.',
  z.discriminatedUnion('consistent', [
    z.strictObject({
      consistent: z.literal(true),
      sentence: text,
      slack: z.array(
        z.strictObject({
          target: z.int(),
          words: text,
          reach: band,
          slack: optional(figure),
          free: z.boolean(),
        }),
      ),
      witness: z.strictObject({ levels: dataset, parameters: figures, targets: z.array(figure) }),
      issues: z.array(issue),
    }),
    z.strictObject({
      consistent: z.literal(false),
      conflict: z.array(z.strictObject({ source, words: text })),
      sentence: text,
      repairs: z.array(relaxation),
      smallest: optional(z.strictObject({ changes: z.array(relaxation), weightedTotal: figure })),
      bindingConflict: z.boolean(),
      issues: z.array(issue),
    }),
  ]),
);

const checked = name(
  'Checked',
  'The issues of a plan; where it has no errors, whether its targets can hold together.',
  z.strictObject({ issues: z.array(issue), consistency: optional(consistency) }),
);

const assessment = name(
  'Assessment',
  'How a target stands.',
  z.strictObject({
    indicator: text,
    measure,
    period: when,
    target: text,
    band: optional(band),
    expected: figure,
    gap: figure,
    probability: optional(figure),
    interval: optional(z.tuple([figure, figure])),
    why: optional(text),
    status: z.enum(['met', 'on track', 'at risk', 'missed', 'unknown']),
  }),
);

const comparison = name(
  'ComparisonRow',
  'One variable of one scenario in one period, beside the baseline.',
  z.strictObject({
    scenario: text,
    variable: text,
    period,
    value: figure,
    baseline: figure,
    difference: figure,
    change: figure,
  }),
);

const frontierPoint = z.strictObject({ growth: figures, across: figure, up: figure, total: figure });

const study = name(
  'PlanStudy',
  'What studyPlan gives: a plan checked, compounded and projected with the two-engine model.',
  z.strictObject({
    plan,
    issues: z.array(issue),
    base: period,
    targets: z.array(assessment),
    consistency,
    projection: dataset,
    accounting: z.strictObject({
      growth: figure,
      parts: z.array(
        z.strictObject({ part: text, share: figure, growth: figure, pull: figure, contribution: figure }),
      ),
      issues: z.array(issue),
    }),
    frontier: optional(
      z.strictObject({ target: z.number(), points: z.array(frontierPoint), plan: frontierPoint }),
    ),
    scenarios: z.array(comparison),
    scenarioSettings: z.array(scenario),
    tornado: z.array(
      z.strictObject({
        output: text,
        factor: text,
        low: figure,
        base: figure,
        high: figure,
        swing: figure,
        from: figure,
        at: figure,
        to: figure,
      }),
    ),
    parameters: figures,
    shares: figures,
    over: span,
    sources: z.strictObject({ plan: z.array(text), solved: z.array(text), defaults: z.array(text) }),
  }),
);

const outputSummary = z.strictObject({
  count: z.int(),
  missing: z.int(),
  mean: figure,
  variance: figure,
  sd: figure,
  skewness: figure,
  kurtosis: figure,
  min: figure,
  max: figure,
  sketch: optional(z.strictObject({ level: z.int(), bins: z.array(z.int()), counts: z.array(z.int()) })),
  parts: optional(z.array(z.array(figure))),
});

const summary = name(
  'Summary',
  'What simulate gives. `sketch` and `parts`, which merging and further quantiles need, come with full: true.',
  z.strictObject({
    run: text,
    seed: text,
    count: z.int(),
    outputs: z.record(text, outputSummary),
    bands: z.record(text, outputBand),
    hits: z.array(z.tuple([z.int(), z.int(), z.int()])),
    layout: z.strictObject({ replicates: z.int(), blocksEach: optional(z.int()), blockSize: z.int() }),
    blocks: z.array(place),
    repair: optional(z.strictObject({ change: figure, largest: figure, iterations: z.int() })),
  }),
);

const planChance = name(
  'PlanChance',
  'How likely a plan as a whole is.',
  z.strictObject({
    targets: z.array(text),
    all: z.strictObject({ probability: figure, interval: z.tuple([figure, figure]) }),
    atLeast: z.array(z.strictObject({ k: z.int(), probability: figure })),
    given: z.record(text, figures),
  }),
);

const quantiles = z.record(text, z.array(z.strictObject({ p: z.number(), value: figure })));

/** What each address answers, under the names of the bodies it takes. */
export const responses = {
  '/read': { text: planText },
  '/check': { plan: checked },
  '/project': { plan: study, model: dataset },
  '/scenarios': { plan: z.array(comparison), model: z.array(comparison) },
  '/simulate': {
    plan: name(
      'SimulatedPlan',
      'The chance of each target and of all together, and what was drawn.',
      z.strictObject({
        targets: z.array(assessment),
        chance: planChance,
        left: z.array(z.strictObject({ target: text, why: text })),
        factors: z.record(text, distribution),
        quantiles,
        summary,
      }),
    ),
    model: name(
      'SimulatedModel',
      'The summary of a simulation, with quantiles of each output.',
      z.strictObject({ quantiles, summary }),
    ),
  },
  '/forecast': {
    history: name(
      'Forecasted',
      'The forecast and its central intervals.',
      z.strictObject({
        forecast: forecastValue,
        intervals: z.array(
          z.strictObject({
            period,
            level: z.number(),
            low: figure,
            median: figure,
            high: figure,
            mean: figure,
          }),
        ),
      }),
    ),
  },
  '/assess': { plan: z.array(assessment) },
} as const;

export const health = name(
  'Health',
  'Whether the service takes requests.',
  z.strictObject({ status: z.enum(['ok', 'stopping']), running: z.int(), waiting: z.int() }),
);
