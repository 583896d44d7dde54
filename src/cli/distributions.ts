import { suggestion } from '../mistake.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';
import { normal, pert, student, triangular, twoPieceNormal, uniform } from '../uncertainty/distribution.ts';
import type { Distribution } from '../uncertainty/distribution.ts';
import type { Given } from './command.ts';
import { fail } from './input.ts';
import { numberOf, parameterOf, textsOf } from './values.ts';

/** Distributions that may be written on the command line, and what stands in their brackets. */
const kinds: Readonly<
  Record<string, { readonly takes: readonly string[]; readonly make: (...numbers: never[]) => Distribution }>
> = {
  normal: { takes: ['mean', 'sd'], make: normal },
  uniform: { takes: ['low', 'high'], make: uniform },
  triangular: { takes: ['low', 'mode', 'high'], make: triangular },
  pert: { takes: ['low', 'mode', 'high'], make: pert },
  student: { takes: ['location', 'scale', 'degrees of freedom'], make: student },
  twoPieceNormal: { takes: ['mode', 'sd below', 'sd above'], make: twoPieceNormal },
};

/** `g_services=normal(9%, 1%)`: distributions of parameters. */
export function distributionsOf(
  options: Given,
  option: string,
): Partial<Record<TwoEngineParameter, Distribution>> {
  return Object.fromEntries(textsOf(options, option).map((text) => distributionIn(option, text)));
}

function distributionIn(option: string, text: string): [TwoEngineParameter, Distribution] {
  const parts = /^\s*(\w+)\s*=\s*(\w+)\s*\((.*)\)\s*$/.exec(text);
  if (parts === null)
    return fail([`--${option}: '${text}' is not name=kind(...), such as g_services=normal(9%,1%)`], 2);
  const [name, kind, list] = parts.slice(1) as [string, string, string];
  const parameter = parameterOf(option, name);
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === undefined)
    return fail(
      [`--${option}: there is no distribution '${kind}'; ${suggestion(kind, Object.keys(kinds))}`],
      2,
    );
  const numbers = list.split(/[,，]/).map((part) => numberOf(option, part));
  if (numbers.length !== known.takes.length)
    return fail(
      [
        `--${option}: ${kind} takes ${known.takes.length} numbers (${known.takes.join(', ')}), not ${numbers.length}`,
      ],
      2,
    );
  try {
    return [parameter, (known.make as (...all: number[]) => Distribution)(...numbers)];
  } catch (error) {
    return fail([`--${option}: ${(error as Error).message}`], 2);
  }
}
