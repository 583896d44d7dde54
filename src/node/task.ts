import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mistake, shown, suggestion } from '../mistake.ts';
import type { Model } from '../model/model.ts';
import { outcome } from '../scenario/outcome.ts';
import type { OutcomeOptions } from '../scenario/outcome.ts';
import type { Dataset } from '../time/series.ts';
import type { Study } from '../uncertainty/outcome.ts';
import { runShard } from '../uncertainty/shards.ts';
import type { RunOptions, Shard } from '../uncertainty/shards.ts';
import type { Summary } from '../uncertainty/summary.ts';

/**
 * What is simulated, as plain data that a thread or another machine can carry, since functions cannot: one of
 * - `'model'`: a model with its history, read as by `outcome`
 * - `'module'`: a function or an outcome that a module exports, for an economist's own; `name` defaults to `'default'`.
 *   The module must be there where the shard runs; a relative path starts from the working directory.
 */
export type Task =
  | {
      readonly kind: 'model';
      readonly model: Model;
      readonly history: Dataset;
      readonly outcome: Omit<OutcomeOptions, 'engine'>;
    }
  | { readonly kind: 'module'; readonly module: string; readonly name?: string };

/** Where a task's module may come from. */
export interface TaskOptions {
  /** Only modules inside this folder are loaded; without it, any. */
  readonly modules?: string;
}

/**
 * The function that a task stands for.
 *
 * @throws RangeError (as a rejection) when the task is of no known kind, its module lies outside `modules` or has no such
 *   export; what importing it or compiling the model throws
 */
export async function studyOf(task: Task, options: TaskOptions = {}): Promise<Study> {
  if (task.kind === 'model') return outcome(task.model, withMissing(task.history), task.outcome);
  if (task.kind !== 'module')
    return mistake('studyOf', `${shown(task)} is no task`, "give one of kind 'model' or 'module'");
  const { name = 'default' } = task;
  const exports = (await import(moduleUrl(task.module, options.modules))) as Record<string, unknown>;
  const found = exports[name];
  if (typeof found === 'function' || (typeof found === 'object' && found !== null && 'evaluate' in found))
    return found as Study;
  return mistake(
    'studyOf',
    `${shown(task.module)} exports no function or outcome '${name}'`,
    suggestion(name, Object.keys(exports)),
  );
}

/** Run one shard of a task, wherever its code is: `runShard(await studyOf(task), shard)`. */
export async function runTask(
  task: Task,
  shard: Shard,
  options: RunOptions & TaskOptions = {},
): Promise<Summary> {
  return runShard(await studyOf(task, options), shard, options);
}

/** A history that went through JSON has `null` where a value is missing. */
function withMissing(history: Dataset): Dataset {
  return Object.fromEntries(
    Object.entries(history).map(([name, s]) => [
      name,
      { ...s, values: s.values.map((value: number | null) => value ?? NaN) },
    ]),
  );
}

function moduleUrl(module: string, folder: string | undefined): string {
  if (folder === undefined)
    return /^(file|data|node):/.test(module) ? module : pathToFileURL(resolve(module)).href;
  const path = module.startsWith('file:') ? fileURLToPath(module) : resolve(folder, module);
  const inside = relative(resolve(folder), path);
  if (/^\w{2,}:/.test(module) && !module.startsWith('file:'))
    return mistake('studyOf', `${shown(module)} is no file`, `give a module inside ${folder}`);
  if (inside.startsWith('..') || isAbsolute(inside))
    return mistake('studyOf', `the module ${shown(module)} is outside ${folder}`, 'give one inside it');
  return pathToFileURL(path).href;
}
