import { checkOptions, listArgument } from '../argument.ts';
import { contribution } from '../accounts/contribution.ts';
import { mistake, suggestion } from '../mistake.ts';
import { ratio } from '../numeric/rate.ts';
import type { Rate } from '../numeric/rate.ts';

/** What a frontier is drawn for. All growth is real, over one period. */
export interface FrontierQuestion<K extends string = string> {
  /** Shares of all parts in the total of the period before, at base-year prices, summing to 1. */
  readonly shares: Readonly<Record<K, Rate>>;
  /** Growth of the parts that are neither `across` nor `up`. */
  readonly growth: Readonly<Partial<Record<NoInfer<K>, Rate>>>;
  /** Growth of the total that every point of the frontier gives. */
  readonly target: Rate;
  /** The engine whose growth is chosen. */
  readonly across: NoInfer<K>;
  /** The engine whose growth is solved for. */
  readonly up: NoInfer<K>;
}

/** One point of the frontier. */
export interface FrontierPoint<K extends string = string> {
  /** Growth of each part, all of which together give the target. */
  readonly growth: Readonly<Record<K, number>>;
  /** Growth chosen for the engine `across`. */
  readonly across: number;
  /** Growth needed from the engine `up`. */
  readonly up: number;
  /** What the parts give together: the target, from the accounting itself. */
  readonly total: number;
}

/**
 * The two engines' isoquant: for each growth of one engine, the growth that the other needs so that the total grows at
 * the target. Exact from growth accounting: sum of share x growth = target.
 *
 * @param question shares, the other parts' growth, the target, and which two parts are the engines
 * @param at growth rates of the engine `across` at which to solve
 * @throws RangeError for an unknown part, a part without growth, an engine without share
 * @example
 * frontier({ shares: { agriculture: 0.05, industry: 0.55, services: 0.4 }, growth: { agriculture: '4%' }, target: '12%', across: 'industry', up: 'services' }, ['15%'])[0].up // 0.08875
 */
export function frontier<const K extends string>(
  question: FrontierQuestion<K>,
  at: readonly Rate[],
): FrontierPoint<K>[] {
  checkOptions('frontier', question, 'shares! growth! target! across! up!');
  listArgument('frontier', 'the list of rates', at, "give rates, such as ['10%', '12%']");
  const { shares, across, up } = question;
  const names = Object.keys(shares) as K[];
  for (const name of [across, up, ...(Object.keys(question.growth) as K[])]) {
    if (!Object.hasOwn(shares, name))
      return mistake('frontier', `'${name}' has no share`, suggestion(name, names));
  }
  if (across === up) return mistake('frontier', `both engines are '${across}'`, 'name two different parts');
  const share = (name: K): number => ratio(shares[name], 'frontier');
  if (share(up) === 0)
    return mistake('frontier', `'${up}' has a share of 0`, 'the engine solved for needs a share');
  const target = ratio(question.target, 'frontier');
  const others = names.filter((name) => name !== across && name !== up);
  const fixed = others.map((name) => {
    const given = question.growth[name];
    if (given === undefined)
      return mistake('frontier', `'${name}' has a share and no growth`, `give growth: { ${name}: ... }`);
    return [name, ratio(given, 'frontier')] as const;
  });
  const pulled = fixed.reduce((sum, [name, growth]) => sum + share(name) * growth, 0);
  return at.map((rate) => {
    const chosen = ratio(rate, 'frontier');
    const needed = (target - pulled - share(across) * chosen) / share(up);
    const growth = Object.fromEntries([...fixed, [across, chosen], [up, needed]]) as Record<K, number>;
    const parts = Object.fromEntries(
      names.map((name) => [name, { share: share(name), growth: Math.max(-1, growth[name]) }]),
    ) as Record<K, { share: number; growth: number }>;
    return { growth, across: chosen, up: needed, total: contribution(parts).growth };
  });
}
