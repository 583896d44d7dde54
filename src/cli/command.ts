/** What a command reads from and writes to, so that a test can stand in for the terminal. */
export interface Io {
  /** All of standard input. */
  readonly read: () => Uint8Array;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody looks at standard output, and at standard error. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An argument of a command. */
export interface Argument {
  readonly name: string;
  readonly summary: string;
  /** Whether it may be left out. */
  readonly optional?: boolean;
  /** The only values it takes. */
  readonly choices?: readonly string[];
}

/** An option of a command. */
export interface Option {
  /** Without its dashes: `'horizon'`. */
  readonly name: string;
  readonly short?: string;
  /** The name of its value in help; a switch has none. */
  readonly value?: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  /** Shown in help; the command itself applies it. */
  readonly default?: string;
  /** Whether it may be given more than once. */
  readonly many?: boolean;
  readonly required?: boolean;
}

/** What stands on the command line: an option that takes a value is text, one that may be repeated a list. */
export type Given = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** A command as data: what commander, help, completion and the tests of the examples are made from. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  /** What a person would type; every one is run by a test. */
  readonly examples: readonly string[];
  /** What exit code 1 means here, where it can happen; 0 is done, 2 a call or file that is wrong. */
  readonly exit1?: string;
  /** More for the help, such as what has to be installed. */
  readonly note?: string;
  /** Loads and runs it, so that a command starts without the others. The exit code, 0 when left out. */
  readonly run: (args: readonly string[], options: Given, io: Io) => Promise<number | void>;
}
