import * as z from 'zod/mini';
import type { Issue } from '../issue.ts';
import { hasErrors } from '../issue.ts';
import { shown } from '../mistake.ts';
import { parseRate } from '../numeric/rate.ts';
import { checkPlan } from '../plan/plan.ts';
import type { Plan } from '../plan/plan.ts';
import { firmnesses } from '../plan/target.ts';
import type { Target } from '../plan/target.ts';

type Schemas = ReturnType<typeof makeSchemas>;

let schemas: Schemas | undefined;

/** The schemas, made when first asked for, so that a bundle that reads no plan file does not carry them. */
function schemasOf(): Schemas {
  schemas ??= makeSchemas();
  return schemas;
}

function makeSchemas() {
  const label = z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]);
  const quantity = z.union([
    z.number(),
    z.string().check(z.regex(/^\s*[+\-−－]?[\d０-９]+([.．][\d０-９]*)?\s*[%％‰]\s*$/)),
  ]);
  const period = z.string().check(z.regex(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/));
  const span = z.tuple([period, period]);

  const relation = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('about'), value: quantity, width: z.optional(quantity) }),
    z.strictObject({ kind: z.literal('at-least'), value: quantity, strict: z.optional(z.boolean()) }),
    z.strictObject({ kind: z.literal('at-most'), value: quantity, strict: z.optional(z.boolean()) }),
    z.strictObject({ kind: z.literal('reach'), value: quantity }),
    z.strictObject({ kind: z.literal('within'), low: quantity, high: quantity }),
    z.strictObject({ kind: z.literal('in-step-with'), indicator: z.string(), width: z.optional(quantity) }),
  ]);

  const indicator = z.strictObject({
    label,
    unit: z.string(),
    kind: z.enum(['flow', 'stock', 'rate', 'index']),
    prices: z.optional(z.enum(['constant', 'current', 'comparable'])),
    deflator: z.optional(z.string()),
    code: z.optional(z.string()),
    scope: z.optional(z.string()),
  });

  const target = z.strictObject({
    indicator: z.string(),
    measure: z.enum(['growth', 'level', 'share', 'change']),
    relation,
    period: z.optional(z.union([period, span])),
    firmness: z.optional(z.enum(firmnesses)),
    deadline: z.optional(z.string()),
    source: z.optional(z.string()),
    label: z.optional(label),
    id: z.optional(z.string()),
    partOf: z.optional(z.string()),
    threshold: z.optional(z.strictObject({ value: z.number(), unit: z.string() })),
    cumulative: z.optional(z.boolean()),
    versus: z.optional(z.string()),
    note: z.optional(label),
  });

  const widths = z.partialRecord(z.enum(['growth', 'level', 'share', 'change']), z.number());

  const head = {
    $schema: z.optional(z.string()),
    name: z.string(),
    span,
    indicators: z.record(z.string(), indicator),
    identities: z.optional(z.array(z.string())),
    widths: z.optional(z.strictObject({ about: z.optional(widths), 'in-step-with': z.optional(widths) })),
    source: z.optional(z.string()),
    assumptions: z.optional(
      z.array(z.strictObject({ name: z.string(), value: z.number(), unit: z.string(), note: z.string() })),
    ),
    groups: z.optional(
      z.array(z.strictObject({ name: z.string(), members: z.optional(z.array(z.string())) })),
    ),
  };

  // A file's targets are read one by one, so that a bad one does not hide the others.
  return {
    head: z.object({ ...head, targets: z.array(z.unknown()) }),
    known: new Set([...Object.keys(head), 'targets']),
    target,
    whole: z.strictObject({ ...head, targets: z.array(target) }),
  };
}

/** What could be read of a plan file, and everything wrong or doubtful in it. */
export interface PlanReading {
  /** The plan with the targets that could be read; absent when its name, span or indicators could not. */
  readonly plan?: Plan;
  readonly issues: readonly Issue[];
}

/**
 * Read a plan from the text of a JSON file, or from its parsed value.
 *
 * Percent strings are accepted for every rate (`'12%'`, `' 12 ％'`). A target that cannot be read is left out and
 * reported with its place; the rest of the plan is returned.
 *
 * @param content JSON text or a parsed value
 * @example readPlanFile('{').issues[0].code // 'not-json'
 */
export function readPlanFile(content: unknown): PlanReading {
  const parsed = typeof content === 'string' ? parseJson(content) : { value: content };
  if ('issue' in parsed) return { issues: [parsed.issue] };
  const read = schemasOf().head.safeParse(parsed.value);
  if (!read.success)
    return { issues: read.error.issues.flatMap((issue) => fromZod(issue as ZodIssue, [], parsed.value)) };
  const { $schema: _, targets: given, ...rest } = read.data;
  // A field too many is said, and hides nothing of the rest.
  const strangers = Object.keys(parsed.value as object).filter((key) => !schemasOf().known.has(key));
  const issues: Issue[] = strangers.map((key) => ({
    code: 'unknown-field',
    path: [key],
    expected: 'a field of a plan file',
    received: shown(key),
  }));
  const places: number[] = [];
  const targets = given.flatMap((value, i) => {
    const one = schemasOf().target.safeParse(value);
    if (!one.success) {
      issues.push(...one.error.issues.flatMap((issue) => fromZod(issue as ZodIssue, ['targets', i], value)));
      return [];
    }
    places.push(i);
    return [withNumbers(one.data) as Target];
  });
  const plan = { ...rest, targets } as Plan;
  const found = checkPlan(plan).map((issue) => ({ ...issue, path: placed(issue.path, places) }));
  const bad = new Set(
    found
      .filter((issue) => issue.severity !== 'warning' && issue.path[0] === 'targets')
      .map((issue) => issue.path[1]),
  );
  const unusable = found.some((issue) => issue.severity !== 'warning' && issue.path[0] !== 'targets');
  const all = [...issues, ...found];
  if (unusable) return { issues: all };
  return {
    plan: hasErrors(found) ? { ...plan, targets: targets.filter((_t, k) => !bad.has(places[k])) } : plan,
    issues: all,
  };
}

/** A plan as the text of a JSON file that `readPlanFile` reads back. */
export function writePlanFile(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** The JSON Schema of plan files, for editors and other languages. */
export function planSchema(): object {
  const schema = z.toJSONSchema(schemasOf().whole);
  return { $id: 'https://tinbergen.dev/plan.schema.json', title: 'A plan of economic targets', ...schema };
}

function parseJson(text: string): { readonly value: unknown } | { readonly issue: Issue } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch (error) {
    return { issue: { code: 'not-json', path: [], expected: 'JSON', received: (error as Error).message } };
  }
}

/** Percent strings of a relation as ratios; the schema has already let only percentages pass. */
function withNumbers(value: z.infer<Schemas['target']>): unknown {
  const numbers = Object.entries(value.relation).map(([key, v]) => [
    key,
    typeof v === 'string' && key !== 'kind' && key !== 'indicator' ? parseRate(v) : v,
  ]);
  return { ...value, relation: Object.fromEntries(numbers) as unknown };
}

/** Issues of `checkPlan` speak of the targets that were read; say where these stand in the file. */
function placed(path: readonly (string | number)[], places: readonly number[]): readonly (string | number)[] {
  const [first, second, ...rest] = path;
  return first === 'targets' && typeof second === 'number'
    ? [first, places[second] ?? second, ...rest]
    : path;
}

type ZodIssue = z.core.$ZodIssue & {
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly expected?: string;
};

function fromZod(issue: ZodIssue, at: readonly (string | number)[], root: unknown): Issue[] {
  const path = [...at, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const value = valueAtPath(root, issue.path);
  const received = value === undefined ? 'nothing' : shown(value);
  const last = String(issue.path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown-field',
      path: [...path, key],
      expected: 'a field of a plan file',
      received: shown(key),
    }));
  }
  if (value === undefined)
    return [{ code: 'missing-field', path, expected: expectation(issue, last), received }];
  if (['value', 'low', 'high', 'width'].includes(last)) {
    return [
      {
        code: 'bad-percent',
        path,
        expected: "a number (a ratio such as 0.12, or a level) or a percentage such as '12%'",
        received,
      },
    ];
  }
  if (last === 'span' || last === 'period' || issue.path.includes('span')) {
    return [{ code: 'bad-period', path, expected: "'2014', '2014-Q3' or '2014-07'", received }];
  }
  return [{ code: 'wrong-type', path, expected: expectation(issue, last), received }];
}

function expectation(issue: ZodIssue, last: string): string {
  const { values } = issue;
  if (values !== undefined) return `one of ${values.map(String).join(', ')}`;
  if (last === 'kind' && issue.code === 'invalid_union')
    return 'one of about, at-least, at-most, reach, within, in-step-with';
  return issue.expected ?? 'another value';
}

function valueAtPath(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );
}
