import { readPlan } from '../../src/language/read.ts';

/** What a text's targets are, a line each: subject, id, measure, relation, value, unit, firmness, period and marks. */
export function compact(text: string, year: number): string[] {
  const { plan, readings } = readPlan(text, { year });
  return readings.map((r) => {
    const target = plan.targets[r.target]!;
    const leader = target.relation.kind === 'in-step-with' ? target.relation.indicator : '';
    const value = r.value ?? (r.low === undefined ? leader : `${r.low}..${r.high}`);
    const marks = [
      r.fall === true ? 'fall' : '',
      r.strict === true ? 'strict' : '',
      r.points === true ? 'points' : '',
      r.multiple === undefined ? '' : `x${r.multiple}`,
      r.cumulative === true ? 'whole' : '',
      r.average === true ? 'average' : '',
      r.yearly === true ? 'yearly' : '',
      r.versus === undefined ? '' : `against ${r.versus}`,
      r.threshold === undefined ? '' : `each ${r.threshold.value} ${r.threshold.unit}`,
      target.partOf === undefined ? '' : 'part',
      r.deadline.endsWith('-12-31') ? '' : r.deadline,
    ];
    const period = typeof r.period === 'string' ? r.period : r.period.join('-');
    const id = r.indicator === r.subject ? '' : `(${r.indicator})`;
    return [r.subject, id, r.measure, r.relation, value, r.unit, r.firmness, period, ...marks]
      .filter((word) => word !== '')
      .join(' ');
  });
}
