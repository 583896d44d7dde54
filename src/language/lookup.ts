import type { LexiconRow } from './lexicon.ts';

/** A lexicon row found for a subject, and the words before the name that say of which place or part. */
export interface Known extends LexiconRow {
  readonly scope?: string;
}

const tails = [
  '总量',
  '总额',
  '增长速度',
  '增长率',
  '增速',
  '增幅',
  '涨幅',
  '降幅',
  '增长',
  '规模',
  '水平',
  '总规模',
  '年均',
  '预期目标',
  '目标',
  '实际',
  '预期',
  '人数',
  '指标',
  '上涨',
  '总数',
  '人口',
  '的',
  '力度',
  '幅度',
  '约',
  '余额',
  '总水平',
  '累计',
];
const scopes = [
  '全社会',
  '全市',
  '全区',
  '全县',
  '全省',
  '全国',
  '全州',
  '全旗',
  '全镇',
  '全乡',
  '全街道',
  '全盟',
  '全港',
  '全域',
  '区属',
  '市属',
  '县属',
  '地方',
  '我市',
  '我区',
  '我县',
  '我省',
  '本级',
  '全口径',
  '规模以上',
  '规上',
  '限额以上',
  '限上',
  '年度',
  '主要',
  '新区',
  '开发区',
  '园区',
  '高新区',
  '经开区',
  '市',
  '县',
  '区',
  '省',
  '州',
  '旗',
  '市区',
  '城区',
  '自治区',
  '完成',
  '实现',
  '保持',
  '力争',
  '使',
  '当年',
  '预期',
  '年末',
  '年内',
];
const verbs = [
  '完成',
  '实现',
  '保持',
  '使',
  '当年',
  '预期',
  '年末',
  '年内',
  '力争',
  '促进',
  '推动',
  '确保',
  '到',
];

/** The names of a lexicon, made once for as many texts as one likes. */
export function chineseNames(rows: readonly LexiconRow[]): ReadonlyMap<string, LexiconRow> {
  const names = new Map<string, LexiconRow>();
  for (const row of rows) for (const name of row.zh) if (!names.has(name)) names.set(name, row);
  return names;
}

/** A lookup of Chinese names, whole or behind words that only say of which place. Answers are remembered. */
export function chineseLookup(names: ReadonlyMap<string, LexiconRow>): (words: string) => Known | undefined {
  const remembered = new Map<string, Known | undefined>();
  const find = (words: string): Known | undefined => {
    const whole = names.get(words);
    if (whole !== undefined) return whole;
    const tail = tails.find((each) => words.endsWith(each) && words.length > each.length);
    if (tail !== undefined) {
      const shorter = find(words.slice(0, -tail.length));
      if (shorter !== undefined) return shorter;
    }
    for (let i = 1; i < Math.min(words.length - 1, 12); i++) {
      const row = names.get(words.slice(i));
      if (row === undefined) continue;
      const before = words.slice(0, i);
      if (!scopes.some((scope) => before.endsWith(scope))) return undefined;
      return verbs.includes(before) ? row : { ...row, scope: before };
    }
    return undefined;
  };
  return (words) => {
    if (words.length > 40 || words.length < 2) return undefined;
    if (remembered.has(words)) return remembered.get(words);
    const found = find(words);
    if (remembered.size < 20_000) remembered.set(words, found);
    return found;
  };
}
