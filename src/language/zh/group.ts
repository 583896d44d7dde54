import type { Group } from '../../plan/plan.ts';
import { wordTrie } from './words.ts';
import { longest } from '../trie.ts';

const numerals = '双两三四五六七八九十';
const isNumeral = new Uint8Array(65536);
for (let i = 0; i < numerals.length; i++) isNumeral[numerals.charCodeAt(i)] = 1;
const nouns = [
  '引擎',
  '平台',
  '战略',
  '支柱产业',
  '主导产业',
  '板块',
  '组团',
  '功能区',
  '攻坚战',
  '高地',
  '增长极',
  '定位',
  '目标',
  '工程',
  '行动',
  '体系',
  '产业',
  '基地',
  '走廊',
];

/**
 * The groups that a paragraph names: 三大引擎, 五化定位, “双拉动”. Members only where they stand right before the name
 * and are as many as it says; a group that is never listed has none.
 */
export function groupsIn(text: string): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < text.length; i++) {
    if (isNumeral[text.charCodeAt(i)] === 0) continue;
    const count = numerals.indexOf(text[i]!);
    const quoted = text[i - 1] === '“';
    if (quoted) {
      const close = text.slice(i, i + 6).indexOf('”');
      if (close < 2 || /[\d%、，]/.test(text.slice(i, i + close))) continue;
      const members = count === 0 || count === 1 ? pairBefore(text, i - 1) : undefined;
      groups.push({ name: text.slice(i, i + close), ...(members === undefined ? {} : { members }) });
      continue;
    }
    const at = text[i + 1] === '大' || text[i + 1] === '化' || text[i + 1] === '区' ? i + 2 : -1;
    const noun = at === -1 ? undefined : nouns.find((word) => text.startsWith(word, at));
    if (noun !== undefined && !'第一二三四五六七八九十'.includes(text[i - 1] ?? ' '))
      groups.push({ name: text.slice(i, at + noun.length) });
  }
  return groups;
}

/** 工业和服务业“双拉动”: the two words joined right before the name. */
function pairBefore(text: string, end: number): readonly string[] | undefined {
  const from = Math.max(0, end - 16);
  const join = text.slice(from, end).lastIndexOf('和');
  if (join === -1) return undefined;
  const second = text.slice(from + join + 1, end);
  let first = text.slice(from, from + join);
  for (let i = 0; i < first.length; i++) {
    const word = longest(wordTrie, first, i);
    if (
      word !== undefined &&
      (word.value === 'deliver' || word.value === 'adverb' || word.value === 'push') &&
      word.end < first.length
    ) {
      first = first.slice(word.end);
      i = -1;
    }
  }
  first = first.slice(Math.max(first.lastIndexOf('，'), first.lastIndexOf('、'), first.lastIndexOf(',')) + 1);
  return first.length >= 1 && first.length <= 6 && second.length >= 1 && second.length <= 6
    ? [first, second]
    : undefined;
}
