import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../src/language/read.ts';
import { simplify } from '../../src/language/script.ts';
import { ratio } from '../../src/numeric/rate.ts';
import { compact } from './compact.ts';
import corpus from './corpus.json' with { type: 'json' };

const traditional = new Map<string, string>();
for (let code = 0x4e00; code <= 0x9fff; code++)
  if (simplify(code) !== code)
    traditional.set(String.fromCharCode(simplify(code)), String.fromCharCode(code));

const amount = fc.integer({ min: 1, max: 300 });
const name = fc.constantFrom(
  '地区生产总值',
  '固定资产投资',
  '社会消费品零售总额',
  '一般公共预算收入',
  '城镇居民人均可支配收入',
  '规模以上工业增加值',
);
const bound = fc.constantFrom('', '左右', '以上', '以内');
const sentence = fc.oneof(
  fc.tuple(name, amount, bound).map(([subject, n, tail]) => `${subject}增长${n / 10}%${tail}`),
  fc.tuple(amount, fc.constantFrom('所学校', '个社区', '座公园')).map(([n, noun]) => `新建${n}${noun}`),
  fc.tuple(fc.constantFrom('建设保障性住房', '改造老旧小区'), amount).map(([act, n]) => `${act}${n}套`),
  fc.tuple(amount, bound).map(([n, tail]) => `城镇登记失业率控制在${n / 10}%${tail}`),
  fc.tuple(amount, amount).map(([a, b]) => `城乡居民人均可支配收入分别增长${a / 10}%和${b / 10}%`),
);
const passage = fc.array(sentence, { minLength: 1, maxLength: 6 });

describe('readPlan', () => {
  it.each(corpus.rows)('$year: $text', ({ year, text, targets }) => {
    expect(compact(text, year)).toEqual(targets);
  });

  it('finds the same in a text and in its sentences', () => {
    fc.assert(
      fc.property(passage, (sentences) => {
        const whole = compact(`${sentences.join('。')}。`, 2014).map(withoutId);
        expect(whole).toEqual(sentences.flatMap((each) => compact(`${each}。`, 2014)).map(withoutId));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('is not changed by a sentence about something else', () => {
    fc.assert(
      fc.property(
        passage,
        fc.constantFrom(
          '坚持以人民为中心。',
          '深入推进作风建设，不断提高服务水平。',
          'The committee met in the town hall. ',
          '第三届运动会在四环路举行。',
        ),
        fc.boolean(),
        (sentences, other, first) => {
          const text = `${sentences.join('。')}。`;
          expect(compact(first ? `${other}\n${text}` : `${text}\n${other}`, 2014)).toEqual(
            compact(text, 2014),
          );
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('reads traditional script and full-width digits as it reads simplified', () => {
    for (const { year, text } of corpus.rows) {
      const other = Array.from(text)
        .map((c) =>
          c >= '0' && c <= '9' ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : (traditional.get(c) ?? c),
        )
        .join('');
      expect(compact(other, year)).toEqual(compact(text, year));
    }
  });

  it('gives the exact place of every number', () => {
    for (const { year, text } of corpus.rows) {
      for (const reading of readPlan(text, { year }).readings) {
        const number = text.slice(...reading.number);
        expect(number.trim()).toBe(number);
        expect(number).not.toBe('');
        expect(reading.span[0]).toBeLessThanOrEqual(reading.number[0]);
        if (/^\d+(?:\.\d+)?%$/.test(number) && reading.multiple === undefined)
          expect(ratio(number)).toBeCloseTo(reading.value ?? NaN, 12);
      }
      for (const { span, text: words } of readPlan(text, { year }).unread)
        expect(text.slice(...span)).toBe(words);
    }
  });

  it('makes a plan that checkPlan accepts', () => {
    for (const { year, text } of corpus.rows) {
      expect(readPlan(text, { year }).issues.filter((issue) => issue.severity !== 'warning')).toEqual([]);
    }
  });

  it("takes rows of one's own before its own", () => {
    const lexicon = [
      { id: 'happiness', zh: ['幸福指数'], en: ['happiness index'], unit: 'index', kind: 'index' as const },
    ];
    expect(compact('幸福指数提高3%。', 2014)[0]).toContain('幸福指数 growth');
    expect(readPlan('幸福指数提高3%。', { year: 2014, lexicon }).plan.targets[0]!.indicator).toBe(
      'happiness',
    );
  });

  it('reads tenths with their hundredths', () => {
    for (const [words, value] of [
      ['五成', 0.5],
      ['五成五', 0.55],
      ['七成半', 0.75],
    ] as const) {
      const { plan } = readPlan(`服务业增加值占比达到${words}以上。`, { year: 2023 });
      expect(plan.targets.map(({ relation }) => relation)).toEqual([{ kind: 'at-least', value }]);
    }
  });

  it('says which reading is doubtful', () => {
    const { issues } = readPlan('地区生产总值增长8%，财政收入同步增长，三年内社区达到100个。', {
      year: 2014,
    });
    expect(issues.map((issue) => issue.code)).toEqual(['doubtful', 'doubtful', 'mixed-price-basis']);
  });

  it('throws on what is no text and no year', () => {
    expect(() => readPlan(3 as unknown as string, { year: 2014 })).toThrow('readPlan: 3 is not a text');
    expect(() => readPlan('', { year: 20.5 })).toThrow('readPlan: year 20.5 is not a year');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['brackets', '('.repeat(1e5)],
    ['tags', '<a'.repeat(1e5)],
    ['open quotes', '“'.repeat(1e5)],
    ['one long number', '1'.repeat(1e5)],
    ['one long Chinese number', '一'.repeat(1e5)],
    ['percentages without end', '12%'.repeat(2e4)],
    ['a list without end', '新建道路5条、'.repeat(1e4)],
    ['lone surrogates', '\ud800增长5%\udc00'.repeat(5e3)],
    ['zero bytes', '\0'.repeat(1e5)],
    ['entities', '&#'.repeat(1e5)],
    ['a wrong encoding', 'µØÇøÉú²ú×ÜÖµÔö³¤12%'.repeat(1e3)],
  ])('answers to %s', (_, text) => {
    const { plan, unread, issues } = readPlan(text, { year: 2014 });
    expect(plan.span).toEqual(['2014', '2014']);
    expect(Array.isArray(unread) && Array.isArray(issues)).toBe(true);
  });

  it('reads through HTML', () => {
    expect(
      compact(
        '<html><body><p>地区生产总值增长<b>12</b>%&nbsp;左右，</p><p>财政收入增长8%。</p><script>var a = "增长9%";</script></body></html>',
        2014,
      ),
    ).toEqual([
      '地区生产总值 (gdp) growth about 0.12 ratio commit 2014',
      '财政收入 (revenue_total) growth reach 0.08 ratio commit 2014',
    ]);
  });

  it("reads a table of targets, the columns of the plan's years only", () => {
    const table = [
      '第十四个五年规划纲要',
      '| 指标 | 2020年 | 2025年 | 年均/累计 | 属性 |',
      '| --- | --- | --- | --- | --- |',
      '| 1.城镇化率(%) | 60.6 | 65 | — | 预期性 |',
      '| 2.研发经费投入增长(%) | — | — | >7 | 预期性 |',
      '| 3.单位GDP能耗降低(%) | — | — | [13.5] | 约束性 |',
      '| 4.粮食产量(亿吨) | 6.4 | >6.5 | — | 约束性 |',
      '| 5.人均预期寿命(岁) | 77.3 | — | [1] | 预期性 |',
    ].join('\n');
    expect(readPlan(table, { year: 2021 }).plan.span).toEqual(['2021', '2025']);
    expect(compact(table, 2021)).toEqual([
      '城镇化率 (urbanisation) share reach 0.65 ratio expected 2025',
      '研发经费投入 (rnd) growth at-least 0.07 ratio expected 2021-2025 average',
      '单位GDP能耗 (energy_intensity) growth reach 0.135 ratio binding 2021-2025 fall whole',
      '粮食产量 (grain) level at-least 650000000000 kg binding 2025',
      '人均预期寿命 (life_expectancy) change reach 1 years expected 2021-2025',
    ]);
  });

  it('names the plan and the groups it names, with members only where it lists them', () => {
    const { plan } = readPlan(
      '某区政府工作计划\n坚持实施工业和服务业“双拉动”路径，依托三大引擎，建设七大平台，着眼五化定位。',
      { year: 2014 },
    );
    expect(plan.name).toBe('某区政府工作计划');
    expect(plan.groups).toEqual([
      { name: '双拉动', members: ['工业', '服务业'] },
      { name: '三大引擎' },
      { name: '七大平台' },
      { name: '五化定位' },
    ]);
  });

  const shared = new URL('../../../shared/', import.meta.url);
  const table = new URL('data/seed-targets.json', shared);
  it.skipIf(!existsSync(table))('finds all targets of the 2014 plan and nothing else', () => {
    const text = readFileSync(new URL('plan/work-plan-2014.txt', shared), 'utf8');
    const rows = (
      JSON.parse(readFileSync(table, 'utf8')) as {
        targets: { offset: number; quote: string; value: number | null }[];
      }
    ).targets;
    const { readings } = readPlan(text, { year: 2014 });
    expect(readings).toHaveLength(rows.length);
    for (const row of rows) {
      expect(
        readings.some(
          (r) =>
            r.number[0] >= row.offset &&
            r.number[1] <= row.offset + row.quote.length &&
            (row.value === null || Math.abs((r.value ?? NaN) - row.value) < 1e-9 * Math.max(1, row.value)),
        ),
        row.quote,
      ).toBe(true);
    }
  });
});

/** A second unit of one subject makes another id in one text and not in two. */
function withoutId(line: string): string {
  return line.replace(/ \([^)]*\)/, '');
}
