export { simulateParallel } from './parallel.ts';
export type { ParallelOptions } from './parallel.ts';
export { openThreads } from './threads.ts';
export type { ThreadRun, Threads } from './threads.ts';
export { runTask, studyOf } from './task.ts';
export type { Task, TaskOptions } from './task.ts';
