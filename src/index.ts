// what does a rate do to a level?
export {
  averageGrowth,
  compound,
  doublingTime,
  grow,
  growth,
  growthBetween,
  requiredRate,
} from './time/growth.ts';
export { ratio } from './numeric/rate.ts';
export type { Rate } from './numeric/rate.ts';

// time and data
export { addPeriods, frequencyOf, isPeriod, periodsBetween, toPeriod } from './time/period.ts';
export type { Frequency, Period, Span } from './time/period.ts';
export { align, at, endOf, mapValues, periodsOf, series, shift, slice } from './time/series.ts';
export type { Dataset, Series } from './time/series.ts';
export { rows } from './time/rows.ts';
export type { NamedRow, Row } from './time/rows.ts';
export { aggregate } from './time/aggregate.ts';
export { fromYearToDate, growthFromYearToDate, toYearToDate } from './time/cumulative.ts';
export { readCsv, writeCsv } from './data/csv.ts';
export type { DecimalMark } from './data/figure.ts';
export type { CsvOptions } from './data/csv.ts';
export type { PublishedIndicator, TableReading } from './data/reading.ts';
export type { ReadOptions } from './data/table.ts';
export { readJson, writeJson } from './data/json.ts';
export { readSdmx } from './data/sdmx.ts';
export { describeIssue, hasErrors } from './issue.ts';
export type { Issue, IssueCode, Language } from './issue.ts';

// where does growth come from?
export { contribution } from './accounts/contribution.ts';
export type { Contributions, Part, PartContribution } from './accounts/contribution.ts';
export { deflate, impliedDeflator, inflate, nominalGrowth, realGrowth } from './accounts/deflate.ts';
export { chain, linksOf, realGrowthOf, rebase, splice } from './accounts/chain.ts';
export type { ConstantPriceSeries } from './accounts/chain.ts';
export { outputNeeded, valueAdded } from './accounts/value-added.ts';

// what is the plan?
export { basePeriod, checkPlan, definePlan, periodOf, targetBand, targetValue } from './plan/plan.ts';
export type { Assumption, Group, Plan } from './plan/plan.ts';
export {
  about,
  atLeast,
  atMost,
  band,
  defaultWidths,
  gap,
  inBand,
  inStepWith,
  reach,
  within,
} from './plan/relation.ts';
export type { Band, BandContext, Measure, Relation, Widths } from './plan/relation.ts';
export { describeRelation, describeTarget, quantityText } from './plan/describe.ts';
export { firmnesses } from './plan/target.ts';
export type { Firmness, Target } from './plan/target.ts';
export type { Indicator, Label } from './plan/indicator.ts';
export { convert, isUnit, unitLabel, unitOfWord, units } from './plan/unit.ts';
export type { Dimension, Unit, UnitName } from './plan/unit.ts';
export { planSchema, readPlanFile, writePlanFile } from './data/plan-file.ts';
export type { PlanReading } from './data/plan-file.ts';

// how do the parts hang together?
export { checkModel, defineModel } from './model/model.ts';
export type { Equation, Model, Parameter, ParameterInput } from './model/model.ts';
export { solve } from './model/solve.ts';
export type { Solution, SolveOptions } from './model/solve.ts';
export type { Setting, Settings } from './model/table.ts';
export type { NewtonOptions } from './model/newton.ts';
export { addFactors } from './model/residual.ts';
export { multipliers } from './model/multipliers.ts';
export type { Multiplier, MultiplierOptions } from './model/multipliers.ts';
export { FormulaError, parseEquation, parseExpression } from './formula/parse.ts';
export type { ParsedEquation, ParseOptions } from './formula/parse.ts';
export type { Engine as FormulaEngine } from './formula/compile.ts';
export { printExpression } from './formula/expression.ts';
export type { Expression } from './formula/expression.ts';
export { derivative } from './formula/differentiate.ts';

export { readMdl } from './model/mdl.ts';
export type { DistributedLag, Mdl, MdlCoefficients, MdlEquation, Restriction } from './model/mdl.ts';
export { estimate } from './model/estimate.ts';
export type { Coefficient, EquationEstimate, Estimation, EstimateOptions } from './model/estimate.ts';

// what if?
export { runScenarios } from './scenario/scenario.ts';
export type { Scenario, ScenarioRuns } from './scenario/scenario.ts';
export { compare } from './scenario/compare.ts';
export type { ComparisonRow } from './scenario/compare.ts';
export { attribute } from './scenario/attribute.ts';
export type {
  AttributeOptions,
  AttributeScenarioOptions,
  AttributionRow,
  ScenarioPart,
} from './scenario/attribute.ts';
export { frontier } from './scenario/frontier.ts';
export type { FrontierPoint, FrontierQuestion } from './scenario/frontier.ts';

// what must be true?
export { control } from './model/control.ts';
export type { ControlOptions, ControlResult, TargetReached } from './model/control.ts';
export type { Controllability } from './model/controllability.ts';
export { goalSeek } from './model/goal-seek.ts';
export type { GoalSeekResult } from './model/goal-seek.ts';
export { recipes } from './model/recipes.ts';
export type { Recipe } from './model/recipes.ts';
export { balance } from './accounts/balance.ts';
export type { Balanced, BalanceOptions, Identity } from './accounts/balance.ts';
export type { BalancedTable, TableOptions, Totals } from './accounts/balance-table.ts';
export type { Reliability } from './accounts/reliability.ts';
export { ras } from './accounts/ras.ts';
export type { Ras, RasOptions } from './accounts/ras.ts';

// how likely?
export { outcome } from './scenario/outcome.ts';
export type { OutcomeOptions } from './scenario/outcome.ts';
export { toOutcome } from './uncertainty/outcome.ts';
export type { Columns, Outcome, OutputOf, PointFunction, Study } from './uncertainty/outcome.ts';
export {
  empirical,
  lognormal,
  mixture,
  normal,
  pert,
  student,
  transformed,
  triangular,
  twoPieceNormal,
  uniform,
} from './uncertainty/distribution.ts';
export type {
  Distribution,
  Empirical,
  Lognormal,
  Mixture,
  Normal,
  Pert,
  Student,
  Transformed,
  Triangular,
  TwoPieceNormal,
  Uniform,
} from './uncertainty/distribution.ts';
export { pdf } from './uncertainty/pdf.ts';
export { cdf, survival } from './uncertainty/cdf.ts';
export { quantile, upperQuantile } from './uncertainty/quantile.ts';
export { mean, variance } from './uncertainty/moments.ts';
export { correlation, nearestCorrelation } from './uncertainty/correlation.ts';
export type { Correlation, NearestCorrelation } from './uncertainty/correlation.ts';
export { imanConover } from './uncertainty/iman-conover.ts';
export { simulate } from './uncertainty/simulate.ts';
export type { SimulateOptions } from './uncertainty/simulate.ts';
export type { Simulation } from './uncertainty/simulation.ts';
export { merge, summaryCdf, summaryQuantile } from './uncertainty/summary.ts';
export type { Layout as SummaryLayout, OutputBand, OutputSummary, Summary } from './uncertainty/summary.ts';
export type { Part as MomentPart } from './uncertainty/block-moments.ts';
export type { Sketch } from './uncertainty/sketch.ts';
export { probability } from './uncertainty/probability.ts';
export type {
  Event as TargetEvent,
  ProbabilityEstimate,
  ProbabilityOptions,
} from './uncertainty/probability.ts';
export { expectation } from './uncertainty/expectation.ts';
export type { Expectation } from './uncertainty/expectation.ts';
export { sample } from './uncertainty/sample.ts';
export type { SampleOptions } from './uncertainty/sample.ts';
export type { DrawOptions } from './uncertainty/draws.ts';
export { uniformAt } from './numeric/threefry.ts';
export type { Seed } from './numeric/threefry.ts';
export { loadDirections } from './numeric/sobol-sequence.ts';
export type { Directions } from './numeric/sobol-sequence.ts';
export { latinHypercube } from './numeric/latin-hypercube.ts';
export { mergeSummaries, planShards, runShard } from './uncertainty/shards.ts';
export type { Shard } from './uncertainty/shards.ts';

// what moves it?
export { elasticities } from './sensitivity/elasticity.ts';
export type { ElasticityOptions, ElasticityRow } from './sensitivity/elasticity.ts';
export { tornado } from './sensitivity/tornado.ts';
export type { TornadoOptions, TornadoRow } from './sensitivity/tornado.ts';
export { spider } from './sensitivity/spider.ts';
export type { SpiderOptions, SpiderRow } from './sensitivity/spider.ts';
export { morris, morrisDesign, morrisEffects } from './sensitivity/morris.ts';
export type { MorrisDesign, MorrisOptions, MorrisRow } from './sensitivity/morris.ts';
export { sobol, sobolDesign, sobolIndices, sobolPairs } from './sensitivity/sobol.ts';
export type {
  SobolAnalysis,
  SobolDesign,
  SobolIndices,
  SobolOptions,
  SobolPairRow,
  SobolRow,
} from './sensitivity/sobol.ts';
export { linearShapley } from './sensitivity/linear-shapley.ts';
export { shapleyEffects } from './sensitivity/shapley.ts';
export type { ShapleyOptions, ShapleyRow } from './sensitivity/shapley.ts';
export { dgsm, dgsmIndices } from './sensitivity/dgsm.ts';
export type { DgsmOptions, DgsmRow } from './sensitivity/dgsm.ts';
export { pawn, pawnIndices } from './sensitivity/pawn.ts';
export type { PawnOptions, PawnRow } from './sensitivity/pawn.ts';
export { exactIndices } from './sensitivity/exact.ts';
export { productIndices } from './sensitivity/product.ts';
export type { ExactIndices, ExactOptions, ExactRow } from './sensitivity/exact.ts';
export { shortfall, targetMet } from './sensitivity/targets.ts';
export type { Bands as TargetBands } from './sensitivity/targets.ts';
export type { Factors } from './sensitivity/design.ts';
export type { Range as FactorRange, Ranges as FactorRanges } from './sensitivity/range.ts';
export { attributeMiss } from './sensitivity/attribute-miss.ts';
export type { MissAttribution, MissOptions, MissRow } from './sensitivity/attribute-miss.ts';
export { discover } from './sensitivity/discover.ts';
export type { Box, DiscoverOptions } from './sensitivity/discover.ts';
export { regret } from './sensitivity/regret.ts';
export type { RegretOptions, RegretRow } from './sensitivity/regret.ts';

// what does history say?
export { forecast, intervals } from './forecast/forecast.ts';
export type { ForecastOptions, IntervalRow } from './forecast/forecast.ts';
export type { Fitted, FitOptions, Forecast, Method, MethodOptions } from './forecast/method.ts';
export { auto } from './forecast/auto.ts';
export type { AutoOptions } from './forecast/auto.ts';
export { drift, logDrift, naive, seasonalNaive } from './forecast/naive.ts';
export { theta } from './forecast/theta.ts';
export type { ThetaOptions } from './forecast/theta.ts';
export type { ThetaKind } from './forecast/theta-fit.ts';
export { ets } from './forecast/ets.ts';
export type { EtsOptions } from './forecast/ets.ts';
export { arima } from './forecast/arima.ts';
export type { ArimaOptions } from './forecast/arima.ts';
export { combine } from './forecast/combine.ts';
export type { CombineOptions } from './forecast/combine.ts';
export { chanceAt, chanceOver, samplePaths } from './forecast/path.ts';
export type { Between, ChanceOptions, PathOptions } from './forecast/path.ts';
export { conditional } from './forecast/conditional.ts';
export type { Condition } from './forecast/conditional.ts';
export { disaggregate } from './forecast/disaggregate.ts';
export type { DisaggregateOptions } from './forecast/disaggregate.ts';
export { reconcile, reconcileDraws, reconcileForecasts } from './forecast/reconcile.ts';
export type { ReconcileOptions, Totals as ReconcileTotals } from './forecast/reconcile.ts';
export { backtest } from './forecast/backtest.ts';
export type { Backtest, BacktestOptions, BacktestRow, BacktestScore } from './forecast/backtest.ts';
export {
  brier,
  calibrationError,
  coverage,
  crps,
  dieboldMariano,
  mase,
  msis,
  owa,
  pinball,
  rmsse,
  smape,
} from './forecast/score.ts';
export type { DieboldMariano, Points as PointForecasts, Steps as ForecastSteps } from './forecast/score.ts';

// how are we doing?
export { assess } from './assess/assess.ts';
export type { Assessment, AssessOptions, Status } from './assess/assess.ts';
export { track } from './assess/track.ts';
export type { Tracked, TrackOptions } from './assess/track.ts';
export { lightOf, pace } from './assess/pace.ts';
export type { Light, Pace, PaceOptions } from './assess/pace.ts';
export { nowcast } from './assess/nowcast.ts';
export type { Nowcast, NowcastOptions } from './assess/nowcast.ts';
export { outsideView, referenceClass } from './assess/reference-class.ts';
export type { ReferenceClass, TargetCase } from './assess/reference-class.ts';
export { planOutcome, targetNames } from './assess/plan-outcome.ts';
export type { PlanOutcome } from './assess/plan-outcome.ts';
export { planChance } from './assess/probability.ts';
export type { PlanChance } from './assess/probability.ts';

// can the targets hold together?
export { consistency } from './assess/consistency.ts';
export type {
  Consistency,
  ConsistencyOptions,
  ConsistencyRow,
  Consistent,
  Inconsistent,
  Ranges,
  Relaxation,
  RowSource,
  Slack,
  SmallestRepair,
  Witness,
} from './assess/consistency.ts';
