export { mergeSummaries, planShards, runShard } from '../uncertainty/shards.ts';
export type { RunOptions, Shard } from '../uncertainty/shards.ts';
export { runTask, studyOf } from '../node/task.ts';
export type { Task, TaskOptions } from '../node/task.ts';
export { simulateOnCluster } from './simulate.ts';
export type { ClusterOptions } from './simulate.ts';
export { startWorker } from './worker.ts';
export type { ClusterWorker, WorkerOptions } from './worker.ts';
export type { Connection, OnMessage } from './redis.ts';
