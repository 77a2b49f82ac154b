import { describe, expect, it } from 'vitest';
import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { earlyWarning } from '#main/analysis/early-warning/early-warning.ts';
import { landmarksWhere } from '#main/analysis/early-warning/model/fit-model.ts';
import { rulesBaseline } from '#main/analysis/early-warning/model/rules-baseline.ts';
import { stabilityIndex } from '#main/analysis/early-warning/model/stability-index.ts';
import { learntBy, temporalFolds } from '#main/analysis/early-warning/model/temporal.ts';
import { levelsToShow } from '#main/workers/early-warning/disclosed-result.ts';
import { type MadeForce, madeCurrent, madeLandmarks, madeSpec, plantedSlopes } from './made-landmarks.ts';

const force: MadeForce = { people: 1_500, waves: 6, seed: 11 };

function run(made: MadeForce, rows = false) {
  const table = madeLandmarks(made);
  const spec = { ...madeSpec(made), rows };
  return earlyWarning({ table, current: madeCurrent(table), spec, definition: caseDefinition(spec), levelsToShow });
}

describe('an early warning of a force with planted risk', () => {
  const { result, model } = run(force, true);

  it('finds the planted coefficients before shrinkage, and 0 for the others', () => {
    const missed = result.model!.terms.filter(({ code, unpenalised }) => {
      const planted = (plantedSlopes as Readonly<Record<string, number>>)[code] ?? 0;
      return planted < unpenalised!.low! || planted > unpenalised!.high!;
    });
    // Of twelve 95% intervals one misses by chance more often than not in two runs.
    expect(missed.length).toBeLessThanOrEqual(2);
    expect(model!.coefficients).toHaveLength(12);
  });

  it('is fit for use, raises about as many signals as the clinic can follow up, and gives each its reasons', () => {
    expect(result.gate).toMatchObject({ fit: true });
    expect(result.gate.checks.every(({ passed }) => passed === true)).toBe(true);
    expect(result.signals).toBeGreaterThan(0);
    expect(result.rows).toHaveLength(result.signals!);
    for (const { chance, contributions } of result.rows!) {
      expect(chance).toMatch(/^about \d+ in \d+$|^nearly certain$/);
      expect(contributions.length).toBeGreaterThan(0);
    }
  });

  it('loses little to optimism, and says what each capacity means', () => {
    expect(Math.abs(result.validation.optimism!.auc)).toBeLessThan(0.02);
    const missed = result.capacity.rows.map(({ missedCases }) => missedCases);
    expect(missed).toEqual([...missed].sort((a, b) => b! - a!));
  });

  it('shows precision along the whole of recall, without points that rest on few', () => {
    const recall = result.precisionRecall.map((point) => point.recall);
    expect(recall.length).toBeGreaterThan(20);
    expect(Math.min(...recall)).toBeLessThan(0.2);
    expect(Math.max(...recall)).toBeGreaterThan(0.9);
    const { events } = result.validation.temporal!;
    const few = recall.map((share) => Math.round(share * events!)).filter((cases) => cases > 0 && cases < 10);
    expect(few).toEqual([]);
  });

  it('gives the same bytes again', () => {
    expect(JSON.stringify(run(force, true).result)).toBe(JSON.stringify(result));
  });
});

describe('training and testing', () => {
  const table = madeLandmarks(force);
  const spec = madeSpec(force);

  it('keeps the horizon and the spell between every training landmark and the first one tested', () => {
    for (const { wave } of temporalFolds(table, spec, rulesBaseline(table, caseDefinition(spec)))) {
      const first = Math.min(...landmarksWhere(table, (row) => table.wave[row] === wave).map((row) => table.day[row]!));
      for (const row of learntBy(table, spec, first)) expect(table.day[row]! + 208).toBeLessThanOrEqual(first);
    }
  });

  it('changes no prediction of a wave by what came after it', () => {
    const folds = temporalFolds(table, spec, rulesBaseline(table, caseDefinition(spec)));
    const turned = {
      ...table,
      outcome: table.outcome.map((value, row) => (value < 0 || table.wave[row]! < 5 ? value : 1 - value)),
    };
    const again = temporalFolds(turned, spec, rulesBaseline(turned, caseDefinition(spec)));
    expect(again.map(({ predictions }) => predictions.logits)).toEqual(
      folds.map(({ predictions }) => predictions.logits),
    );
  });
});

describe('leaving a unit out', () => {
  it('lets no outcome of the unit into the model that tests it', () => {
    const table = madeLandmarks(force);
    const turned = {
      ...table,
      outcome: table.outcome.map((value, row) => (value < 0 || table.unit[row] !== 0 ? value : 1 - value)),
    };
    const aucOf = (of: typeof table) => {
      const spec = madeSpec(force);
      const { result } = earlyWarning({
        table: of,
        current: madeCurrent(of),
        spec,
        definition: caseDefinition(spec),
        levelsToShow,
      });
      return result.validation.leaveOneUnitOut.units.find(({ unit }) => unit === 'U0')!.auc!.estimate;
    };
    // The predictions stay as they were; what they are held against is turned round.
    expect(aucOf(turned)).toBeCloseTo(1 - aucOf(table), 3);
  });
});

describe('an early warning that must not be used', () => {
  it('says so where the outcome is shuffled, with an area of about a half and no signals', () => {
    const { result } = run({ ...force, shuffled: true }, true);
    expect(result.validation.temporal!.auc!.estimate).toBeGreaterThan(0.45);
    expect(result.validation.temporal!.auc!.estimate).toBeLessThan(0.55);
    expect(result.gate.fit).toBe(false);
    expect(result.signals).toBe(0);
    expect(result.rows).toBeUndefined();
  });

  it('is blocked by a group that it foretells too few cases of', () => {
    const { result } = run({ ...force, partTimeShift: 1.2 });
    const row = result.fairness.find(({ level }) => level === 'part-time')!;
    expect(row.verdict).toBe('blocks');
    expect(row.observedExpected!.estimate).toBeGreaterThan(1.25);
    expect(result.gate.checks.find(({ code }) => code === 'fairness')!.passed).toBe(false);
    expect(result.signals).toBe(0);
  });

  it.each([0, 1, 30])('says that too little is known of %i people', (people) => {
    const { result } = run({ people, waves: people === 0 ? 0 : 3, seed: 3 });
    expect(result.gate.fit).toBe(false);
    expect(result.signals).toBe(0);
    expect(result.gate.words).not.toBe('');
  });

  it('does not fall over where there is one unit, one wave or one outcome', () => {
    for (const made of [
      { ...force, units: 1 },
      { ...force, waves: 1 },
      { ...force, intercept: -60, slopes: {} },
      { ...force, intercept: 60, slopes: {} },
    ]) {
      const { result } = run(made);
      expect(result.gate.checks.length).toBeGreaterThan(0);
      if (made.units === 1) expect(result.validation.leaveOneUnitOut.overall).toBeNull();
      else expect(result.gate.fit).toBe(false);
    }
  });
});

describe('drift', () => {
  it('is caught at the wave it was planted in, and at no other', () => {
    const { result } = run({ ...force, people: 2_500, lastWaveShift: 0.8 });
    expect(result.drift.map(({ wave, drifted }) => [wave, drifted])).toEqual(
      result.drift.map(({ wave }) => [wave, wave === 'wave-6']),
    );
    expect(result.drift.length).toBeGreaterThan(2);
  });

  it('names the predictor that was moved, first and in words, and no other as shifted', () => {
    const table = madeLandmarks(force);
    const moved = table.predictors.findIndex(({ code }) => code === 'overtime-hours-28');
    const last = table.waves.length - 1;
    const values = table.values.map((column, at) =>
      at === moved ? column.map((value, row) => (table.wave[row] === last ? value * 1.5 + 4 : value)) : column,
    );
    const spec = madeSpec(force);
    const changed = { ...table, values };
    const { drift } = earlyWarning({
      table: changed,
      current: madeCurrent(changed),
      spec,
      definition: caseDefinition(spec),
      levelsToShow,
    }).result;
    const { predictors, words } = drift.at(-1)!;
    expect(predictors).toHaveLength(12);
    expect(predictors[0]).toMatchObject({ code: 'overtime-hours-28', words: 'overtime in the last 28 days' });
    expect(predictors.map(({ stability }) => stability)).toEqual(
      predictors.map(({ stability }) => stability).sort((a, b) => b - a),
    );
    expect(predictors.filter(({ stability }) => stability >= 0.25)).toHaveLength(1);
    expect(words).toMatch(/Most changed since training: overtime in the last 28 days \(\d+\.\d\d\)/);
    for (const { predictors: before } of drift.slice(0, -1)) {
      expect(before.every(({ stability }) => stability < 0.1)).toBe(true);
    }
  });

  it('is the index worked out by hand, of values as of tenths', () => {
    const half = Float64Array.from({ length: 200 }, (_, at) => (at < 100 ? 0 : 1));
    const now = Array.from({ length: 100 }, (_, at) => (at < 80 ? 0 : 1));
    const [then, here] = [100.5 / 201, 80.5 / 101];
    const expected = (here - then) * Math.log(here / then) + (then - here) * Math.log((1 - here) / (1 - then));
    expect(stabilityIndex(half, now)).toBeCloseTo(expected, 12);
    // Mostly the higher of two values, and then the lower: tenths alone would see nothing.
    const ones = Float64Array.from({ length: 200 }, (_, at) => (at < 5 ? 0 : 1));
    expect(stabilityIndex(ones, now)).toBeGreaterThan(1);
    // Of one value only, as “first screening on file” of the first wave.
    for (const value of [0, 1]) {
      const same = new Float64Array(200).fill(value);
      expect(stabilityIndex(same, [...same])).toBeCloseTo(0, 12);
      expect(stabilityIndex(same, new Array(100).fill(value - 1))).toBeGreaterThan(1);
      expect(stabilityIndex(same, new Array(100).fill(value + 1))).toBeGreaterThan(1);
    }
    const ramp = Float64Array.from({ length: 1_000 }, (_, at) => at);
    expect(stabilityIndex(ramp, [...ramp])).toBeCloseTo(0, 12);
    // Many of one value: the tenths that fall together are one.
    const tied = Float64Array.from({ length: 1_000 }, (_, at) => Math.max(0, at - 700));
    expect(stabilityIndex(tied, [...tied.filter((_, at) => at % 20 === 0)])).toBeLessThan(0.01);
  });
});
