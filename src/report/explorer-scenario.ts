import type { Language } from '../issue.ts';
import { shown, suggestion } from '../mistake.ts';
import { percent } from '../plot/format.ts';
import type { ExplorerData } from './explorer-model.ts';
import { dragged, leastEngine, sectors, sliderOf, yearsOf } from './explorer-point.ts';
import type { ExplorerPoint } from './explorer-point.ts';

/** A point of the explorer with a name: what is kept, copied and loaded. */
export interface ExplorerScenario extends ExplorerPoint {
  readonly name: string;
}

/** The most scenarios that a page keeps, and the longest name. */
export const mostKept = 12;
export const longestName = 60;

/** A scenario as JSON: `name` and `set` as `runScenarios` takes them, with shares, spread and the plan's name. */
export function scenarioJson({ plan }: Pick<ExplorerData, 'plan'>, scenario: ExplorerScenario): object {
  const { name, set, shares, spread } = scenario;
  return { plan: plan.name, name, set, shares, spread };
}

/** A scenario as the part of a link after `#`; numbers are written in full. */
export function scenarioHash({ name, set, shares, spread }: ExplorerScenario): string {
  const fields: [string, string][] = [
    ...(name === '' ? [] : [['name', name] as [string, string]]),
    ...dragged.map((key) => [key, String(set[key])] as [string, string]),
    ...sectors.map((key) => [key, String(shares[key])] as [string, string]),
    ['spread', String(spread)],
  ];
  return fields.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
}

/** Scenarios read from text, and what could not be read. */
export interface ReadScenarios {
  readonly scenarios: readonly ExplorerScenario[];
  readonly problems: readonly string[];
}

/** Scenarios from JSON (one or a list) or from a link. What a scenario does not say is as in the plan. */
export function readScenarios(source: string, data: ExplorerData): ReadScenarios {
  const words = problemText[data.language];
  const plain = source.trim();
  const found: unknown[] = [];
  if (/^[[{]/.test(plain)) {
    try {
      const value: unknown = JSON.parse(plain);
      found.push(...(Array.isArray(value) ? (value as unknown[]) : [value]));
    } catch (error) {
      return { scenarios: [], problems: [words.json((error as Error).message)] };
    }
  } else if (/[#=]/.test(plain)) {
    const hash = plain.slice(plain.indexOf('#') + 1);
    const read = fromHash(hash);
    if (read === undefined) return { scenarios: [], problems: [words.neither] };
    found.push(read);
  } else return { scenarios: [], problems: [words.neither] };
  const scenarios: ExplorerScenario[] = [];
  const problems: string[] = [];
  for (const [i, value] of found.slice(0, mostKept).entries()) {
    const read = readScenario(value, data);
    if (typeof read !== 'string') scenarios.push(read);
    else problems.push(found.length > 1 ? `${i + 1}: ${read}` : read);
  }
  if (found.length > mostKept) problems.push(words.tooMany(found.length));
  return { scenarios, problems };
}

/** One scenario, or what is wrong with it. */
function readScenario(value: unknown, data: ExplorerData): ExplorerScenario | string {
  const words = problemText[data.language];
  if (!isRecord(value)) return words.noObject(shown(value));
  const { start } = data;
  const name = own(value, 'name') ?? '';
  if (typeof name !== 'string') return words.name(shown(name));
  const set = { ...start.set };
  const given = own(value, 'set') ?? {};
  if (!isRecord(given)) return words.noObject(`set: ${shown(given)}`);
  for (const [key, number] of Object.entries(given)) {
    const known = dragged.find((one) => one === key);
    if (known === undefined) return words.unknownName(shown(key), suggestion(key, dragged));
    const { low, high } = sliderOf(known, start.set[known], yearsOf(data.over));
    if (!(typeof number === 'number' && number >= low && number <= high))
      return words.outside(known, shown(number), percent(low, data.language), percent(high, data.language));
    set[known] = number;
  }
  const parts = own(value, 'shares') ?? start.shares;
  if (!isRecord(parts)) return words.noObject(`shares: ${shown(parts)}`);
  const shares = sectors.map((sector) => own(parts, sector));
  const sum = shares.reduce<number>((total, share) => total + (typeof share === 'number' ? share : NaN), 0);
  const engines = ['industry', 'services'].every(
    (sector) => Number(own(parts, sector)) >= leastEngine - 1e-12,
  );
  if (!(Math.abs(sum - 1) <= 0.005) || shares.some((share) => Number(share) < 0) || !engines)
    return words.shares(sectors.join(', '));
  const spread = own(value, 'spread') ?? 1;
  if (!(typeof spread === 'number' && spread >= 0 && spread <= 1))
    return words.outside('spread', shown(spread), '0', '1');
  return {
    name: cleanName(name),
    set,
    shares: Object.fromEntries(sectors.map((sector, i) => [sector, shares[i]])) as ExplorerPoint['shares'],
    spread,
  };
}

/** A name on one line, not too long. */
export function cleanName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const plain = name.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
  return Array.from(plain).slice(0, longestName).join('');
}

function fromHash(hash: string): object | undefined {
  const set: Record<string, unknown> = {};
  const shares: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const pair of hash.split('&')) {
    const sign = pair.indexOf('=');
    if (sign <= 0) return undefined;
    const key = pair.slice(0, sign);
    let value: string;
    try {
      value = decodeURIComponent(pair.slice(sign + 1));
    } catch {
      return undefined;
    }
    if (key === 'name') rest['name'] = value;
    else if (key === 'spread') rest['spread'] = numberIn(value);
    else if ((sectors as readonly string[]).includes(key)) shares[key] = numberIn(value);
    else if (/^\w+$/.test(key) && key !== '__proto__') set[key] = numberIn(value);
    else return undefined;
  }
  return { ...rest, set, ...(Object.keys(shares).length === 0 ? {} : { shares }) };
}

function numberIn(text: string): number | string {
  return /^-?\d+(\.\d+)?(e-?\d+)?$/.test(text) ? Number(text) : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

const problemText = {
  en: {
    json: (why: string) => `this is no JSON (${why})`,
    neither: 'this is neither JSON nor a link of this page',
    noObject: (what: string) => `${what} is no scenario`,
    name: (what: string) => `the name is ${what}`,
    unknownName: (what: string, hint: string) => `there is no slider ${what}; ${hint}`,
    outside: (what: string, value: string, low: string, high: string) =>
      `${what} is ${value}; give a number that stands for ${low} to ${high}`,
    shares: (names: string) =>
      `the shares of ${names} are not four parts of 1 with at least 0.01 for either engine`,
    tooMany: (n: number) => `of ${n} scenarios the first ${mostKept} were read`,
  },
  zh: {
    json: (why: string) => `不是有效的JSON（${why}）`,
    neither: '既不是JSON，也不是本页面的链接',
    noObject: (what: string) => `${what}不是情景`,
    name: (what: string) => `名称为${what}`,
    unknownName: (what: string, hint: string) => `没有名为${what}的滑块；${hint}`,
    outside: (what: string, value: string, low: string, high: string) =>
      `${what}为${value}，应为${low}至${high}所对应的数`,
    shares: (names: string) => `份额（${names}）之和须为1，且工业与服务业各不小于0.01`,
    tooMany: (n: number) => `共${n}个情景，只读取前${mostKept}个`,
  },
} as const satisfies Record<Language, unknown>;
