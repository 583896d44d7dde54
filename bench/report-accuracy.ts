import { readFileSync } from 'node:fs';
import {
  balance,
  control,
  defineModel,
  estimate,
  exactIndices,
  frontier,
  linearShapley,
  multipliers,
  nearestCorrelation,
  readMdl,
  series,
  sobol,
  solve,
} from '../src/index.ts';
import type { Dataset, Series } from '../src/index.ts';
import { betaCdf, betaQuantile } from '../src/numeric/beta.ts';
import { normalCdf, normalQuantile } from '../src/numeric/normal.ts';
import { studentCdf, studentQuantile } from '../src/numeric/student.ts';
import { models } from '../tests/sensitivity/models.ts';

/** One comparison with a known answer. */
export interface AccuracyRow {
  readonly what: string;
  readonly against: string;
  /** The largest error. */
  readonly error: number;
  readonly measure: 'relative' | 'absolute';
}

// What the goldens hold differs from file to file; each use below says what it takes.
const golden = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../tests/golden/${name}.json`, import.meta.url), 'utf8'));

type Pair = readonly [got: number, want: number];
const relative = (pairs: Iterable<Pair>): number =>
  Math.max(...Array.from(pairs, ([got, want]) => (got === want ? 0 : Math.abs(got - want) / Math.abs(want))));
const absolute = (pairs: Iterable<Pair>): number =>
  Math.max(...Array.from(pairs, ([got, want]) => Math.abs(got - want)));
const zip = (got: readonly number[], want: readonly number[]): Pair[] =>
  want.map((value, i): Pair => [got[i]!, value]);

/** The largest errors against the known answers in tests/golden. */
export function accuracy(): AccuracyRow[] {
  return [...klein(), synthetic(1000), ...distributions(), ...sensitivity(), ...plans()];
}

function klein(): AccuracyRow[] {
  const exact = golden('klein-exact');
  const { series: published } = golden('klein-data') as {
    series: Record<string, { start: [number, number]; values: (number | null)[] }>;
  };
  const history: Dataset = Object.fromEntries(
    Object.entries(published).map(([name, s]) => [name, series(`${s.start[0]}`, s.values)]),
  );
  const mdl = readMdl(golden('klein-model').mdl as string);
  const { model, equations } = estimate(mdl, history);
  const coefficients = equations.flatMap((e) =>
    zip(
      e.coefficients.map(({ value }) => value),
      exact.coefficients[e.variable],
    ),
  );
  const paths = (['dynamic', 'static'] as const).flatMap((mode) => {
    const run = solve(model, history, { over: ['1923', '1941'], mode });
    return Object.entries<number[]>(exact[mode]).flatMap(([name, path]) =>
      zip(run[name]!.values.slice(-path.length), path),
    );
  });
  const index = ['cn 1940', 'y 1940', 'cn 1941', 'y 1941'];
  const effects = multipliers(model, history, { over: ['1940', '1941'], of: ['cn', 'y'], by: ['w2', 'g'] });
  const interim = effects.map((row): Pair => {
    const column = exact.interim_multipliers_1940_41[`${row.instrument}_${row.at === '1940' ? 1 : 2}`];
    return [row.multiplier, column[index.indexOf(`${row.variable} ${row.period}`)]];
  });
  const { targets, w2, g } = exact.renorm_1940_41;
  const { instruments } = control(model, history, {
    over: ['1940', '1941'],
    targets: { cn: series('1940', targets.cn), y: series('1940', targets.y) },
    using: ['w2', 'g'],
  });
  const against = '40-digit arithmetic';
  const reached = [...zip(instruments['w2'].values, w2), ...zip(instruments['g'].values, g)];
  return [
    { what: "Klein's Model I: least-squares coefficients", against, error: relative(coefficients), measure: 'relative' },
    { what: "Klein's Model I: dynamic and static paths 1923-41", against, error: absolute(paths), measure: 'absolute' },
    { what: "Klein's Model I: interim multipliers", against, error: relative(interim), measure: 'relative' },
    { what: "Klein's Model I: instruments that hit four targets", against, error: relative(reached), measure: 'relative' },
  ]; // prettier-ignore
}

/** A linear simultaneous system of random structure over 20 periods, by its recipe in the golden. */
function synthetic(n: number): AccuracyRow {
  const exact = golden(`synthetic-linear-${n}`);
  const other = (i: number, j: number): number => (j === i ? (i + 1) % n : j);
  const equations = Array.from(
    { length: n },
    (_, i) =>
      `y${i} = 0.5*y${i}[-1] + 0.2*y${other(i, (7 * i + 3) % n)} - 0.1*y${other(i, (13 * i + 5) % n)} + x${i % 10}`,
  );
  const history: Record<string, Series> = {};
  for (let i = 0; i < n; i++) history[`y${i}`] = series('2000', [1 + 0.001 * (i % 7)]);
  for (let k = 0; k < 10; k++)
    history[`x${k}`] = series('2001', Array.from({ length: 20 }, (_, t) => 1 + 0.1 * k + 0.01 * (t + 1))); // prettier-ignore
  const run = solve(defineModel({ equations }), history, { over: ['2001', '2020'] });
  const pairs = [1, 20].flatMap((t) =>
    zip(
      equations.map((_, i) => run[`y${i}`]!.values[t]!),
      exact[`t${t}`],
    ),
  );
  return {
    what: `${n} simultaneous equations, 20 periods`,
    against: 'exact solution',
    error: absolute(pairs),
    measure: 'absolute',
  };
}

function distributions(): AccuracyRow[] {
  const grid = golden('distributions') as Record<string, number[][]>;
  const worst = (name: string, f: (...args: number[]) => number): number =>
    relative(grid[name]!.map((row): Pair => [f(...row.slice(0, -1)), row.at(-1)!]));
  const row = (what: string, error: number): AccuracyRow => ({
    what,
    against: '60-digit arithmetic',
    error,
    measure: 'relative',
  });
  const { higham } = golden('uncertainty') as { higham: { input: number[][]; nearest: number[][] }[] };
  const nearest = higham.flatMap((one) =>
    nearestCorrelation(one.input).matrix.flatMap((line, i) => zip([...line], one.nearest[i]!)),
  );
  return [
    row('normal distribution function', worst('normC', normalCdf)),
    row('normal quantile', worst('normQ', normalQuantile)),
    row("Student's t, function and quantile", Math.max(worst('tC', studentCdf), worst('tQ', studentQuantile))),
    row('beta, function and quantile', Math.max(worst('betaC', betaCdf), worst('betaQ', betaQuantile))),
    { what: 'nearest correlation matrix', against: "Higham's examples", error: absolute(nearest), measure: 'absolute' },
  ]; // prettier-ignore
}

function sensitivity(): AccuracyRow[] {
  const { truth, shapley } = golden('sensitivity');
  const median = (name: 'ishigami' | 'twoEngine3', repetitions: number): number => {
    const { f, factors } = models[name] as (typeof models)['ishigami'];
    const errors = Array.from({ length: repetitions }, (_, seed) => {
      const rows = sobol(f, factors, { points: 4096, replicates: 1, seed });
      return absolute(
        zip(
          rows.map(({ first }) => first),
          truth[name].S1,
        ),
      );
    });
    return errors.toSorted((a, b) => a - b)[(repetitions - 1) / 2]!;
  };
  const { f, factors } = models.twoEngine3;
  const [gauss] = exactIndices(f, factors, { nodes: { s: 2, gI: 6, gS: 6 } });
  const exact = zip(
    gauss!.rows.map(({ first }) => first),
    truth.twoEngine3.S1,
  );
  const effects = (shapley as { beta: number[]; Sigma: number[][]; shares: number[] }[]).flatMap((one) =>
    zip(linearShapley(one.beta, one.Sigma), one.shares),
  );
  return [
    { what: "Sobol' indices, 4,096 points, Ishigami's function: median of the largest first-order error", against: 'exact indices', error: median('ishigami', 101), measure: 'absolute' },
    { what: "Sobol' indices, 4,096 points, two engines: the same", against: 'exact indices', error: median('twoEngine3', 51), measure: 'absolute' },
    { what: 'indices of two engines by quadrature', against: '60-digit arithmetic', error: absolute(exact), measure: 'absolute' },
    { what: 'Shapley effects, linear and correlated', against: 'exact shares', error: absolute(effects), measure: 'absolute' },
  ]; // prettier-ignore
}

function plans(): AccuracyRow[] {
  const { cases } = golden('plan-golden');
  const need = cases.services_needed_for_12pct;
  const [point] = frontier(
    {
      shares: { agr: 0.05, ind: 0.55, srv: 0.4 },
      growth: { agr: need.agr },
      target: need.target_gdp,
      across: 'ind',
      up: 'srv',
    },
    [need.ind],
  );
  const { plan } = golden('balance');
  const items = Object.fromEntries((plan.names as string[]).map((name, k) => [name, plan.base[k]]));
  const balanced = Object.entries<number[]>(plan.result).flatMap(([method, want]) => {
    const variances = Object.fromEntries(
      (plan.names as string[]).map((name, k) => [name, plan.weights[method][k]]),
    );
    const { values } = balance(items, { identities: ['gdp = agr + ind + srv'], variances });
    return zip(
      (plan.names as string[]).map((name) => values[name]!),
      want,
    );
  });
  return [
    { what: 'services growth that GDP of 12 % needs', against: 'by hand', error: relative([[point!.up, need.srv]]), measure: 'relative' },
    { what: 'balancing of accounts', against: 'R', error: relative(balanced), measure: 'relative' },
  ]; // prettier-ignore
}
