import type { Clause } from './clause.ts';

/** The words before a number, freed of time, mood and joins, in three parts: verb, subject, and where they start. */
export function subjectWords(
  clause: Clause,
  from: number,
  to: number,
): { toward: boolean; verb: string; verbs: string; subject: string; start: number; ofWhich: boolean } {
  const { text, tokens } = clause;
  let at = from;
  let verb = '';
  let verbs = '';
  let ofWhich = false;
  let start = -1;
  for (const token of tokens) {
    if (token.end <= at) continue;
    while (
      at < token.start &&
      at < to &&
      '、,，:。 '.includes(text[at]!) &&
      verbs === '' &&
      !(text[at] === '“' && token.start > at + 1)
    )
      at++;
    if (token.start > at || token.end > to) break;
    if (token.tag === 'ofWhich')
      ofWhich = text.startsWith('其中', token.start) || text.startsWith('含', token.start);
    if (token.tag === 'deliver' && text[token.end] === '率') break;
    if (token.tag === 'deliver') {
      if (start === -1) start = token.start;
      const word = text.slice(token.start, token.end);
      verb += word;
      if (!weakVerbs.has(word)) verbs += word;
    } else if (weak.has(token.tag)) {
      if (start === -1) start = token.start;
      verb += text.slice(token.start, token.end);
    } else if (token.tag === 'plan') {
      if (start === -1) start = token.start;
      verb += text.slice(token.start, token.end);
      verbs += text.slice(token.start, token.end);
    } else if (token.tag === 'number' && token.quantity!.family === 'years' && token.end === to) {
      // 五年翻一番: a stretch of time.
    } else if (
      !leading.has(token.tag) ||
      (nouns.has(text.slice(token.start, token.end)) &&
        !tokens.some((each) => each.start === token.end && each.tag !== 'plain'))
    )
      break;
    else if (verbs !== '' && token.tag === 'join' && text[token.start] !== '、') break;
    else if (verbs !== '' && (token.tag === 'prep' || token.tag === 'time')) break;
    at = token.end;
  }
  while (at < to && '、,，: '.includes(text[at]!)) at++;
  if (at < to && '对向为给在'.includes(text[at]!)) {
    const act = tokens.find((token) => token.tag === 'deliver' && token.start > at && token.end < to);
    if (act !== undefined) {
      at = act.end;
      verbs += text.slice(act.start, act.end);
      verb += text.slice(act.start, act.end);
      start = act.start;
    }
  }
  const toward = text[at] === '对';
  if (at < to && '将把对使'.includes(text[at]!)) at++;
  let until = to;
  for (const token of tokens) {
    if (token.start <= at || token.end > to) continue;
    const next = text[token.end];
    const compares =
      (token.tag === 'more' || token.tag === 'over' || token.tag === 'less') &&
      figures.some((figure) => text.startsWith(figure, token.end));
    if ((compares || token.tag === 'from') && next !== undefined && token.end < to) {
      until = token.start;
      break;
    }
  }
  return {
    toward,
    verb,
    verbs,
    subject: trim(text.slice(at, until)),
    start: start === -1 ? at : start,
    ofWhich,
  };
}

const leading = new Set([
  'time',
  'adverb',
  'strive',
  'ensure',
  'will',
  'join',
  'ofWhich',
  'each',
  'paren',
  'goal',
  'copula',
  'past',
  'estimate',
  'avg',
  'cum',
  'yearly',
  'compare',
  'perfect',
  'expected',
  'binding',
  'about',
]);

/** Adverbs that may as well begin a name, 基本养老保险: stripped only in front of another function word. */
const nouns = new Set([
  '基本',
  '集中',
  '重点',
  '科学',
  '有效',
  '全面',
  '合理',
  '综合',
  '实际',
  '统筹',
  '主动',
  '总体',
  '积极',
  '名义',
]);

const weak = new Set(['push', 'reach']);

const weakVerbs = new Set([
  '抓好',
  '狠抓',
  '重点抓好',
  '全力抓好',
  '着力抓好',
  '突出抓好',
  '集中抓好',
  '完成',
  '达成',
  '重点推进',
  '组织',
  '精心组织',
]);

/** One clause may name what another is compared with: 高于全国平均水平. */
const figures = [
  '全国',
  '全省',
  '全市',
  '全区',
  '经济',
  'GDP',
  '地区生产总值',
  '城镇',
  '平均',
  '世界',
  '省',
  '市',
  '财政',
  '国家',
];

export function trim(words: string): string {
  let end = words.length;
  while (end > 0 && '的、,，: 中为在'.includes(words[end - 1]!)) end--;
  let start = 0;
  while (start < end && '、,，: '.includes(words[start]!)) start++;
  const trimmed = words.slice(start, end);
  return trimmed.includes('(') ? trimmed.replaceAll(/\([^)]{0,80}\)/g, '') : trimmed;
}
