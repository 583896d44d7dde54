import { unitFrom, unitOf, readWords } from './unit-words.ts';

/** A value of an SDMX component: its code and, where the file gives them, its words. */
export interface Code {
  readonly id: string;
  /** Words in the language of the file, English where it has several. */
  readonly name?: string;
  readonly nameZh?: string;
}

/** What codes say about a series. */
export interface Coded {
  readonly unit?: string;
  readonly kind?: 'rate' | 'index';
  readonly prices?: 'constant' | 'current';
  /** What the codes leave in doubt: what was expected and what stands there. */
  readonly doubt?: { readonly expected: string; readonly received: string };
}

/** Codes of `PRICE_BASE` and `PRICES` in the national accounts of ECB, OECD, Eurostat and IMF. */
const priceCodes = new Map<string, 'constant' | 'current' | 'previous'>([
  ['V', 'current'],
  ['CP', 'current'],
  ['L', 'constant'],
  ['LR', 'constant'],
  ['Q', 'constant'],
  ['QR', 'constant'],
  ['CLV', 'constant'],
  ['Y', 'previous'],
  ['PYP', 'previous'],
]);

/** Codes of `UNIT_MEASURE` and the like that are no currency, in the codelists of the same offices. */
const unitCodes = new Map<string, readonly [base: string, power: number]>([
  ['PT', ['%', 0]],
  ['PC', ['%', 0]],
  ['PCT', ['%', 0]],
  ['PERCENT', ['%', 0]],
  ['PA', ['%', 0]],
  ['PCPA', ['%', 0]],
  ['PCCH', ['%', 0]],
  ['PP', ['pp', 0]],
  ['PPNT', ['pp', 0]],
  ['IX', ['index', 0]],
  ['INX', ['index', 0]],
  ['IDX', ['index', 0]],
  ['INDEX', ['index', 0]],
  ['PS', ['persons', 0]],
  ['PE', ['persons', 0]],
  ['PER', ['persons', 0]],
  ['PERS', ['persons', 0]],
  ['PERSONS', ['persons', 0]],
  ['THS_PER', ['persons', 3]],
  ['THS_PERS', ['persons', 3]],
  ['H', ['hours', 0]],
  ['HW', ['hours', 0]],
  ['HRS', ['hours', 0]],
  ['THS_HW', ['hours', 3]],
  ['T', ['t', 0]],
  ['TN', ['t', 0]],
  ['THS_T', ['t', 3]],
  ['KG', ['kg', 0]],
  ['M2', ['m2', 0]],
  ['M3', ['m3', 0]],
  ['HA', ['ha', 0]],
  ['KM', ['km', 0]],
  ['KM2', ['km2', 0]],
  ['KWH', ['kWh', 0]],
  ['NAC', ['XDC', 0]],
]);

/**
 * Unit, kind and price basis that the codes of a series say.
 *
 * The multiplier is part of the unit: `CNY` with multiplier 8 is `100m CNY`. Eurostat's units carry prices and
 * multiplier in themselves (`CLV10_MEUR`). Volumes at the previous year's prices are neither constant nor current and
 * come back as a doubt. A code that is not known stands for itself, by its words where it has them.
 */
export function codedFacts(
  unit: Code | undefined,
  multiplier: Code | undefined,
  price: Code | undefined,
): Coded {
  const power = multiplier === undefined ? 0 : powerOf(multiplier);
  const inUnit = unit === undefined ? undefined : measured(unit);
  const prices = priceOf(price) ?? inUnit?.prices;
  const base = inUnit?.base;
  // Thousands of percent are nobody's unit: the multiplier was meant for other series of the file.
  const isPure = power !== undefined && power !== 0 && /^(?:[%‰]|pp|index)$/.test(base ?? '');
  const doubt =
    power === undefined
      ? { expected: 'a power of ten as the multiplier', received: wordsOf(multiplier!) }
      : prices === 'previous'
        ? {
            expected: 'constant or current prices',
            received: "the previous year's prices, so that levels of two years do not give growth",
          }
        : inUnit === undefined && power !== 0
          ? { expected: 'a unit for the multiplier', received: `10^${power} of nothing named` }
          : isPure
            ? { expected: `no multiplier of ${base}`, received: `10^${power}, not taken` }
            : undefined;
  return {
    ...(base === undefined || power === undefined
      ? {}
      : { unit: unitOf(base, inUnit!.power + (isPure ? 0 : power)) }),
    ...(base === '%' ? { kind: 'rate' as const } : base === 'index' ? { kind: 'index' as const } : {}),
    ...(prices === undefined || prices === 'previous' ? {} : { prices }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** A code with its words, as a message shows it. */
export function wordsOf(code: Code): string {
  return code.name === undefined || code.name === code.id ? `'${code.id}'` : `'${code.id}' (${code.name})`;
}

interface Measured {
  readonly base: string;
  readonly power: number;
  readonly prices?: 'constant' | 'current' | 'previous';
}

function measured(unit: Code): Measured | undefined {
  const id = unit.id.toUpperCase();
  if (id === '' || id === '_Z' || id === '_X' || id === '_N') return undefined;
  const known = unitCodes.get(id);
  if (known !== undefined) return { base: known[0], power: known[1] };
  // Eurostat: CP_MEUR, CLV10_MNAC, CLV_I15, PYP_MEUR, CLV_PCH_PRE, MIO_EUR, THS_EUR, PC_GDP, RCH_A, I15.
  const composed = /^(CP|CLV\d{0,4}|PYP)_(.+)$/.exec(id);
  if (composed !== null) {
    const rest = measured({ id: composed[2]! });
    const prices = composed[1] === 'CP' ? 'current' : composed[1] === 'PYP' ? 'previous' : 'constant';
    return rest === undefined ? undefined : { ...rest, prices };
  }
  if (/^(?:PC|PCT|PT|PCH|RCH|PERC)_/.test(id)) return { base: '%', power: 0 };
  if (/^I(?:NX)?_?\d{2,4}$/.test(id)) return { base: 'index', power: 0 };
  const scaled = /^(MIO|THS|BIO|BN|[MKB])_?([A-Z]{3})(_HAB|_PER)?$/.exec(id);
  if (scaled !== null && id.length > 3) {
    const base = scaled[2] === 'NAC' ? 'XDC' : scaled[2]!;
    const power = /^(?:MIO|M)$/.test(scaled[1]!) ? 6 : /^(?:THS|K)$/.test(scaled[1]!) ? 3 : 9;
    return { base: `${base}${scaled[3] === undefined ? '' : ' per person'}`, power };
  }
  // ISO 4217, with XDC for domestic currency.
  if (/^[A-Z]{3}$/.test(id)) return { base: id, power: 0 };
  const said = unit.name === undefined ? {} : readWords(unit.name);
  const base = said.unit ?? unitFrom(unit.id) ?? unit.name ?? unit.id;
  return { base, power: 0, ...(said.prices === undefined ? {} : { prices: said.prices }) };
}

function powerOf({ id, name }: Code): number | undefined {
  if (id === '' || id === '_Z') return 0;
  if (/^-?\d{1,2}$/.test(id)) return Number(id);
  const words = (name ?? id).toLowerCase();
  const powers: readonly (readonly [RegExp, number])[] = [
    [/^units?$/, 0],
    [/^tens?$/, 1],
    [/^hundreds?$/, 2],
    [/^thousands?$/, 3],
    [/^tens? of thousands$/, 4],
    [/^millions?$/, 6],
    [/^hundreds? of millions$/, 8],
    [/^billions?$/, 9],
    [/^trillions?$/, 12],
  ];
  return powers.find(([pattern]) => pattern.test(words))?.[1];
}

function priceOf(price: Code | undefined): 'constant' | 'current' | 'previous' | undefined {
  if (price === undefined) return undefined;
  const known = priceCodes.get(price.id.toUpperCase());
  if (known !== undefined) return known;
  if (/previous (?:year|period)/i.test(price.name ?? '')) return 'previous';
  return readWords(price.name ?? '').prices;
}
