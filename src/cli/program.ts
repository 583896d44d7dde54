import {
  Command as Parser,
  CommanderError,
  Option as ParserOption,
  Argument as ParserArgument,
} from 'commander';
import { nearest } from '../mistake.ts';
import type { Command, Given, Io, Option } from './command.ts';
import { commands } from './commands.ts';
import { fail, isFailure } from './input.ts';
import { version } from './version.ts';

/**
 * Run the program: one command with its arguments.
 *
 * @param args what stands after the program's name
 * @returns the exit code: 0 done, 1 the content has errors or cannot be had, 2 the call or a file is wrong
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const parser = parserFor(io, async (command, given, options) => {
    code = (await command.run(given, options, io)) ?? 0;
  });
  try {
    await parser.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, io);
  }
}

type Action = (command: Command, given: readonly string[], options: Given) => Promise<void>;

/** The commands as commander has them. */
function parserFor(io: Io, action: Action): Parser {
  const parser = new Parser()
    .name('tinbergen')
    .description('Economic targets: check them, compound them, project them, and ask what moves them.')
    .version(version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(text.replace(/^error: /, 'tinbergen: ')),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the content has errors or what is asked cannot be had, 2 the call or a file is wrong\nExample:\n  tinbergen plan seeds/lvyuan-2014.json\nHelp of a command: tinbergen help simulate',
    );
  for (const command of commands) {
    const own = parser
      .command(command.name)
      .description(command.summary)
      .addHelpText('after', afterHelp(command));
    for (const { name, summary, optional, choices } of command.arguments) {
      const argument = new ParserArgument(optional === true ? `[${name}]` : `<${name}>`, summary);
      if (choices !== undefined) argument.argParser((text: string) => oneOf(choices, text, name));
      own.addArgument(argument);
    }
    for (const option of command.options) own.addOption(optionFor(option));
    own.action(async () => action(command, own.args, own.opts()));
  }
  return parser;
}

function optionFor({
  name,
  short,
  value,
  summary,
  choices,
  default: otherwise,
  many,
  required,
}: Option): ParserOption {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;
  const option = new ParserOption(
    flags,
    `${summary}${choices === undefined ? '' : ` (${choices.join(', ')})`}${otherwise === undefined ? '' : ` (default: ${otherwise})`}`,
  );
  if (choices !== undefined) option.argParser((text: string) => oneOf(choices, text, `--${name}`));
  if (many === true)
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  if (required === true) option.makeOptionMandatory();
  return option;
}

/** A text that must be one of a few. */
function oneOf(choices: readonly string[], text: string, name: string): string {
  if (choices.includes(text)) return text;
  const [first, second, ...more] = choices;
  if (more.length === 0) return fail([`${name}: '${text}' is neither '${first}' nor '${second}'`], 2);
  const near = nearest(text, choices);
  return fail(
    [
      `${name}: '${text}' is none of ${choices.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
    ],
    2,
  );
}

function afterHelp({ examples, exit1, note }: Command): string {
  return [
    '',
    ...(note === undefined ? [] : [note]),
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
    `Exit codes: 0 done${exit1 === undefined ? '' : `, 1 ${exit1}`}, 2 the call or a file is wrong`,
  ].join('\n');
}

/** What went wrong, in words on standard error, as an exit code. */
function codeOf(error: unknown, io: Io): number {
  // Commander has said it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isFailure(error)) {
    io.err(error.lines.map((line) => `tinbergen: ${line}\n`).join(''));
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  // The library names the call, the thing and the way out; anything else is a fault of the program.
  const known = error instanceof RangeError || (error instanceof Error && error.name === 'FormulaError');
  io.err(`tinbergen: ${known ? '' : 'a fault of the program, please report it: '}${message}\n`);
  return 1;
}
