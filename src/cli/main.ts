#!/usr/bin/env node
import { Command } from 'commander';
import { exportCommand } from './export.ts';
import { planCommand } from './plan.ts';
import { readCommand } from './read.ts';
import type { ReportArguments } from './report.ts';
import { fail } from './input.ts';
import { version } from './version.ts';
import type { WorkerArguments } from './worker.ts';

// A reader such as head may leave before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

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
  .description('run shards of simulations that other programs put into Redis or Valkey, until told to stop')
  .option('--redis <address>', 'redis://user:password@host:6379 (default: REDIS_URL, else this machine)')
  .option('--concurrency <n>', 'shards at a time (default: one for each processor)')
  .option('--queue <name>', "name of the queue (default 'tinbergen')")
  .option('--modules <folder>', 'the only folder from which modules of tasks are loaded (default: this one)')
  .option('--lock <seconds>', 'silence after which the shards of a worker go to others (default 15)')
  .addHelpText(
    'after',
    '\nNeeds: npm install bullmq ioredis\nExample:\n  tinbergen worker --redis redis://localhost:6379 --concurrency 4',
  )
  // Loaded here, so that other commands start without it.
  .action(async (options: WorkerArguments) => (await import('./worker.ts')).workerCommand(options));

program
  .command('export')
  .description(
    'the study of a plan as an Excel workbook: levels, scenarios and sensitivities as live formulas',
  )
  .argument('<file>', "a plan as JSON, or its text ('-' for standard input)")
  .requiredOption('-o, --output <file>', 'the workbook to write, such as plan.xlsx')
  .option('--horizon <years>', 'years to project (default 5)')
  .option('--year <year>', "the plan's year, for a text that does not say it")
  .addHelpText('after', '\nExample:\n  tinbergen export seeds/lvyuan-2014.json -o plan.xlsx')
  .action(exportCommand);

program
  .command('report')
  .description('the study of a plan as one self-contained HTML page that prints to two A4 pages')
  .argument('<file>', "a plan as JSON, or its text ('-' for standard input)")
  .option('-o, --output <file>', 'the page to write (default: standard output)')
  .option('--language <language>', "'en' or 'zh'", 'en')
  .option('--horizon <years>', 'years to project (default 5)')
  .option('--year <year>', "the plan's year, for a text that does not say it")
  .addHelpText('after', '\nExample:\n  tinbergen report seeds/lvyuan-2014.json -o report.html --language zh')
  .action(async (file: string, options: ReportArguments) =>
    (await import('./report.ts')).reportCommand(file, options),
  );

try {
  await program.parseAsync();
} catch (error) {
  fail([(error as Error).message]);
}
