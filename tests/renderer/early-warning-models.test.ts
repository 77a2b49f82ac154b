import { describe, expect, it } from 'vitest';
import {
  calibrationSpec,
  calibrationTitle,
  netBenefitSpec,
  netBenefitTitle,
  unitsSpec,
} from '#shared/charts/early-warning-charts.ts';
import { fairnessSpec, fairnessTitle } from '#shared/charts/early-warning-group-charts.ts';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { measureRows } from '#shared/domain/early-warning-measures.ts';
import { estimateWords } from '#shared/domain/early-warning-words.ts';
import { fitResult, unfitResult } from '#tests/fixtures/early-warning-result.ts';
import { precisionRecallTitle } from '../../src-renderer/features/early-warning/accuracy-model.ts';
import {
  type Choices,
  choicesMemory,
  fillChoices,
  ownCutOff,
  scoreFault,
  sourceFault,
  specOf,
} from '../../src-renderer/features/early-warning/choices.ts';
import { cardText, checkState, inTenWords } from '../../src-renderer/features/early-warning/words.ts';

const cbi: InstrumentChoice = {
  instrument: 'CBI',
  title: 'Copenhagen Burnout Inventory',
  higherIs: 'worse',
  mainScale: null,
  scales: [
    { scale: 'work', title: 'Work', min: 0, max: 100, cutOffs: [] },
    { scale: 'personal', title: 'Personal burnout', min: 0, max: 100, cutOffs: [] },
  ],
};
const phq9: InstrumentChoice = {
  instrument: 'PHQ-9',
  title: 'Patient Health Questionnaire',
  higherIs: 'worse',
  mainScale: 'total',
  scales: [
    { scale: 'total', title: 'Total', min: 0, max: 27, cutOffs: [{ name: 'caseness', atLeast: 10, atMost: null }] },
  ],
};
const none = choicesMemory.get();
const filledWith = (choices: Partial<Choices>, held: readonly InstrumentChoice[] = [phq9, cbi]) =>
  fillChoices({ ...none, ...choices }, held, '2026-03-31')!;

describe('the choices of a run', () => {
  it('begin with burnout where it is held, and say that its usual cut-off is a convention', () => {
    expect(specOf(filledWith({}))).toEqual({
      asOf: '2026-03-31',
      instrument: 'CBI',
      scale: 'personal',
      cutOff: { score: 50, source: expect.stringContaining('not confirmed') },
      capacityPerWeek: 10,
    });
  });

  it('take the confirmed cut-off of another instrument, and nothing where none is held', () => {
    expect(specOf(filledWith({}, [phq9]))).toMatchObject({ instrument: 'PHQ-9', scale: 'total', cutOff: 'caseness' });
    expect(fillChoices(none, [], '2026-03-31')).toBeNull();
  });

  it('cannot be run with a score outside the scale, or one of no stated source', () => {
    const outside = filledWith({ instrument: 'PHQ-9', cutOff: ownCutOff, ownScore: 28, ownSource: 'ours' });
    expect(scoreFault(outside)).toBe('From 0 to 27.');
    expect(specOf(outside)).toBeNull();
    const noSource = filledWith({ instrument: 'PHQ-9', cutOff: ownCutOff, ownScore: 12 });
    expect(sourceFault(noSource)).not.toBeNull();
    expect(specOf(noSource)).toBeNull();
    expect(specOf(filledWith({ ownSource: ' ' }))).toBeNull();
  });

  it('forget a cut-off that the scale does not have', () => {
    expect(filledWith({ instrument: 'CBI', cutOff: 'caseness' }).cutOff).toBe(ownCutOff);
  });
});

describe('what a run found', () => {
  it('is told apart by word and not by colour, and what was not judged never reads as passed', () => {
    const states = unfitResult.gate.checks.map((check) => checkState(check).word);
    expect(states).toEqual(['Passed', 'Passed', 'Not judged', 'Failed']);
  });

  it('says what is undefined, and never shows it as a number', () => {
    expect(estimateWords(null)).toBe('not assessable');
    expect(estimateWords({ estimate: 0.741, low: null, high: null })).toBe('0.74 (no interval)');
    const nothing = { ...fitResult, validation: { ...fitResult.validation, temporal: null, optimism: null } };
    expect(measureRows(nothing).map(({ later }) => later)).toEqual(Array(10).fill('cannot be assessed'));
    expect(measureRows(nothing).map(({ corrected }) => corrected)).toEqual(Array(10).fill('–'));
  });

  it('stands beside the rules, the same data and the units left out', () => {
    const auc = measureRows(fitResult).find(({ measure }) => measure.includes('AUC'));
    expect(auc).toEqual({
      measure: 'Tells apart (AUC)',
      later: '0.74 (0.71 to 0.77)',
      rules: '0.66 (0.63 to 0.69)',
      apparent: '0.76 (0.74 to 0.78)',
      corrected: '0.75',
      units: '0.73 (0.70 to 0.76)',
    });
  });

  it('gives each chart the finding as its title', () => {
    expect(calibrationTitle(fitResult)).toBe('Chances are about right: 1.04 observed for each one expected');
    expect(netBenefitTitle(fitResult)).toContain('does more good than rules');
    const level = { ...fitResult, netBenefit: fitResult.netBenefit.map((point) => ({ ...point, rules: point.model })) };
    expect(netBenefitTitle(level)).toContain('no more good');
    expect(precisionRecallTitle(fitResult)).toMatch(/^To find half of the cases, 2\d\.\d% of the signals/);
  });

  it('draws nothing where nothing was tested', () => {
    const nothing = { ...fitResult, calibrationCurve: [], netBenefit: [], fairness: [] };
    expect(calibrationSpec(nothing)).toBeNull();
    expect(netBenefitSpec(nothing)).toBeNull();
    expect(fairnessSpec(nothing)).toBeNull();
  });

  it('leaves a unit that is too small without a mark, and says why', () => {
    expect(unitsSpec(fitResult)?.rows.at(-1)).toEqual({
      label: 'Child Abuse Investigation',
      estimate: null,
      low: null,
      high: null,
      text: 'cannot be assessed',
    });
  });

  it('reads a share of signals as people count', () => {
    expect([0.34, 0.07, 0.99, 0, null].map(inTenWords)).toEqual([
      'about 3 in 10',
      'about 1 in 14',
      'nearly all',
      'none',
      'not assessable',
    ]);
  });

  it('copies the model card with its reporting items', () => {
    expect(cardText(fitResult)).toMatch(/^What it is for\n.*TRIPOD\+AI.*1\. Title\n/s);
  });
});

describe('fairness', () => {
  it('shows what is withheld and what cannot be assessed as such, and flags only what blocks', () => {
    const rows = fairnessSpec(unfitResult)!.rows;
    const row = (label: string) => rows.find((entry) => entry.label === label);
    expect(row('Ethnicity: Asian')).toMatchObject({ estimate: null, text: '[c] withheld', flagged: false });
    expect(row('Age band: 25–34')?.text).toMatch(/cannot be assessed$/);
    expect(rows.filter(({ flagged }) => flagged).map(({ label }) => label)).toEqual(['Part-time: part-time']);
  });

  it('says whom the model is wrong for, and never calls fair what nobody could judge', () => {
    expect(fairnessTitle(unfitResult)).toMatch(/^The model is wrong for part-time part-time; 2 groups/);
    expect(fairnessTitle(fitResult)).toMatch(/^5 groups that can be judged are within bounds; 2 groups/);
    const unjudged = fitResult.fairness.map((row) => ({ ...row, verdict: 'cannot be assessed' as const }));
    expect(fairnessTitle({ ...fitResult, fairness: unjudged })).toMatch(/^No group holds enough events/);
  });
});
