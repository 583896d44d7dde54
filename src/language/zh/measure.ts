import { unitOfWord } from '../../plan/unit.ts';
import { longest, trie } from '../trie.ts';
import { tidy } from '../tidy.ts';

/** The unit after a number. */
export interface UnitFound {
  /** Published unit: a known unit's name (with 万, 亿 in it) or the measure word itself. */
  readonly unit: string;
  readonly end: number;
  /** How the number counts in `unit` when 万 or 亿 could not go into the unit's name. */
  readonly family: Family;
}

/** One of money, area and so on; `count` takes a noun behind it, `time` is a duration. */
export type Family =
  | 'percent'
  | 'points'
  | 'money'
  | 'area'
  | 'length'
  | 'mass'
  | 'volume'
  | 'energy'
  | 'persons'
  | 'count'
  | 'time'
  | 'years'
  | 'multiple'
  | 'rate';

const words: readonly (readonly [Family, string, string])[] = [
  ['percent', '%', '%'],
  ['percent', '‰', '‰'],
  ['points', 'pp', '个百分点|百分点|个点'],
  ['money', 'CNY', '元|元人民币|块钱'],
  ['money', 'USD', '美元|美金'],
  ['money', 'EUR', '欧元'],
  ['money', 'HKD', '港元|港币'],
  ['money', 'JPY', '日元'],
  ['area', 'm2', '平方米|㎡|平米|m2|m²'],
  ['area', 'km2', '平方公里|平方千米'],
  ['area', 'mu', '亩|亩次'],
  ['area', 'ha', '公顷'],
  ['length', 'km', '公里|千米|延长公里|km'],
  ['length', 'm', '米|延米|延长米'],
  ['length', '里', '华里'],
  ['mass', 't', '吨'],
  ['mass', 'kg', '公斤|千克'],
  ['mass', 'jin', '斤'],
  ['mass', '吨标准煤', '吨标准煤|吨标煤'],
  ['mass', '标箱', '标箱|标准箱|TEU'],
  ['volume', 'm3', '立方米|方|立方|m3'],
  ['energy', 'kWh', '千瓦时|度'],
  ['energy', '千瓦', '千瓦|千伏安'],
  ['energy', '兆瓦', '兆瓦'],
  ['persons', 'persons', '人|名|人口|位'],
  ['persons', 'persons', '人次'],
  ['persons', '人日', '人天'],
  ['years', 'years', '年|岁'],
  ['time', '天', '天|日|个工作日|工作日'],
  ['time', '小时', '小时|个小时'],
  ['time', '分钟', '分钟'],
  ['time', '个月', '个月'],
  ['time', '年级', '周年|周岁|年级|学年'],
  ['multiple', '倍', '倍'],
  ['rate', '微克/立方米', '微克/立方米|微克每立方米|微克/立方'],
  ['rate', '毫克/升', '毫克/升'],
  ['rate', '元/人', '元/人'],
  ['rate', '/10万', '/10万'],
  ['rate', '兆', '兆|M|Mbps'],
  ['count', 'count', '个'],
  ['count', '万科', '万科'],
  [
    'count',
    '',
    '家|户|套|条|座|处|所|块|场|张|台|辆|栋|幢|间|口|眼|头|只|株|棵|枚|支|对|门|种|片|部|篇|例|起|宗|笔|班|列|架|艘|件|项|次|床|羽|届次|班次|车次|场次|户次|家次|册|本|盏|根|组|批次|道|段|尾|课时|学位|张床位|个床位|篇次|人份|剂次|枚|颗|杆|厅|艘次|架次|面|标段|尊|份|对次|台套|台次|台件|台/套|件/万人',
  ],
];

const table = trie(
  words.flatMap(([family, unit, list]) =>
    list.split('|').map((word) => [word, { family, unit: unit === '' ? word : unit }] as const),
  ),
);

/** What must not stand behind a short measure word, because the two make another word: 家庭, 人才, 名校. */
const notBefore: Readonly<Record<string, string>> = {
  家: '庭长',
  人: '民才均工居文员格身们',
  名: '录单校师优镇村企品城牌列义',
  位: '于居列',
  口: '岸径',
  本: '科地级市县',
  部: '门分队署委',
  只: '有要能',
  对: '口接外内标',
  门: '户诊店类',
  头: '号雁部企',
  起: '来步点',
  场: '所地馆镇',
  件: '套',
  次: '数要',
  面: '积向对',
  道: '路德理',
  段: '时落',
  组: '织建团合',
  份: '额',
  年: '代级均度轻产',
  日: '产报处常',
  天: '然津',
  度: '假',
  方: '面式案针法向便可',
  元: '旦素',
  间: '接',
  班: '子',
  台: '账',
  米: '粉',
  里: '程',
  种: '植类子养粮',
  项: '目',
  处: '理置级',
  点: '',
  根: '本据',
  片: '区',
  条: '件例',
  斤: '',
  班子: '',
  列: '车为入',
  支: '部持出撑付',
  张: '',
  例: '如',
  批: '',
  块: '',
  M: 'N',
  里程: '',
  场次: '',
  所: '有在属',
  床: '位',
  套: '餐',
  杆: '',
  厅: '级局',
  艘: '',
  座: '谈',
  辆: '',
  笔: '',
  幢: '',
  栋: '',
};

/** 条, 项 and 处 in front of these belong to another word, but a count with its noun elided is fine: 20条、30项. */
const multipliers: readonly (readonly [number, string])[] = [
  [1e12, '万亿'],
  [1e9, '十亿'],
  [1e8, '亿'],
  [1e6, '百万'],
  [1e4, '万'],
];

/** The unit that starts at a place, or undefined. `text` up to `at` ends in the number. */
export function unitAt(text: string, at: number): UnitFound | undefined {
  const found = longest(table, text, at);
  if (found === undefined) return undefined;
  const word = text.slice(at, found.end);
  const following = text[found.end];
  if (following !== undefined && notBefore[word]?.includes(following) === true) {
    // 5项目 and 3条件 are slips or other words; 40个项目 has its measure word.
    return undefined;
  }
  return { unit: found.value.unit, family: found.value.family, end: found.end };
}

/**
 * The number in its published unit: 1.1 with 万 and 亩 is 1.1 of `'10k mu'`, and 1.1万 with 家 is 11,000 of 家.
 *
 * @param value the number with 万 and 亿 multiplied out
 * @param multiplier the 万 or 亿 that stands in the text before the unit, '' for none
 */
export function published(
  value: number,
  multiplier: string,
  unit: string,
): { readonly value: number; readonly unit: string } {
  const known = multiplier === '' ? undefined : multiplied.get(`${multiplier}${unit}`);
  return known === undefined ? { value, unit } : { value: tidy(value / known.factor), unit: known.unit };
}

const zhWords: Readonly<Record<string, string>> = {
  CNY: '元',
  USD: '美元',
  m2: '平方米',
  mu: '亩',
  t: '吨',
  jin: '斤',
  persons: '人',
  kWh: '千瓦时',
  m3: '立方米',
  count: '个',
};

/** The known units that a multiplier makes of a unit: 万 and 亩 make `'10k mu'`. */
const multiplied = new Map<string, { readonly factor: number; readonly unit: string }>();
for (const [factor, word] of multipliers) {
  for (const [unit, zh] of Object.entries(zhWords)) {
    const name = unitOfWord(`${word}${zh}`);
    if (name !== undefined) multiplied.set(`${word}${unit}`, { factor, unit: name });
  }
}
