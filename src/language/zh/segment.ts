import type { Clause } from './clause.ts';
import { modifierReason } from './modifier.ts';

/** Where the words of a number begin: behind the number before it, and behind a join after that. */
export function segmentStart(clause: Clause, index: number): number {
  for (let i = index - 1; i >= 0; i--) {
    const token = clause.tokens[i]!;
    if (token.tag === 'number' && !isThreshold(clause, i)) return postEnd(clause, i, index);
  }
  return clause.from;
}

export function isThreshold(clause: Clause, index: number): boolean {
  const reason = modifierReason(clause, index);
  return reason !== undefined;
}

/** Where the words behind a number end that still belong to it, when another number follows. */
export function postEnd(clause: Clause, index: number, nextIndex: number): number {
  const { tokens, text } = clause;
  const token = tokens[index]!;
  const limit = nextIndex < tokens.length ? tokens[nextIndex]!.start : clause.to;
  const family = token.quantity!.family;
  for (let i = token.end; i < limit && i < token.end + 60; i++) if ('、'.includes(text[i]!)) return i;
  for (let i = index + 1; i < nextIndex; i++) {
    const each = tokens[i]!;
    if (
      each.tag === 'join' ||
      (each.tag === 'deliver' && each.start > token.end && family === 'count') ||
      each.tag === 'ofWhich' ||
      (each.tag === 'reach' && family !== 'count')
    )
      return each.start;
  }
  if (family !== 'count' && family !== 'persons' && family !== 'area' && family !== 'length')
    return token.end;
  for (const word of moneyNouns) {
    const at = text.slice(token.end, Math.min(limit, token.end + 40)).indexOf(word);
    if (at >= 0) return token.end + at;
  }
  return nextIndex < tokens.length ? token.end : limit;
}

const moneyNouns = [
  '总投资',
  '计划投资',
  '年度投资',
  '投资',
  '总面积',
  '建筑面积',
  '面积',
  '产值',
  '资金',
  '惠及',
  '总长',
];

/** The size that the counted things must have: 亿元以上, 超亿元, 5000万元以上. */
export function thresholdOf(
  clause: Clause,
  index: number,
  start: number,
): { value: number; unit: string } | undefined {
  for (let i = 0; i < clause.tokens.length; i++) {
    const token = clause.tokens[i]!;
    if (token.tag !== 'number' || i === index || token.start < start) continue;
    if (i > index && clause.tokens.slice(index + 1, i).some((each) => each.tag === 'number')) break;
    if (modifierReason(clause, i) === 'threshold')
      return { value: token.quantity!.low, unit: token.quantity!.unit };
  }
  return undefined;
}
