import { describe, expect, it } from 'vitest';
import { appraisalToolNamed } from '#main/analysis/evidence/appraisal-tools.ts';
import { reviewSynthesis } from '#main/analysis/evidence/synthesis/review-synthesis.ts';
import { parseReviewSynthesisSpec } from '#main/analysis/evidence/synthesis/spec.ts';
import { drawChart } from '#main/report/draw-chart.ts';
import { lightsOfAppraisals } from '#shared/charts/appraisal-chart.ts';
import type { ChartSpec } from '#shared/charts/chart-spec.ts';
import { darkTheme } from '#shared/charts/chart-theme.ts';
import { forestOfSynthesis, funnelOfSynthesis } from '#shared/charts/evidence-charts.ts';
import { appraisalSchema } from '#shared/domain/evidence/appraisal.ts';
import { spelledEffect } from '#shared/domain/evidence/effect-words.ts';
import { bcgTrials } from '#tests/fixtures/bcg-trials.ts';

const parsed = parseReviewSynthesisSpec({ findings: bcgTrials(), measure: 'RR' });
if (!parsed.ok) throw new Error(parsed.error.message);
const result = reviewSynthesis(parsed.value.findings ?? [], parsed.value);

const wordsOf = (spec: ChartSpec) =>
  [...drawChart(spec, 'c', 900).svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);

describe('charts of evidence', () => {
  it('a forest plot has every study with its weight, the pooled effect and the range of a further study', () => {
    const spec = forestOfSynthesis(result);
    expect(spec.rows.map(({ kind }) => kind)).toEqual([...Array(13).fill('study'), 'pooled', 'prediction', 'pooled']);
    const words = wordsOf(spec);
    expect(words).toContain('Pooled, random effects');
    expect(words).toContain('0.49 (0.33 to 0.73)');
    expect(words).toContain('0.14 to 1.76');
    expect(words.filter((text) => /^\d+\.\d%$/.test(text ?? ''))).toHaveLength(13);
    expect(words.some((text) => text?.includes('better with it'))).toBe(true);
  });

  it('a forest plot and its table have the same digits, from one place', () => {
    const rows = forestOfSynthesis(result).rows.filter(({ kind }) => kind === 'study');
    expect(rows.map(({ text }) => text)).toEqual(result.rows.map((row) => spelledEffect('RR', row)));
    expect(rows.map(({ weight }) => weight)).toEqual(result.rows.map(({ weight }) => weight));
  });

  it('a funnel plot has the most precise study at the top', () => {
    const spec = funnelOfSynthesis(result);
    if (spec === null) throw new Error('there is no funnel');
    expect(spec.points).toHaveLength(13);
    expect(wordsOf(spec)).toContain('Standard error');
  });

  it('lights are those of each person who appraised, and none of a domain that nobody has judged', () => {
    const tool = appraisalToolNamed('rob-2')!;
    const judged = (appraiser: string, judgement: string) => ({
      ...{ version: 1, hash: '', at: '', by: appraiser, appraiser, overall: judgement },
      appraisal: appraisalSchema.parse({
        ...{ study: 'A', tool: 'rob-2' },
        domains: [{ domain: 'missing', judgement, reason: 'as the paper tells' }],
      }),
    });
    const spec = lightsOfAppraisals(tool, [judged('ann', 'low'), judged('ben', 'some concerns')]);
    expect(spec?.studies).toEqual([
      { label: 'A, ann', lights: [null, null, 'low', null, null, 'low'] },
      { label: 'A, ben', lights: [null, null, 'some', null, null, 'some'] },
    ]);
    expect(spec?.names.high).toBe('High risk');
    expect(lightsOfAppraisals(appraisalToolNamed('emmie-q')!, [])).toBeNull();
  });

  it('lights have a sign beside their colour, and none where nobody has judged', () => {
    const spec: ChartSpec = {
      kind: 'traffic-lights',
      domains: ['Randomisation', 'Overall'],
      studies: [
        { label: 'A', lights: ['low', 'high'] },
        { label: 'B', lights: [null, 'some'] },
      ],
      names: { low: 'Low risk', some: 'Some concerns', high: 'High risk' },
    };
    const words = wordsOf(spec);
    for (const sign of ['+', '!', '×']) expect(words.filter((text) => text === sign)).toHaveLength(1);
    expect(words).toContain('+ Low risk');
    expect(drawChart(spec, 'c', 640, darkTheme).svg).not.toBe(drawChart(spec, 'c', 640).svg);
  });
});
