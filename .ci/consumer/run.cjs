const { compound, solve, growth } = require('tinbergen');
const { workbookTemplate } = require('tinbergen/excel');
const { readPlan } = require('tinbergen/language');
const { twoEngine, twoEngineHistory } = require('tinbergen/presets');
const { report } = require('tinbergen/report');

const model = twoEngine();
const run = solve(model, twoEngineHistory(model, '2013'), { over: ['2014', '2018'] });
if (typeof workbookTemplate !== 'function' || typeof report !== 'function')
  throw new Error('an entry is empty');
if (readPlan('地区生产总值增长12%左右。', { year: 2014 }).plan.targets.length !== 1)
  throw new Error('the reader read nothing');
console.log(compound(100, '12%', 5).toFixed(4), growth(run.gdp).values.length);
