import { plainDigits } from '../numeric/rate.ts';
import { monthNames } from '../time/month-names.ts';
import { isPeriod } from '../time/period.ts';
import type { Period } from '../time/period.ts';

const chineseNumbers = '一二三四五六七八九十';

/**
 * A period in the spellings that tables use, or undefined.
 *
 * Years: `2014`, `2014年`, `2014年度`, `2014-A1`. Quarters: `2014-Q3`, `2014Q3`, `Q3 2014`, `3Q2014`, `2014年3季度`,
 * `2014年第三季度`. Months: `2014-07`, `2014/7`, `2014M07`, `2014年7月`, `Jul 2014`, `July 2014`. Half-years, weeks,
 * days, and years of two digits are none.
 *
 * @example readPeriod('2014年第三季度') // '2014-Q3'
 */
export function readPeriod(text: string): Period | undefined {
  const plain = plainDigits(text).trim();
  if (isPeriod(plain)) return plain;
  if (plain.length > 24 || !/\d{4}/.test(plain)) return undefined;
  const year = /^(\d{4})\s*(?:年度?|-?A1?)?$/.exec(plain);
  if (year !== null) return year[1] as Period;
  const quarter =
    /^(\d{4})\s*[-/年:.]?\s*第?\s*([1-4一二三四])\s*(?:季度?|[Qq])$/.exec(plain) ??
    /^(\d{4})\s*[-/年:.]?\s*[Qq]\s*0?([1-4])$/.exec(plain);
  if (quarter !== null) return `${quarter[1]}-Q${numberOf(quarter[2]!)}` as Period;
  const turned = /^(?:[Qq]([1-4])|([1-4])[Qq])\s*[-/:]?\s*(\d{4})$/.exec(plain);
  if (turned !== null) return `${turned[3]}-Q${turned[1] ?? turned[2]}` as Period;
  const month =
    /^(\d{4})\s*(?:[-/.:年]|-?\s*M)\s*(\d{1,2})\s*(?:月份?)?$/.exec(plain) ??
    /^(\d{4})\s*年\s*(十[一二]?|[一二三四五六七八九])\s*月份?$/.exec(plain);
  if (month !== null) return monthOf(month[1]!, numberOf(month[2]!));
  const named =
    /^([A-Za-z]{3,9})\.?\s*[-/, ]\s*(\d{4})$/.exec(plain) ??
    /^(\d{4})\s*[-/ ]\s*([A-Za-z]{3,9})\.?$/.exec(plain);
  if (named === null) return undefined;
  const [name, of] = /^\d/.test(named[1]!) ? [named[2]!, named[1]!] : [named[1]!, named[2]!];
  return monthOf(of, monthNumber(name));
}

/** What a period label should be, with the reason where the label is a known kind that has no place here. */
export function expectedPeriod(text: string): string {
  const usual = "'2014', '2014-Q3' or '2014-07'";
  const plain = plainDigits(text).trim();
  if (/半年|-?[SH][12]$/i.test(plain)) return `${usual}: half-years are no frequency here`;
  if (/-?W\d{1,2}$/i.test(plain)) return `${usual}: weeks are no frequency here`;
  if (/^\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:\D|$)/.test(plain) || /-D\d{3}$/.test(plain))
    return `${usual}: days are no frequency here`;
  if (/\d\s*[-~至到—]\s*\d{1,2}\s*(?:月|季)/.test(plain))
    return `${usual}: figures from January on are read by fromYearToDate`;
  if (/^\d{4}\s*[-/]\s*\d{2}(?:\d{2})?$/.test(plain))
    return `${usual}: a year over two calendar years is none`;
  return usual;
}

/** The parts of a date in a table (`2014-03-31`, `2014/3/31`, with or without a time), or undefined. */
export function dateOf(
  text: string,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isDay ? { year, month, day } : undefined;
}

/**
 * The periods that dates stand for when all of them are first days or all are last days of months, quarters or years;
 * undefined otherwise. The longest period that fits all dates is meant, which the caller has to say.
 */
export function periodsOfDates(texts: readonly string[]): readonly Period[] | undefined {
  const dates = texts.map(dateOf);
  const isFirst = dates.every((date) => date?.day === 1);
  const isLast = dates.every((date) => date !== undefined && date.day === daysIn(date.year, date.month));
  if (dates.length === 0 || (!isFirst && !isLast)) return undefined;
  const fits = (months: number): boolean =>
    dates.every((date) => (isFirst ? (date!.month - 1) % months === 0 : date!.month % months === 0));
  return dates.map((date) => {
    const year = String(date!.year).padStart(4, '0');
    if (fits(12)) return year as Period;
    if (fits(3)) return `${year}-Q${Math.ceil(date!.month / 3)}` as Period;
    return monthOf(year, date!.month)!;
  });
}

function monthOf(year: string, month: number): Period | undefined {
  return month >= 1 && month <= 12 ? (`${year}-${String(month).padStart(2, '0')}` as Period) : undefined;
}

function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  const full = monthNames.indexOf(lower === 'sept' ? 'september' : lower);
  return (full < 0 ? monthNames.findIndex((month) => month.slice(0, 3) === lower) : full) + 1;
}

/** The number that digits or a Chinese numeral up to 十二 stand for. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text.length === 2) return 10 + chineseNumbers.indexOf(text[1]!) + 1;
  return chineseNumbers.indexOf(text) + 1;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
