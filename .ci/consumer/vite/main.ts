import { compound, normal, simulate, solve } from 'tinbergen';
import { readPlan } from 'tinbergen/language';
import { twoEngine, twoEngineHistory } from 'tinbergen/presets';

const model = twoEngine();
const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] });
const drawn = simulate(
  ({ g }: { g: number }) => 100 * (1 + g),
  { g: normal('7%', '1%') },
  { draws: 5000, seed: 1 },
);
document.getElementById('answer')!.textContent = JSON.stringify([
  compound(100, '12%', 5),
  run.gdp.values,
  drawn,
  readPlan('地区生产总值增长12%左右。', { year: 2014 }).plan.targets,
]);
