const { compound, solve, growth } = require('tinbergen');
const { twoEngine, twoEngineHistory } = require('tinbergen/presets');

const model = twoEngine();
const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] });
console.log(compound(100, '12%', 5).toFixed(4), growth(run.gdp).values.length);
