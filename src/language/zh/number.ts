import { tidy } from '../tidy.ts';
/** A number as it stands in a text. */
export interface Numeral {
  readonly value: number;
  readonly end: number;
  /** Arabic digits, or Chinese numerals only. */
  readonly arabic: boolean;
  /** 亿 without a digit before it, as in 亿元以上: one of it. */
  readonly bare: boolean;
  /** 百分之, 千分之, 成, a fraction: the value is a ratio already. */
  readonly ratio: boolean;
}

const digits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};
const small: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 拾: 10, 佰: 100, 仟: 1000 };
const big: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/** Whether a number can start at this character. */
export function startsNumeral(code: number): boolean {
  return starts[code] === 1;
}

const starts = new Uint8Array(65536);
for (const c of '0123456789〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟半')
  starts[c.charCodeAt(0)] = 1;

/** The number that starts at a place, in Arabic digits (with groups and 万, 亿) or Chinese numerals, or undefined. */
export function numeralAt(text: string, at: number): Numeral | undefined {
  const first = text[at];
  if (first === undefined) return undefined;
  if (isDigit(text.charCodeAt(at))) return arabicAt(text, at);
  const fraction = fractionAt(text, at);
  if (fraction !== undefined) return fraction;
  return chineseAt(text, at);
}

/** Exactly three digits: what may follow a group sign. */
function group(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at)) &&
    isDigit(text.charCodeAt(at + 1)) &&
    isDigit(text.charCodeAt(at + 2)) &&
    !isDigit(text.charCodeAt(at + 3))
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function arabicAt(text: string, at: number): Numeral {
  let i = at;
  let plain = '';
  while (isDigit(text.charCodeAt(i)) && i - at < 24) plain += text[i++];
  const whole = plain.length;
  while (whole <= 3 && text[i] === ',' && group(text, i + 1) && i - at < 24) {
    plain += text.slice(i + 1, i + 4);
    i += 4;
  }
  if (text[i] === '.' && isDigit(text.charCodeAt(i + 1))) {
    plain += '.';
    i++;
    while (isDigit(text.charCodeAt(i)) && i - at < 40) plain += text[i++];
  }
  if (text[i] === '/' && isDigit(text.charCodeAt(i + 1)) && !plain.includes('.') && plain.length <= 2) {
    let j = i + 1;
    while (isDigit(text.charCodeAt(j))) j++;
    const below = Number(text.slice(i + 1, j));
    if (j - i <= 3 && below > Number(plain))
      return { value: Number(plain) / below, end: j, arabic: true, bare: false, ratio: true };
  }
  const [factor, end] = multiplierAt(text, i, true);
  const tenths =
    text[end] === '成' &&
    !'立为果效员功长都熟品绩交活本就因规'.includes(text[end + 1] ?? '立') &&
    plain.length <= 3 &&
    factor === 1;
  if (tenths) return { value: Number(plain) / 10, end: end + 1, arabic: true, bare: false, ratio: true };
  return { value: Number(plain) * factor, end, arabic: true, bare: false, ratio: false };
}

/** 万, 亿, 万亿, 千万, 百万, 十亿 after a number. 百 and 千 alone stay where they are: 365百姓 is no 36,500. */
function multiplierAt(text: string, at: number, arabic: boolean): [number, number] {
  const [one, two] = [text[at], text[at + 1]];
  if (one === undefined) return [1, at];
  if (two !== undefined && small[one] !== undefined && big[two] !== undefined)
    return [small[one] * big[two], at + 2];
  if (one === '万' && two === '亿') return [1e12, at + 2];
  if (big[one] !== undefined && !(one === '万' && two === '科')) return [big[one], at + 1];
  if (arabic && one === '千' && '元亩吨人户套个平'.includes(two ?? ' ')) return [1000, at + 1];
  return [1, at];
}

function fractionAt(text: string, at: number): Numeral | undefined {
  for (const [word, factor] of [
    ['百分之', 0.01],
    ['千分之', 0.001],
    ['万分之', 0.0001],
  ] as const) {
    if (!text.startsWith(word, at)) continue;
    const from = at + word.length;
    const inner = isDigit(text.charCodeAt(from)) ? arabicAt(text, from) : chineseAt(text, from);
    if (inner === undefined) return undefined;
    return {
      value: shift(inner.value, factor),
      end: inner.end,
      arabic: inner.arabic,
      bare: false,
      ratio: true,
    };
  }
  if (text.startsWith('一半', at))
    return { value: 0.5, end: at + 2, arabic: false, bare: false, ratio: true };
  const below = digits[text[at] ?? ''];
  if (below !== undefined && text.startsWith('分之', at + 1)) {
    const above = digits[text[at + 3] ?? ''];
    if (above !== undefined && below > 0)
      return { value: above / below, end: at + 4, arabic: false, bare: false, ratio: true };
  }
  return undefined;
}

function shift(value: number, factor: number): number {
  return tidy(value * factor);
}

function chineseAt(text: string, at: number): Numeral | undefined {
  let i = at;
  let total = 0;
  let section = 0;
  let digit = -1;
  let run = '';
  let sawDigit = false;
  let scaled = false;
  for (; i < text.length && i - at < 24; i++) {
    const c = text[i]!;
    const d = digits[c];
    const unit = small[c];
    const large = big[c];
    if (d !== undefined) {
      digit = d;
      run += String(d);
      sawDigit = true;
    } else if (unit !== undefined) {
      if (i === at && c !== '十' && big[text[i + 1] ?? ''] === undefined) {
        const bareEnd = i + 1;
        return { value: unit, end: bareEnd, arabic: false, bare: true, ratio: false };
      }
      section += (digit === -1 ? 1 : digit) * unit;
      if (c === '十' || digit !== -1) sawDigit = true;
      digit = -1;
      run = '';
      scaled = true;
    } else if (large !== undefined) {
      const whole = run.length > 1 ? Number(run) : section + (digit === -1 ? 0 : digit);
      const subtotal = whole === 0 && total === 0 ? 1 : whole;
      total =
        subtotal === 0
          ? total * large
          : total > 0 && large > 1e4
            ? (total + subtotal) * large
            : total + subtotal * large;
      section = 0;
      digit = -1;
      run = '';
      scaled = true;
    } else break;
  }
  if (i === at) return undefined;
  let value = run.length > 1 && !scaled ? Number(run) : total + section + (digit === -1 ? 0 : digit);
  let end = i;
  if (text[i] === '点' && digits[text[i + 1] ?? ''] !== undefined && sawDigit) {
    let fraction = '';
    let j = i + 1;
    while (digits[text[j] ?? ''] !== undefined && j - i < 12) fraction += String(digits[text[j++]!]);
    value = Number(`${value}.${fraction}`);
    const [factor, after] = multiplierAt(text, j, false);
    value = shift(value, factor);
    end = after;
  }
  if (
    text[end] === '成' &&
    value <= 10 &&
    sawDigit &&
    !'立为果效员功长都熟品绩交活本就因规'.includes(text[end + 1] ?? '立')
  ) {
    // 五成五 is 55 %, 七成半 is 75 %; 五成五千 is two numbers.
    const next = text[end + 1] ?? '';
    const hundredths = next === '半' ? 5 : digits[next];
    const isWhole = hundredths === undefined || '十百千万亿年月日'.includes(text[end + 2] ?? ' ');
    if (isWhole) return { value: value / 10, end: end + 1, arabic: false, bare: false, ratio: true };
    return { value: (10 * value + hundredths) / 100, end: end + 2, arabic: false, bare: false, ratio: true };
  }
  return { value, end, arabic: false, bare: !sawDigit, ratio: false };
}
