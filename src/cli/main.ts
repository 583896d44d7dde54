#!/usr/bin/env node
import { Command } from 'commander';
import { planCommand } from './plan.ts';
import { readCommand } from './read.ts';
import { fail } from './input.ts';
import { version } from './version.ts';

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

try {
  program.parse();
} catch (error) {
  fail([(error as Error).message]);
}
