import type { Command, Io, Given, Option } from './command.ts';
import { commands } from './commands.ts';

/** `tinbergen completion bash`: a script that a shell reads once, and then completes without starting the program. */
export async function completionCommand(
  [shell]: readonly string[],
  _options: Given,
  io: Io,
): Promise<number> {
  io.out(`${{ bash, zsh, fish }[shell as 'bash' | 'zsh' | 'fish']()}\n`);
  return 0;
}

const top = ['help', '--help', '--version'];

function flagsOf({ options }: Command): string[] {
  return [
    ...options.flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]),
    '--help',
  ];
}

/** Values of options and arguments that are one of a few. */
function choicesOf(command: Command): [Option | undefined, readonly string[]][] {
  return [
    ...command.options.flatMap((option): [Option, readonly string[]][] =>
      option.choices === undefined ? [] : [[option, option.choices]],
    ),
    ...command.arguments.flatMap(({ choices }): [undefined, readonly string[]][] =>
      choices === undefined ? [] : [[undefined, choices]],
    ),
  ];
}

function bash(): string {
  const options = commands.map((command) => `    ${command.name}) words="${flagsOf(command).join(' ')}" ;;`);
  const values = commands.flatMap((command) =>
    choicesOf(command).map(([option, words]) =>
      option === undefined
        ? `    ${command.name}:*) [[ $current != -* ]] && words="${words.join(' ')}" && only=1 ;;`
        : `    ${command.name}:--${option.name}) words="${words.join(' ')}"; only=1 ;;`,
    ),
  );
  return `# tinbergen completion for bash: eval "$(tinbergen completion bash)"
_tinbergen() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" words="" only=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), ...top].join(' ')}" -- "$current"))
    return
  fi
  case "$command" in
${options.join('\n')}
    help) words="${commands.map(({ name }) => name).join(' ')}"; only=1 ;;
  esac
  case "$command:$before" in
${values.join('\n')}
  esac
  if [[ $current == -* || -n $only ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    # Names of files may hold blanks.
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _tinbergen tinbergen`;
}

function zsh(): string {
  const quoted = (text: string): string => text.replace(/'/g, "'\\''");
  const inBrackets = (text: string): string => quoted(text).replace(/([[\]:])/g, '\\$1');
  const list = commands.map(({ name, summary }) => `    '${name}:${quoted(summary).replace(/:/g, '\\:')}'`);
  const cases = commands.map((command) => {
    const options = command.options.flatMap(({ name, short, value, choices, summary, many }) => {
      const takes =
        value === undefined ? '' : `:${value}:${choices === undefined ? '_files' : `(${choices.join(' ')})`}`;
      const star = many === true ? '*' : '';
      return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])].map(
        (flag) => `'${star}${flag}[${inBrackets(summary)}]${takes}'`,
      );
    });
    const own = command.arguments.map(
      ({ name, choices }, i) =>
        `'${i + 1}:${name}:${choices === undefined ? '_files' : `(${choices.join(' ')})`}'`,
    );
    return `    ${command.name}) _arguments ${[...options, ...own, "'--help[help]'"].join(' ')} ;;`;
  });
  return `#compdef tinbergen
# tinbergen completion for zsh: eval "$(tinbergen completion zsh)"
_tinbergen() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
    *) _files ;;
  esac
}
compdef _tinbergen tinbergen`;
}

function fish(): string {
  const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
  const lines = commands.flatMap((command) => [
    `complete -c tinbergen -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
    ...command.options.map(({ name, short, value, choices, summary }) => {
      const takes =
        value === undefined ? '' : choices === undefined ? ' -r' : ` -x -a ${quoted(choices.join(' '))}`;
      return `complete -c tinbergen -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${short === undefined ? '' : ` -s ${short}`}${takes} -d ${quoted(summary)}`;
    }),
    ...command.arguments.flatMap(({ choices }) =>
      choices === undefined
        ? []
        : [
            `complete -c tinbergen -n '__fish_seen_subcommand_from ${command.name}' -f -a ${quoted(choices.join(' '))}`,
          ],
    ),
  ]);
  return ['# tinbergen completion for fish: tinbergen completion fish | source', ...lines].join('\n');
}
