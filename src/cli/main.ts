#!/usr/bin/env node
import { Command } from 'commander';
import { planCommand } from './plan.ts';
import { readCommand } from './read.ts';
import { fail } from './input.ts';
import { version } from './version.ts';
import { workerCommand } from './worker.ts';

const program = new Command()
  .name('tinbergen')
  .description('Economic targets: check them, compound them, project them, and ask what moves them.')
  .version(version)
  .showSuggestionAfterError()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

program
  .command('plan')
  .description('check a plan file, project it with the two-engine model, and show what it takes')
  .argument('<file>', "a plan as JSON, or its text ('-' for standard input)")
  .option('--json', 'print the whole study as JSON')
  .option('--horizon <years>', 'years to project (default 5)')
  .option('--year <year>', "the plan's year, for a text that does not say it")
  .addHelpText(
    'after',
    '\nExample:\n  tinbergen plan seeds/lvyuan-2014.json\n\nExit codes: 0 done, 1 the plan has errors, 2 the file or the call is wrong',
  )
  .action(planCommand);

program
  .command('read')
  .description(
    "the targets that a plan's own words state, Chinese or English, with the place of every number",
  )
  .argument('<file>', "a plan's text ('-' for standard input)")
  .option('--year <year>', "the plan's year, when the first lines do not say it")
  .option('--json', 'print plan, readings, unread and issues as JSON')
  .addHelpText('after', '\nExample:\n  tinbergen read work-plan-2014.txt --year 2014')
  .action(readCommand);

program
  .command('worker')
  .description('take shards of simulations from a queue (BullMQ over Redis or Valkey) until interrupted')
  .requiredOption('--redis <address>', "where Redis is, such as 'redis://localhost:6379'")
  .option('--queue <name>', "name of the queue (default 'tinbergen')")
  .option('--concurrency <n>', 'shards at once', '1')
  .option('--lock <ms>', 'milliseconds after which the shard of a worker that died goes to another')
  .addHelpText('after', '\nExample:\n  tinbergen worker --redis redis://localhost:6379 --concurrency 4')
  .action(workerCommand);

try {
  await program.parseAsync();
} catch (error) {
  fail([(error as Error).message]);
}
