import type { Firmness } from '../../plan/target.ts';
import type { Found, UnreadReason } from '../reading.ts';
import type { Clause, Context } from './clause.ts';
import { labelFrom } from './label.ts';
import type { Chain } from './chain.ts';
import { chainBefore, has } from './chain.ts';
import { modifierReason } from './modifier.ts';
import { isThreshold, postEnd, segmentStart, thresholdOf } from './segment.ts';
import type { Quantity } from './quantity.ts';
import { shapeOf } from './shape.ts';
import { subjectWords } from './subject.ts';
import { periodOf, timeOf } from './when.ts';

/** Read one number of a clause: a target, or the reason why it is none. */
export function readQuantity(clause: Clause, index: number, context: Context): number {
  const { tokens } = clause;
  const quantity = tokens[index]!.quantity!;
  const reject = (reason: UnreadReason): number => {
    context.rejected.push({ span: [quantity.start, quantity.numberEnd], reason });
    return index;
  };
  const chain = chainBefore(clause, index);
  const modifies = modifierReason(clause, index);
  if (modifies === 'baseline') {
    const from = tokens.find(
      (token) => token.tag === 'from' && token.end <= quantity.start && token.start > clause.from,
    );
    const before = from === undefined ? '' : subjectWords(clause, segmentStart(clause, index), from.start);
    if (before !== '' && `${before.verbs}${before.subject}` !== '')
      context.subject = `${before.verbs}${before.subject}`;
  }
  if (modifies !== undefined) return reject(modifies);
  if (clause.past) {
    remember(clause, index, chain, context);
    return reject('past');
  }
  const found = targetOf(clause, index, chain, context);
  if (typeof found === 'string') return reject(found);
  for (const each of found) {
    context.found.push(each);
    context.last = context.found.length - 1;
    context.leader = each.subject;
  }
  // 分别增长8%和9%: the second number is read with the first.
  const last = Math.max(...found.map((each) => each.number[1]));
  let next = index;
  while (next + 1 < tokens.length && tokens[next + 1]!.start < last) next++;
  return next;
}

/** Even an outcome names the subject that "strive for 9 %" in the next clause is about. */
function remember(clause: Clause, index: number, chain: Chain, context: Context): void {
  const words = subjectWords(clause, segmentStart(clause, index), chain.start);
  if (words.subject !== '') context.subject = words.subject;
}

function targetOf(clause: Clause, index: number, chain: Chain, context: Context): Found[] | UnreadReason {
  const { tokens } = clause;
  const quantity = tokens[index]!.quantity!;
  const start = segmentStart(clause, index);
  const nextNumber = tokens.findIndex(
    (token, i) => i > index && token.tag === 'number' && !isThreshold(clause, i),
  );
  const post: readonly [number, number] = [
    quantity.end,
    nextNumber === -1 ? clause.to : Math.max(quantity.end, postEnd(clause, index, nextNumber)),
  ];
  const pre: readonly [number, number] = [Math.min(start, chain.start), chain.start];
  const label = labelFrom(clause, pre, chain.tokens, quantity, post, context);
  if (typeof label === 'string') return label;
  const when = timeOf(clause, context);
  const shape = shapeOf(clause, quantity, chain, label.subjects[0] ?? '', context);
  const doubts = [
    ...label.doubts,
    ...shape.doubts,
    ...(when.or === undefined ? [] : [`the last day may also be the anniversary in ${when.or}`]),
    ...(clause.estimated ? ['an estimate of the plan year, read as its target'] : []),
  ];
  const inherits =
    label.inherits &&
    context.found.length > 0 &&
    context.found.at(-1)!.firmness === 'strive' &&
    context.goals === undefined;
  const listed =
    context.striving &&
    context.goals === undefined &&
    shape.measure === 'growth' &&
    context.lookup(label.subjects[0] ?? '') !== undefined;
  if (
    clause.firmness === 'strive' &&
    clause.tokens.find((token) => token.tag !== 'time' && token.tag !== 'adverb')?.tag === 'strive'
  )
    context.striving = true;
  const firmness = inherits || listed ? 'strive' : firmnessOf(clause, chain, quantity, context);
  const threshold = thresholdOf(clause, index, start);
  const spanStart = label.start;
  const subjects = label.subjects.length === 0 ? [''] : label.subjects;
  const values = distributed(clause, index, subjects.length);
  context.subject = subjects.at(-1);
  return subjects.map((subject, i) => {
    const own = values === undefined ? quantity : (values[i] ?? quantity);
    const row = context.lookup(subject);
    const scoped = row?.scope ?? label.scope;
    const shaped = values === undefined && i === 0 ? shape : shapeOf(clause, own, chain, subject, context);
    return {
      span: [spanStart, Math.max(own.end, label.end)] as const,
      number: [own.start, own.numberEnd] as const,
      language: 'zh' as const,
      section: context.section,
      subject,
      ...(label.verb === '' ? {} : { verb: label.verb }),
      ...(scoped === undefined || scoped === '' ? {} : { scope: scoped }),
      measure: shaped.measure,
      relation: shaped.relation,
      ...(row === undefined ? {} : { row }),
      amount: { low: shaped.low, high: shaped.high },
      publishedUnit: shaped.unit,
      ...(own.counted === undefined ? {} : { counted: own.counted }),
      ...(shaped.strict ? { strict: true } : {}),
      ...(shaped.fall ? { fall: true } : {}),
      ...(own.family === 'points' ? { points: true } : {}),
      ...(shaped.multiple === undefined ? {} : { multiple: shaped.multiple }),
      ...(has(chain, 'avg') || clause.tokens.some((t) => t.tag === 'avg') ? { average: true } : {}),
      ...(shaped.cumulative ? { cumulative: true } : {}),
      ...(when.yearly || has(chain, 'yearly') ? { yearly: true } : {}),
      ...(shaped.versus === undefined ? {} : { versus: shaped.versus }),
      period: periodOf(
        when,
        shaped,
        clause,
        has(chain, 'avg') || clause.tokens.some((t) => t.tag === 'avg'),
        context.year,
      ),
      deadline: when.deadline,
      firmness,
      ...(threshold === undefined ? {} : { threshold }),
      ...(pricesOf(clause) === undefined ? {} : { prices: pricesOf(clause)! }),
      ...(label.ofWhich && context.last !== undefined ? { partOf: context.last } : {}),
      doubts,
    };
  });
}

function pricesOf(clause: Clause): 'constant' | 'current' | undefined {
  for (const token of clause.tokens) {
    const word = clause.text.slice(token.start, token.end);
    if (word === '实际' || word.startsWith('按可比价') || word === '可比' || word === '按不变价格')
      return 'constant';
    if (word === '名义' || word === '按现价') return 'current';
  }
  return undefined;
}

/** The value for each subject: 分别增长8%和9% gives one each, 分别增长10% gives all the same. */
function distributed(clause: Clause, index: number, subjects: number): readonly Quantity[] | undefined {
  const { tokens, text } = clause;
  if (subjects < 2) return undefined;
  const values: Quantity[] = [];
  let at = tokens[index]!.start;
  for (let i = index; i < tokens.length && values.length < subjects; i++) {
    const token = tokens[i]!;
    if (token.start > at + (values.length > 0 ? 4 : 1)) break;
    if (token.tag === 'number') values.push(token.quantity!);
    else if (
      token.tag !== 'join' &&
      token.tag !== 'yearly' &&
      !(
        values.length > 0 &&
        [
          'reach',
          'grow',
          'fall',
          'over',
          'adverb',
          'will',
          'strive',
          'atLeast',
          'atMost',
          'about',
          'growNoun',
          'plain',
          'each',
          'avg',
        ].includes(token.tag)
      )
    )
      break;
    at = token.end;
    if (text[at] === '、') at++;
  }
  if (values.length !== subjects) return undefined;
  const tail = values.at(-1)!;
  return values.map((value) =>
    value.bound === undefined && tail.bound !== undefined ? { ...value, bound: tail.bound } : value,
  );
}

export function firmnessOf(
  clause: Clause,
  chain: Chain,
  quantity: { readonly start: number; readonly end: number },
  context: Context,
): Firmness {
  const { tokens } = clause;
  const carried = context.firmness;
  if (strivesFor(clause, quantity)) return 'strive';
  if (context.goals !== undefined) return context.goals;
  if (carried === 'strive') return 'strive';
  const leading = tokens.find(
    (token) =>
      token.start >= clause.from &&
      (token.tag === 'push' || token.tag === 'plan' || token.tag === 'deliver' || token.tag === 'ensure'),
  );
  if (leading !== undefined && leading.start < quantity.start) {
    context.verbFirmness = leading.tag === 'push' || leading.tag === 'plan' ? leading.tag : undefined;
    if (leading.tag === 'push') return 'push';
    if (leading.tag === 'plan') return 'plan';
  } else if (context.verbFirmness === 'plan') return 'plan';
  if (has(chain, 'hold')) return 'hold';
  if (
    chain.tokens.some(
      (token) => token.tag === 'reach' && /^(保持|稳定|维持)/.test(clause.text.slice(token.start, token.end)),
    )
  )
    return 'hold';
  return 'commit';
}

/** 力争 before the number, or behind it where no other number follows: 20个项目力争实现竣工投产. */
function strivesFor(clause: Clause, quantity: { readonly start: number; readonly end: number }): boolean {
  let strives = false;
  for (const token of clause.tokens) {
    if (token.tag === 'strive') {
      if (token.start < quantity.start) strives = true;
      else return strives || !clause.tokens.some((each) => each.tag === 'number' && each.start >= token.end);
    }
  }
  return strives;
}
