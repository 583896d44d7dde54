import { frontier } from 'tinbergen';
import { simulateOnCluster, startWorker } from 'tinbergen/cluster';
import { simulateParallel } from 'tinbergen/node';
import { readParquet } from 'tinbergen/parquet';
import { frontierChart, ladderMarks } from 'tinbergen/plot';

export const points: number = frontier(
  { shares: { industry: 0.5, services: 0.5 }, growth: {}, target: '10%', across: 'industry', up: 'services' },
  ['12%'],
).length;
export const svg: string = frontierChart({
  question: {
    shares: { industry: 0.5, services: 0.5 },
    growth: {},
    target: '10%',
    across: 'industry',
    up: 'services',
  },
}).outerHTML;
export const marks: number = ladderMarks([{ label: 'a', probability: 0.5 }], undefined).length;
export const calls: readonly ((...args: never) => Promise<object>)[] = [
  simulateOnCluster,
  simulateParallel,
  startWorker,
  readParquet,
];
// @ts-expect-error: a chart of nothing is a mistake, so the types are there
frontierChart();
