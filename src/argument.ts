import { mistake, nearest, shown, suggestion } from './mistake.ts';

interface Noun {
  readonly has: readonly string[];
  readonly lists: readonly string[];
  readonly wayOut: string;
}

/** What an argument may be: the fields and lists that it must have, and where one comes from. A new noun is one row here. */
const nouns = {
  series: { has: ['start'], lists: ['values'], wayOut: "give a series, such as series('2013', [100, 112])" },
  dataset: { has: [], lists: [], wayOut: "give series by name, such as { gdp: series('2013', [100, 112]) }" },
  plan: {
    has: ['indicators'],
    lists: ['span', 'targets'],
    wayOut: 'give what definePlan returns, or the plan of a reading',
  },
  target: { has: ['indicator', 'relation'], lists: [], wayOut: "give one of the plan's targets" },
  relation: { has: ['kind'], lists: [], wayOut: "give a relation, such as about('12%')" },
  definition: {
    has: [],
    lists: ['equations'],
    wayOut: "give equations, such as { equations: ['y = a * x'], parameters: { a: 2 } }",
  },
  model: { has: ['parameters'], lists: ['equations'], wayOut: 'give what defineModel or a preset returns' },
  distribution: { has: ['kind'], lists: [], wayOut: "give a distribution, such as normal('8%', '1%')" },
  summary: { has: ['run', 'outputs', 'bands'], lists: ['hits'], wayOut: 'give what simulate returns' },
  forecast: { has: ['start'], lists: ['steps', 'weights'], wayOut: 'give what forecast returns' },
  method: { has: ['kind', 'fit'], lists: [], wayOut: 'give a method, such as auto()' },
  factors: { has: [], lists: [], wayOut: 'give distributions or ranges by the name of the factor' },
  design: { has: ['factors'], lists: [], wayOut: 'give the design that the values were computed for' },
  expression: { has: ['kind'], lists: [], wayOut: 'give what parseExpression returns' },
  issue: { has: ['code'], lists: ['path'], wayOut: 'give one of the issues of a reading' },
  object: { has: [], lists: [], wayOut: 'give an object with its fields by name' },
} as const satisfies Record<string, Noun>;

/**
 * Refuse an argument that is not the object it should be: `undefined` from a misspelt field, a text, a bare list.
 *
 * @param call the public function that was called
 * @param noun what the argument should be
 * @param as its name in the message where that is not the noun
 * @example argument('growth', 'series', undefined) // throws growth: the series is undefined; give a series, such as series('2013', [100, 112])
 */
export function argument(call: string, noun: keyof typeof nouns, value: unknown, as: string = noun): void {
  const { has, lists, wayOut }: Noun = nouns[noun];
  if (typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>;
    const known = has.length + lists.length > 0;
    if (
      known
        ? has.every((name) => fields[name] != null) && lists.every((name) => isList(fields[name]))
        : !Array.isArray(value)
    )
      return;
  }
  mistake(call, `the ${as} is ${shown(value)}`, wayOut);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

/** Refuse what is not a list: an array or a typed array. */
export function listArgument(call: string, as: string, value: unknown, wayOut = 'give a list'): void {
  if (!isList(value)) mistake(call, `${as} is ${shown(value)}`, wayOut);
}

/** Refuse what is not a text. */
export function textArgument(call: string, as: string, value: unknown, wayOut = 'give it as a text'): void {
  if (typeof value !== 'string') mistake(call, `${as} is ${shown(value)}`, wayOut);
}

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? Bare<First> | Words<Rest> : Bare<S>;
type Bare<S extends string> = S extends `${infer Name}!`
  ? Bare<Name>
  : S extends `${infer Name}[]`
    ? Name
    : S;
/** The text, when it names every option; else a compile error. */
type Naming<O, S extends string> = [keyof O] extends [Words<S>] ? S : never;

/**
 * Refuse options that are no object, that lack one which must be given, or that name one which the function does not
 * have: a misspelt option would be ignored in silence otherwise.
 *
 * @param known the names of all options, with blanks between, `[]` after each that is a list and `!` after each that
 *   must be given; one that the type has and they lack is a compile error. With `*` at the end other names pass unless
 *   they are near a known one: the options travel on to a relative of the function
 * @example checkOptions('solve', { tolerence: 1e-9 }, 'tolerance maxSteps') // throws solve: there is no option 'tolerence'; did you mean 'tolerance'?
 */
export function checkOptions<O extends object, S extends string>(
  call: string,
  options: O,
  known: Naming<O, S> & S,
): void {
  const names = known.replace(/!|\[\]| \*/g, '').split(' ');
  const open = known.endsWith('*');
  if (typeof options !== 'object' || (options as object | null) === null || Array.isArray(options))
    mistake(call, `the options are ${shown(options)}`, `give an object with ${names.join(', ')}`);
  const given = options as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    if (!names.includes(name) && !(open && nearest(name, names) === undefined))
      mistake(call, `there is no option '${name}'`, suggestion(name, names));
  }
  for (const [, name, list, needed] of known.matchAll(/(\w+)(\[\])?(!)?/g)) {
    const value = given[name!];
    if (value === undefined && needed !== undefined)
      mistake(
        call,
        `the option '${name}' is missing`,
        `give it: { ${name}: ${list === undefined ? '...' : '[...]'} }`,
      );
    if (value !== undefined && list !== undefined)
      listArgument(call, `the option '${name}'`, value, 'give a list: [...]');
  }
}
