import { run } from '../../src/cli/program.ts';

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Where a command is thought to run. */
export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  /** Whether somebody looks. */
  readonly terminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Run a command in this process, with streams that are only written down. */
export async function tinbergen(args: readonly string[], around: Surroundings = {}): Promise<Ended> {
  const { stdin = '', terminal = false, env = {} } = around;
  let [out, err] = ['', ''];
  const code = await run(args, {
    read: () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    outIsTerminal: terminal,
    errIsTerminal: terminal,
    env,
  });
  return { code, out, err };
}

/** The plan of the examples. */
export const seed = 'seeds/lvyuan-2014.json';
