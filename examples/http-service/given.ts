import {
  checkModel,
  empirical,
  frequencyOf,
  hasErrors,
  lognormal,
  mixture,
  normal,
  pert,
  readPlanFile,
  student,
  transformed,
  triangular,
  twoPieceNormal,
  uniform,
} from '../../src/index.ts';
import type { Distribution, Issue, Model, Period, Plan } from '../../src/index.ts';
import type { Limits } from './limits.ts';
import { refuse } from './refuse.ts';
import { isWithin } from './requests.ts';

/** The plan of a body, checked as plan files are; refused with its issues when it has errors. */
export function planOf(given: unknown, limits: Limits): Plan {
  checkSize(given, limits);
  const { plan, issues } = readPlanFile(given);
  if (plan === undefined || hasErrors(issues)) return refuse('not-valid', under('plan', issues));
  checkFar(plan, plan.span[1], ['plan', 'span', 1], limits);
  for (const [i, { period }] of plan.targets.entries())
    if (period !== undefined)
      checkFar(
        plan,
        typeof period === 'string' ? period : period[1],
        ['plan', 'targets', i, 'period'],
        limits,
      );
  return plan;
}

/** Refuse a period that lies further from the start of the plan than is projected. */
export function checkFar(plan: Plan, period: Period, path: Issue['path'], { horizon }: Limits): void {
  const [start] = plan.span;
  const isFar =
    frequencyOf(period) === frequencyOf(start)
      ? period >= start && !isWithin([start, period], horizon)
      : Number(period.slice(0, 4)) - Number(start.slice(0, 4)) >= horizon;
  const expected = `at most ${horizon} periods from the start of the plan`;
  if (isFar) refuse('over-limit', [{ code: 'outside-span', path, expected, received: period }]);
}

/** Refuse a plan with too many targets before anything looks at them. */
export function checkSize(given: unknown, limits: Limits): void {
  const targets: unknown = (given as { targets?: unknown } | null | undefined)?.targets;
  if (!Array.isArray(targets) || targets.length <= limits.targets) return;
  const [expected, received] = [`at most ${limits.targets} targets`, String(targets.length)];
  refuse('over-limit', [{ code: 'bad-range', path: ['plan', 'targets'], expected, received }]);
}

/** The models last asked for, by their JSON, the latest last. */
const known = new Map<string, Model>();
const mostKnown = 50;

/**
 * The model of a body; refused with the place of an equation that cannot be read.
 *
 * The library parses and compiles the equations of a model once for each object, so the same model is given the same object.
 */
export function modelOf(given: Model): Model {
  const text = JSON.stringify(given);
  const model = known.get(text) ?? given;
  if (model === given) {
    const issues = checkModel(given);
    if (hasErrors(issues)) refuse('not-valid', under('model', issues));
  }
  known.delete(text);
  known.set(text, model);
  if (known.size > mostKnown) known.delete(known.keys().next().value!);
  return model;
}

/** Issues of a part of the body, with their place in the body. */
export function under(field: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [field, ...issue.path] }));
}

/** A distribution through its constructor, which refuses what is none: a negative spread, bounds out of order. */
export function distributionOf(d: Distribution): Distribution {
  switch (d.kind) {
    case 'normal':
      return normal(d.mean, d.sd);
    case 'lognormal':
      return lognormal(d.meanLog, d.sdLog);
    case 'uniform':
      return uniform(d.low, d.high);
    case 'triangular':
      return triangular(d.low, d.mode, d.high);
    case 'pert':
      return pert(d.low, d.mode, d.high, d.shape);
    case 'student':
      return student(d.location, d.scale, d.df);
    case 'two-piece-normal':
      return twoPieceNormal(d.mode, d.sdLow, d.sdHigh);
    case 'empirical':
      return empirical(d.values);
    case 'mixture':
      return mixture(d.components.map(({ weight, of }) => ({ weight, of: distributionOf(of) })));
    case 'transformed':
      return transformed(distributionOf(d.of), d.lambda, {
        ...(d.low === undefined ? {} : { low: d.low }),
        ...(d.high === undefined ? {} : { high: d.high }),
      });
    default:
      return d satisfies never;
  }
}
