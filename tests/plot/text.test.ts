import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthBand } from '../../src/plot/index.ts';
import { chance, level, percent, points, tickLevel } from '../../src/plot/format.ts';
import { shorten, textWidth, wrapText } from '../../src/plot/text.ts';

const text = fc.string({ unit: fc.constantFrom(...Array.from('abc W.,工业增加值（）， ')), maxLength: 80 });

describe('text without a layout engine', () => {
  it('lines fit their width and lose nothing but spaces', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 300 }), (words, width) => {
        const lines = wrapText(words, width, 12);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
      }),
      { seed: 1 },
    );
  });

  it('no more lines than asked, the last one with an ellipsis', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 40, max: 120 }),
        fc.integer({ min: 1, max: 3 }),
        (words, width, most) => {
          const lines = wrapText(words, width, 12, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          const whole = wrapText(words, width, 12).length <= most;
          expect(lines.at(-1)!.endsWith('…')).toBe(!whole);
          for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
        },
      ),
      { seed: 1 },
    );
  });

  it('Chinese takes two cells, and a closing mark never begins a line', () => {
    expect(textWidth('增速', 10)).toBe(20);
    expect(textWidth('GDP', 10)).toBe(21.7);
    expect(wrapText('工业，服务业', 24, 12)).toEqual(['工', '业，', '服务', '业']);
    expect(shorten('工业增加值', 36, 12)).toBe('工业…');
  });
});

describe('numbers in charts', () => {
  it('true minus, no negative zero, each language its own percent sign', () => {
    expect(percent(-0.0412, 'en')).toBe('−4.1 %');
    expect(percent(-0.0004, 'zh')).toBe('0.0%');
    expect(percent(NaN, 'en')).toBe('–');
    expect(points(0.034, 'zh')).toBe('+3.4个百分点');
    expect(points(-0.00001, 'en')).toBe('0.0 pp');
  });
  it('a probability says 0 and 100 only of what is certain', () => {
    expect([0, 0.001, 0.5, 0.9999, 1, NaN].map((p) => chance(p, 'en'))).toEqual([
      '0 %',
      '<1 %',
      '50 %',
      '>99 %',
      '100 %',
      '–',
    ]);
  });
  it('levels keep the digits that tell them apart', () => {
    expect([1234567, 1234.5, 112.04, 4.567, 0.04561, 0, -1500, NaN].map(level)).toEqual([
      '1,234,567',
      '1,235',
      '112.0',
      '4.57',
      '0.0456',
      '0',
      '−1,500',
      '–',
    ]);
    expect([350, 0.1, 12500, -20].map(tickLevel)).toEqual(['350', '0.1', '12,500', '−20']);
  });
});

describe('growthBand', () => {
  it('carries the base on at both edges, and leaves open what is open', () => {
    expect(growthBand(100, { low: 0.1 }, ['2014', '2015'])).toEqual([
      { period: '2013', low: 100 },
      { period: '2014', low: 110 },
      { period: '2015', low: 121 },
    ]);
  });
});
