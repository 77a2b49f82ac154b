import { describe, expect, it } from 'vitest';
import { allInstruments, instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { type InstrumentScores, scoreInstrument, scoreTotals } from '#main/analysis/instruments/score.ts';
import type { InstrumentDefinition } from '#shared/domain/instrument.ts';

const phq9 = instrumentNamed('PHQ-9')!;
const gad7 = instrumentNamed('GAD-7')!;
const pcl5 = instrumentNamed('PCL-5')!;
const itq = instrumentNamed('ITQ')!;

type Answers = readonly (number | null)[];

function scored(definition: InstrumentDefinition, answers: Answers): InstrumentScores {
  const result = scoreInstrument(definition, answers);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}

const classOf = (definition: InstrumentDefinition, answers: Answers) =>
  scored(definition, answers).classifications[0]?.value;

/** Every combination of `count` values out of `values`. */
function* combinations(values: readonly number[], count: number): Generator<number[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const rest of combinations(values, count - 1)) for (const value of values) yield [...rest, value];
}

const filled = (count: number, value: number) => Array.from({ length: count }, () => value);

describe('PHQ-9', () => {
  it('sums, bands and flags caseness', () => {
    const bandsByTotal = [
      [0, 'minimal'],
      [4, 'minimal'],
      [5, 'mild'],
      [9, 'mild'],
      [10, 'moderate'],
      [14, 'moderate'],
      [15, 'moderately severe'],
      [19, 'moderately severe'],
      [20, 'severe'],
      [27, 'severe'],
    ] as const;
    for (const [total, band] of bandsByTotal) {
      const answers = filled(9, Math.floor(total / 9)).map((value, index) => value + (index < total % 9 ? 1 : 0));
      const result = scored(phq9, answers);
      expect(result.scores).toEqual([{ scale: 'total', value: total, complete: true, prorated: false }]);
      expect(result.bands).toEqual([{ scale: 'total', name: band }]);
      expect(result.cutOffs).toEqual([{ scale: 'total', name: 'caseness', met: total >= 10 }]);
    }
  });

  it('finds the depressive syndromes as CamCOPS words them, for every pattern of answers that matters', () => {
    // Oracle: counts as in the published rule; answers 1 and 2 stand on either side of "more than half the days", and
    // item 9 counts from 1 on.
    const wrong: string[] = [];
    for (const answers of combinations([1, 2], 8)) {
      for (const ninth of [0, 1, 3]) {
        const core = answers.slice(0, 2).filter((answer) => answer >= 2).length;
        const symptoms = answers.filter((answer) => answer >= 2).length + (ninth >= 1 ? 1 : 0);
        const other = core > 0 && symptoms >= 2 ? 'other' : 'none';
        const expected = core > 0 && symptoms >= 5 ? 'major' : other;
        if (classOf(phq9, [...answers, ninth]) !== expected) wrong.push([...answers, ninth].join(''));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('leaves a syndrome open only where the missing answer could change it', () => {
    expect(classOf(phq9, [2, 2, 2, 2, 2, null, 0, 0, 0])).toBe('major');
    expect(classOf(phq9, [2, 2, 2, 2, null, 0, 0, 0, 0])).toBeNull();
    expect(classOf(phq9, [0, 0, 3, 3, 3, 3, null, 3, 3])).toBe('none');
    expect(classOf(phq9, [null, 0, 3, 3, 3, 3, 3, 3, 3])).toBeNull();
    expect(classOf(phq9, [2, 2, 2, 0, 0, null, 0, 0, 0])).toBe('other');
  });

  it('gives no total where an answer is missing, because no rule for it is published', () => {
    const result = scored(phq9, [3, 3, null, 3, 3, 3, 3, 3, 0]);
    expect(result.scores).toEqual([{ scale: 'total', value: null, complete: false, prorated: false }]);
    expect([result.bands, result.cutOffs]).toEqual([[], []]);
  });

  it.each([
    [0, 'clear'],
    [1, 'raised'],
    [3, 'raised'],
    [null, 'not seen'],
  ] as const)('item 9 answered %s is %s', (answer, safety) => {
    expect(scored(phq9, [...filled(8, 1), answer]).safety).toBe(safety);
  });

  it('raises the safety item even where the answers are refused', () => {
    const refused = (answers: Answers) => {
      const result = scoreInstrument(phq9, answers);
      return [result.ok, result.safety];
    };
    expect(refused([9, ...filled(7, 0), 2])).toEqual([false, 'raised']);
    expect(refused([...filled(8, 0), 5])).toEqual([false, 'raised']);
    expect(refused([...filled(8, 0), -1])).toEqual([false, 'not seen']);
    expect(refused([...filled(8, 0), 0.5])).toEqual([false, 'not seen']);
    expect(refused([...filled(8, 0), Number.NaN])).toEqual([false, 'not seen']);
    expect(refused([...filled(8, 0), 1, 0])).toEqual([false, 'raised']);
    expect(refused(filled(8, 0))).toEqual([false, 'not seen']);
    expect(refused(filled(9, 0).map(() => null))).toEqual([false, 'not seen']);
  });
});

describe('GAD-7', () => {
  it('uses the confirmed bands and both confirmed cut-offs', () => {
    const at = (total: number) => {
      const result = scored(
        gad7,
        filled(7, 0).map((_, index) => Math.min(3, Math.max(0, total - index * 3))),
      );
      return [result.scores[0]?.value, result.bands[0]?.name, ...result.cutOffs.map((cutOff) => cutOff.met)];
    };
    expect(at(0)).toEqual([0, 'below moderate', false, false]);
    expect(at(7)).toEqual([7, 'below moderate', false, false]);
    expect(at(8)).toEqual([8, 'below moderate', false, true]);
    expect(at(9)).toEqual([9, 'below moderate', false, true]);
    expect(at(10)).toEqual([10, 'moderate', true, true]);
    expect(at(15)).toEqual([15, 'severe', true, true]);
    expect(at(21)).toEqual([21, 'severe', true, true]);
    expect(scored(gad7, filled(7, 0)).safety).toBeNull();
  });
});

describe('PCL-5', () => {
  it('sums the clusters over their own items', () => {
    const answers = Array.from({ length: 20 }, (_, index) => index % 5);
    const sum = (from: number, to: number) => answers.slice(from - 1, to).reduce((total, value) => total + value, 0);
    expect(scored(pcl5, answers).scores.map((score) => [score.scale, score.value])).toEqual([
      ['total', sum(1, 20)],
      ['B', sum(1, 5)],
      ['C', sum(6, 7)],
      ['D', sum(8, 14)],
      ['E', sum(15, 20)],
    ]);
  });

  it('makes a provisional diagnosis for 1 B, 1 C, 2 D and 2 E symptoms, wherever in the cluster they are', () => {
    const clusters = [
      { from: 1, to: 5, needed: 1 },
      { from: 6, to: 7, needed: 1 },
      { from: 8, to: 14, needed: 2 },
      { from: 15, to: 20, needed: 2 },
    ];
    const wrong: string[] = [];
    for (const counts of combinations([0, 1, 2, 3], 4)) {
      for (const fromEnd of [false, true]) {
        const answers = filled(20, 1);
        clusters.forEach(({ from, to }, cluster) => {
          for (let symptom = 0; symptom < Math.min(counts[cluster]!, to - from + 1); symptom += 1) {
            answers[fromEnd ? to - 1 - symptom : from - 1 + symptom] = 2 + (symptom % 3);
          }
        });
        const met = clusters.every(({ needed }, cluster) => counts[cluster]! >= needed);
        if (classOf(pcl5, answers) !== (met ? 'provisional PTSD' : 'none')) wrong.push(counts.join(''));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('reports both ends of the published cut-off and not the unconfirmed one', () => {
    const cutOffs = (total: number) => {
      const result = scoreTotals(pcl5, null, total);
      return result.ok ? result.cutOffs.map((cutOff) => [cutOff.name, cutOff.met]) : [];
    };
    const both = (lower: boolean, upper: boolean) => [
      ['probable PTSD, lower limit', lower],
      ['probable PTSD, upper limit', upper],
    ];
    expect(cutOffs(30)).toEqual(both(false, false));
    expect(cutOffs(31)).toEqual(both(true, false));
    expect(cutOffs(33)).toEqual(both(true, true));
  });
});

describe('ITQ', () => {
  // Clusters by item number: re-experiencing, avoidance, threat, impairment; then the same for self-organisation.
  const clusters = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8, 9],
    [10, 11],
    [12, 13],
    [14, 15],
    [16, 17, 18],
  ];

  it('has the published truth table for every combination of clusters, by each item of a cluster', () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const met of combinations([0, 1], 8)) {
      for (const choice of [0, 1, 2]) {
        const answers = filled(18, 1);
        clusters.forEach((items, cluster) => {
          if (met[cluster] === 1) answers[items[choice % items.length]! - 1] = 2 + choice;
        });
        const ptsd = met.slice(0, 4).every((value) => value === 1);
        const disturbed = met.slice(4).every((value) => value === 1);
        const expected = ptsd ? (disturbed ? 'CPTSD' : 'PTSD') : 'none';
        seen.add(expected);
        if (classOf(itq, answers) !== expected) wrong.push(`${met.join('')} ${choice}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toEqual(new Set(['CPTSD', 'PTSD', 'none']));
  });

  it('has the truth table for every pattern of the 18 answers above and below the threshold', () => {
    // Bit k of the pattern is item k + 1; masks of the clusters as published.
    const masks = clusters.map((items) => items.reduce((mask, item) => mask | (1 << (item - 1)), 0));
    const wrong: number[] = [];
    for (let pattern = 0; pattern < 2 ** 18; pattern += 1) {
      const answers = Array.from({ length: 18 }, (_, index) => ((pattern >> index) & 1) * 2);
      const met = masks.map((mask) => (pattern & mask) !== 0);
      const ptsd = met.slice(0, 4).every(Boolean);
      const expected = ptsd ? (met.slice(4).every(Boolean) ? 'CPTSD' : 'PTSD') : 'none';
      if (classOf(itq, answers) !== expected) wrong.push(pattern);
    }
    expect(wrong).toEqual([]);
  });

  it('sums the six symptoms of each part and leaves impairment out', () => {
    const answers = [4, 3, 2, 1, 0, 4, 4, 4, 4, 1, 1, 1, 1, 1, 2, 4, 4, 4];
    expect(scored(itq, answers).scores.map((score) => score.value)).toEqual([14, 7]);
  });

  it('does not call it PTSD while a missing answer could make it complex', () => {
    const answers: (number | null)[] = filled(18, 2);
    answers[15] = null;
    expect(classOf(itq, answers)).toBe('CPTSD');
    answers[16] = 0;
    answers[17] = 0;
    expect(classOf(itq, answers)).toBeNull();
    answers[15] = 1;
    expect(classOf(itq, answers)).toBe('PTSD');
  });
});

describe('problems', () => {
  it.each(allInstruments().map((definition) => [definition.code, definition] as const))(
    '%s names each item out of range and clamps none',
    (_code, definition) => {
      const count = definition.items.length;
      for (const bad of [
        definition.itemRange.max + 1,
        definition.itemRange.min - 1,
        0.5,
        Number.NaN,
        Number.POSITIVE_INFINITY,
      ]) {
        for (let index = 0; index < count; index += 1) {
          const answers = filled(count, definition.itemRange.min).with(index, bad);
          const result = scoreInstrument(definition, answers);
          expect(result).toMatchObject({ ok: false, problems: [{ code: 'ITEM_OUT_OF_RANGE', item: index + 1 }] });
        }
      }
    },
  );

  it('lists all of them', () => {
    const result = scoreInstrument(gad7, [0, 4, 0, -2, 0, 0, null]);
    expect(result).toMatchObject({ problems: [{ item: 2 }, { item: 4 }] });
  });

  it('refuses another number of answers, and no answers at all', () => {
    expect(scoreInstrument(gad7, filled(9, 1))).toMatchObject({
      problems: [{ code: 'WRONG_ITEM_COUNT', expected: 7, given: 9 }],
    });
    expect(
      scoreInstrument(
        gad7,
        filled(7, 0).map(() => null),
      ),
    ).toMatchObject({ problems: [{ code: 'NO_ANSWERS' }] });
  });
});

describe('scoreTotals', () => {
  it('takes a total, bands it, and never says that the safety answer was clear', () => {
    for (const scale of [null, '', 'total', ' TOTAL ', 'PHQ-9']) {
      expect(scoreTotals(phq9, scale, 12)).toEqual({
        ok: true,
        scores: [{ scale: 'total', value: 12, complete: true, prorated: false }],
        classifications: [],
        bands: [{ scale: 'total', name: 'moderate' }],
        cutOffs: [{ scale: 'total', name: 'caseness', met: true }],
        safety: 'not seen',
      });
    }
  });

  it('knows the limits of each scale', () => {
    for (const bad of [-1, 28, 3.5, Number.NaN]) {
      expect(scoreTotals(phq9, null, bad)).toEqual({
        ok: false,
        problems: [{ code: 'SCORE_OUT_OF_RANGE', scale: 'total', min: 0, max: 27 }],
        safety: 'not seen',
      });
    }
    expect(scoreTotals(pcl5, 'c', 8)).toMatchObject({ ok: true, scores: [{ scale: 'C', value: 8 }] });
    expect(scoreTotals(pcl5, 'C', 9)).toMatchObject({ ok: false });
  });

  it('asks for a scale where the instrument has no main one, and refuses one that it does not have', () => {
    expect(scoreTotals(itq, null, 9)).toEqual({ ok: false, problems: [{ code: 'SCALE_NEEDED' }], safety: null });
    expect(scoreTotals(itq, 'dso', 9)).toMatchObject({ ok: true, scores: [{ scale: 'DSO', value: 9 }] });
    expect(scoreTotals(itq, 'total', 9)).toMatchObject({ problems: [{ code: 'UNKNOWN_SCALE' }] });
  });
});

describe('rules that other definitions use', () => {
  const total = gad7.scales[0]!;
  const altered: InstrumentDefinition = {
    ...gad7,
    items: gad7.items.map((item) => ({ ...item, reversed: item.item === 2 })),
    itemRange: { min: 1, max: 5, step: 1 },
    scales: [{ ...total, min: 7, max: 35, proration: { maximumMissing: 1, source: 'made for this test', mark: 'D' } }],
    bands: [
      {
        ...gad7.bands[0]!,
        bands: [
          { name: 'low', from: 7, to: 20 },
          { name: 'high', from: 21, to: 35 },
        ],
      },
    ],
  };

  it('reverses an item about the middle of its range', () => {
    expect(scored(altered, [1, 1, 1, 1, 1, 1, 1]).scores[0]?.value).toBe(11);
    expect(scored(altered, [1, 5, 1, 1, 1, 1, 1]).scores[0]?.value).toBe(7);
  });

  it('prorates by the mean of the answers given, up to the number allowed, and bands the result', () => {
    const result = scored(altered, [3, 3, 3, 3, 3, 3, null]);
    expect(result.scores).toEqual([{ scale: 'total', value: 21, complete: false, prorated: true }]);
    const between = scored(altered, [3, 4, 3, 3, 3, 3, null]);
    expect(between.scores[0]?.value).toBeCloseTo((17 * 7) / 6, 12);
    expect(between.bands).toEqual([{ scale: 'total', name: 'low' }]);
    expect(scored(altered, [3, 3, 3, 3, 3, null, null]).scores[0]?.value).toBeNull();
    expect(scoreTotals(altered, null, 19.8)).toMatchObject({ ok: true });
  });
});

describe('the other instruments', () => {
  const byCode = (code: string) => instrumentNamed(code)!;
  const valuesOf = (code: string, answers: Answers) =>
    Object.fromEntries(scored(byCode(code), answers).scores.map(({ scale, value }) => [scale, value]));

  it('CORE-10 reverses items 2 and 3, prorates one missing answer, and watches item 6', () => {
    expect(valuesOf('CORE-10', filled(10, 0))).toEqual({ total: 8 });
    expect(valuesOf('CORE-10', [4, 0, 0, 4, 4, 4, 4, 4, 4, 4])).toEqual({ total: 40 });
    expect(valuesOf('CORE-10', [null, 4, 4, 1, 1, 0, 1, 1, 1, 1])['total']).toBeCloseTo((6 * 10) / 9, 12);
    expect(valuesOf('CORE-10', [null, null, 4, 1, 1, 0, 1, 1, 1, 1])).toEqual({ total: null });
    const safety = (answer: number | null) =>
      scoreInstrument(byCode('CORE-10'), filled(10, 0).with(5, answer as number)).safety;
    expect([safety(0), safety(1), safety(4), safety(null)]).toEqual(['clear', 'raised', 'raised', 'not seen']);
    const bands = [5, 6, 10, 11, 14, 15, 19, 20, 24, 25].map((total) => {
      const result = scoreTotals(byCode('CORE-10'), null, total);
      return result.ok ? result.bands[0]?.name : null;
    });
    expect(bands).toEqual([
      'healthy',
      'low',
      'low',
      'mild',
      'mild',
      'moderate',
      'moderate',
      'moderate to severe',
      'moderate to severe',
      'severe',
    ]);
  });

  it('SWEMWBS converts every sum by the published table', () => {
    const published = [
      ...[
        7, 9.51, 11.25, 12.4, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25, 19.98, 20.73,
      ],
      ...[21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.7, 32.55, 35],
    ];
    const metric = published.map((_value, index) => {
      const answers = filled(7, 1 + Math.floor(index / 7)).map((value, item) => value + (item < index % 7 ? 1 : 0));
      const { raw, metric: value } = valuesOf('SWEMWBS', answers);
      expect(raw).toBe(7 + index);
      return value;
    });
    expect(metric).toEqual(published);
    expect(valuesOf('SWEMWBS', [1, 1, 1, 1, 1, 1, null])).toEqual({ metric: null, raw: null });
    const low = scored(byCode('SWEMWBS'), filled(7, 1));
    expect(low.cutOffs).toContainEqual({ scale: 'metric', name: 'low wellbeing', met: true });
    expect(low.cutOffs).toContainEqual({ scale: 'metric', name: 'high wellbeing', met: false });
  });

  it('GHQ-12 counts 0-0-1-1 and 0-1-2-3 side by side', () => {
    expect(valuesOf('GHQ-12', [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3])).toEqual({ bimodal: 6, likert: 18 });
  });

  it('CBI takes answers in steps of 25 and reverses the energy left for family and friends', () => {
    const answers = [...filled(6, 50), 100, 100, 100, 100, 100, 100, 100, ...filled(6, 25)];
    expect(valuesOf('CBI', answers)).toEqual({ personal: 50, work: 600 / 7, client: 25 });
    expect(scoreInstrument(byCode('CBI'), answers.with(0, 30))).toMatchObject({ ok: false, problems: [{ item: 1 }] });
  });

  it('OLBI, ProQOL, PSS-10 and BRS reverse the items that their sources name', () => {
    expect(valuesOf('OLBI', filled(16, 1))).toEqual({ exhaustion: (4 * 4 + 4) / 8, disengagement: (4 * 4 + 4) / 8 });
    expect(valuesOf('ProQOL-5', filled(30, 1))).toEqual({
      burnout: 5 * 5 + 5,
      'secondary traumatic stress': 10,
      'compassion satisfaction': 10,
    });
    expect(valuesOf('PSS-10', filled(10, 0))).toEqual({ total: 16 });
    expect(valuesOf('BRS', filled(6, 1))).toEqual({ mean: 3 });
  });

  it('ONS4 keeps its four questions apart', () => {
    expect(valuesOf('ONS4', [7, 8, 9, 2])).toEqual({ 'life satisfaction': 7, worthwhile: 8, happiness: 9, anxiety: 2 });
    expect(scoreTotals(byCode('ONS4'), null, 7)).toMatchObject({ ok: false, problems: [{ code: 'SCALE_NEEDED' }] });
  });

  it('AUDIT-C and ISI band their totals', () => {
    const band = (code: string, total: number) => {
      const result = scoreTotals(byCode(code), null, total);
      return result.ok ? result.bands[0]?.name : null;
    };
    expect([0, 1, 4, 5, 7, 8, 10, 11].map((total) => band('AUDIT-C', total))).toEqual([
      'none',
      'low',
      'low',
      'increasing',
      'increasing',
      'higher',
      'higher',
      'possible dependence',
    ]);
    expect([7, 8, 14, 15, 21, 22].map((total) => band('ISI', total))).toEqual([
      'none',
      'subthreshold',
      'subthreshold',
      'moderate',
      'moderate',
      'severe',
    ]);
  });

  it('a mean or a converted score may be given as a fraction, a sum may not', () => {
    expect(scoreTotals(byCode('BRS'), null, 3.17)).toMatchObject({ ok: true });
    expect(scoreTotals(byCode('SWEMWBS'), 'metric', 21.54)).toMatchObject({ ok: true });
    expect(scoreTotals(byCode('WEMWBS'), null, 40.5)).toMatchObject({ ok: false });
  });

  it('ships wording only where the licence lets it be embedded', () => {
    const worded = allInstruments().filter((definition) => definition.items.some((item) => item.text !== null));
    expect(worded.every((definition) => definition.licence.use === 'embed')).toBe(true);
    expect(worded.map((definition) => definition.code).sort()).toEqual(['CORE-10', 'GAD-7', 'ONS4', 'PCL-5', 'PHQ-9']);
  });
});
