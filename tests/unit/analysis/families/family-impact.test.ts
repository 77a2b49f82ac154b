import { describe, expect, it } from 'vitest';
import type { FamilyRow } from '#main/analysis/families/family-answers.ts';
import { familyImpactScript } from '#main/analysis/families/r-script.ts';
import { familyWarnings, readFamilyImpact } from '#main/analysis/families/reading.ts';
import { parseFamilyImpactSpec } from '#main/analysis/families/spec.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { answer, type DrawnFamilies, familiesFrom, familyImpactOf, surveyDay } from '#tests/fixtures/family-answers.ts';

const approved = { id: 'count-v1', status: 'approved' } as Scheme;

function resultOf(drawn: DrawnFamilies, spec: Readonly<Record<string, unknown>> = {}): FamilyImpactResult {
  const found = familyImpactOf(drawn, spec);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.result;
}

/** Every number of a result with its place. */
function numbersIn(value: unknown, place = ''): [string, number][] {
  if (typeof value === 'number') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${place}.${key}`));
}

const isCount = /\.(?:count|n|couples|complete|officers|units|households)$/;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function changed(drawn: DrawnFamilies, change: (row: FamilyRow) => FamilyRow): DrawnFamilies {
  return { ...drawn, rows: drawn.rows.map(change) };
}

describe('couples that are enough', () => {
  it('29 are two samples, 30 come with a warning, 99 too, and 100 without', () => {
    for (const [couples, refused, warned] of [
      [29, true, false],
      [30, false, true],
      [99, false, true],
      [100, false, false],
    ] as const) {
      const result = resultOf(familiesFrom(3, couples));
      expect(result.crossover.refused !== null, `${couples}`).toBe(refused);
      expect(result.mediation.refused !== null, `${couples}`).toBe(refused);
      expect(result.spillover.refused, `${couples}`).toBeNull();
      expect(result.linkage).toBe(refused ? 'unlinked' : 'linked');
      const warnings = familyWarnings(result, approved).filter((text) => text.includes('fewer than 100'));
      expect(warnings.length > 0, `${couples}`).toBe(warned);
    }
    expect(resultOf(familiesFrom(3, 29)).unlinkedBecause).toBe(
      '29 couples are complete, and 30 are needed to take them together: officers and partners are two samples here, and nothing is said of couples.',
    );
  });

  it('says of two samples what can be said of them, and that households were not taken together', () => {
    const result = resultOf(familiesFrom(4, 60), { households: 'unlinked' });
    expect(result.differences.map(({ kind }) => kind)).toEqual(['between samples', 'between samples']);
    expect(readFamilyImpact(result).join('\n')).toContain('asked for as two samples');
    expect(result.crossover.refused).toBe(result.unlinkedBecause);
  });

  it('counts a mediation’s own complete couples', () => {
    const drawn = familiesFrom(5, 40);
    const rows = drawn.rows.filter(({ instrument, household }) => instrument !== 'WFC-FWC' || household < 'H0029');
    const result = resultOf({ ...drawn, rows });
    expect(result.crossover.refused).toBeNull();
    expect(result.mediation.refused).toBe(
      'Mediation was not computed: 29 couples are complete for it, and it needs 30.',
    );
  });
});

describe('whose answers count', () => {
  const drawn = familiesFrom(6, 160);
  const whole = resultOf(drawn);

  it('a household that withdraws, in another wave too, leaves every figure it was in', () => {
    const later = [
      ...drawn.rows,
      { ...answer(0, 'partner', 'GHQ-12', { likert: 9 }), wave: '0', withdrawnOn: surveyDay },
    ];
    const twelve = changed({ ...drawn, rows: later }, (row) =>
      row.household < 'H0012' ? { ...row, withdrawnOn: surveyDay + 30 } : row,
    );
    const without = resultOf({ ...drawn, rows: drawn.rows.filter(({ household }) => household >= 'H0012') });
    const withdrawn = resultOf(twelve, { wave: '1' });
    for (const part of ['scores', 'differences', 'spillover', 'crossover', 'mediation', 'children'] as const) {
      expect(withdrawn[part], part).toEqual(without[part]);
    }
    const before = new Map(numbersIn(whole));
    // Degrees of freedom, seed, resamples and units are of no household; the first two steps of the flow are before anybody withdraws.
    const own = numbersIn(withdrawn).filter(
      ([place]) => !/\.(?:df|seed|samples|units)$/.test(place) && !/^\.flow\.[01]\./.test(place),
    );
    const same = own.filter(([place, value]) => before.get(place) === value);
    expect(same).toEqual([]);
    expect(own.length).toBeGreaterThan(100);
    expect(withdrawn.flow.map(({ count }) => count)).toEqual([160, 160, 148, 148, 148, 148]);
  });

  const isPartnerBefore = (row: FamilyRow, last: string) => row.household < last && row.member === 'partner';

  it('a member who withdraws leaves, and the other stays for what needs one alone', () => {
    const some = changed(drawn, (row) =>
      isPartnerBefore(row, 'H0012') ? { ...row, withdrawnOn: surveyDay - 5 } : row,
    );
    const without = { ...drawn, rows: drawn.rows.filter((row) => !isPartnerBefore(row, 'H0012')) };
    expect(resultOf(some).crossover).toEqual(resultOf(without).crossover);
    expect(resultOf(some).spillover).toMatchObject({ diagram: (whole.spillover as { diagram: unknown }).diagram });
  });

  it('an answer before its consent is in no figure', () => {
    const late = changed(drawn, (row) => (row.household < 'H0020' ? { ...row, consentedOn: surveyDay + 1 } : row));
    const without = { ...drawn, rows: drawn.rows.filter(({ household }) => household >= 'H0020') };
    expect(resultOf(late).crossover).toEqual(resultOf(without).crossover);
  });

  it('a couple who both serve and answered under two households is one couple', () => {
    const twins = drawn.rows
      .filter(({ household }) => household < 'H0012')
      .map((row) => ({ ...row, partnerPerson: Number(row.household.slice(1)) + 1_000 }));
    const mirrored = twins.map((row) => ({
      ...row,
      household: `Z${row.household}`,
      member: row.member === 'officer' ? ('partner' as const) : ('officer' as const),
      person: row.partnerPerson,
      partnerPerson: row.person,
    }));
    const rows = [...twins, ...drawn.rows.filter(({ household }) => household >= 'H0012')];
    const result = resultOf({ ...drawn, rows: [...rows, ...mirrored] });
    expect(result.crossover).toEqual(whole.crossover);
    expect(result.flow.map(({ count }) => count)).toEqual([172, 172, 172, 160, 160, 160]);
  });

  it('takes the wave with the most complete couples, the later of two alike', () => {
    const again = drawn.rows.map((row) => ({ ...row, wave: '2', takenOn: row.takenOn + 1 }));
    const both = { ...drawn, rows: [...drawn.rows, ...again] };
    expect(resultOf(both)).toMatchObject({ wave: '2', waveWasChosen: true });
    expect(resultOf(both, { wave: '1' })).toMatchObject({ wave: '1', waveWasChosen: false });
    const fewer = { ...drawn, rows: [...drawn.rows, ...again.filter(({ household }) => household > 'H0010')] };
    expect(resultOf(fewer).wave).toBe('1');
    const unknown = familyImpactOf(both, { wave: '9' });
    expect(unknown.ok ? '' : unknown.error.hint).toContain('The waves are: 1, 2.');
  });
});

describe('what a result may give away', () => {
  it('no figure rests on a number that may not be told: one partner fewer is one officer fewer too', () => {
    const drawn = familiesFrom(6, 160);
    const whole = resultOf(drawn);
    const oneLess = {
      ...drawn,
      rows: drawn.rows.filter((row) => row.household !== 'H0001' || row.member === 'officer'),
    };
    const result = resultOf(oneLess);
    expect(result.crossover).toMatchObject({ couples: 159, complete: 159 });
    expect(result.spillover).toMatchObject({ officers: 159 });
    expect(result.spillover).not.toMatchObject({ diagram: (whole.spillover as { diagram: unknown }).diagram });
    expect(result.scores.map(({ n }) => n)).toEqual([159, 159, 159, 159, 159]);
    expect(result.differences.map(({ n }) => n)).toEqual([159, 159]);
  });

  it('nothing is told of a few more than of another figure where no number between may be told', () => {
    const drawn = familiesFrom(6, 160);
    const lone = drawn.rows.filter(({ member }) => member === 'officer');
    const rows = lone.filter(({ instrument, household }) => household < (instrument === 'GHQ-12' ? 'H0015' : 'H0012'));
    const [distress, conflict] = resultOf({ ...drawn, rows }).scores;
    expect(distress).toMatchObject({ n: 15, withheld: null });
    expect(conflict).toMatchObject({
      n: null,
      mean: null,
      sd: null,
      reliability: null,
      withheld: 'withheld: fewer than 10 apart from another count',
    });
  });

  it('no count lies under 10, and no two counts differ by less, whatever is missing', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const drawn = familiesFrom(seed, 12 + 5 * (seed % 13));
      const kept = drawn.rows.filter((_row, at) => (at * 7 + seed) % 11 > seed % 4);
      const odd = changed({ ...drawn, rows: kept }, (row) => ({
        ...row,
        withdrawnOn: Number(row.household.slice(1)) % 17 === seed % 17 ? surveyDay : null,
      }));
      const result = resultOf(odd);
      const counts = numbersIn({ ...result, waves: [] }).flatMap(([place, value]) =>
        isCount.test(place) && !place.endsWith('units') ? [value] : [],
      );
      for (const one of counts) {
        for (const other of [0, ...counts]) {
          expect(one === other || Math.abs(one - other) >= 10, `${seed}: ${one} and ${other}`).toBe(true);
        }
      }
      const words =
        readFamilyImpact(result)
          .join(' ')
          .match(/\d+ (?:couples|households)/g) ?? [];
      for (const told of words) expect([10, 30, ...counts]).toContain(Number.parseInt(told, 10));
      for (const { withheld, mean } of result.scores) expect(withheld === null).toBe(mean !== null);
    }
  });

  it('no mean, difference or spillover from fewer than ten people', () => {
    const result = resultOf(familiesFrom(9, 9));
    expect(numbersIn({ ...result, measures: null })).toEqual([]);
    expect(result.scores.every(({ withheld }) => withheld === 'withheld: fewer than 10')).toBe(true);
  });

  it('rows of single people are refused, with the reason', () => {
    const asked = parseFamilyImpactSpec({ rows: true });
    expect(asked.ok ? '' : asked.error.message).toContain('lists no single person');
  });
});

describe('how it is worded', () => {
  it('claims no cause anywhere, and says that it is association', () => {
    const found = familyImpactOf(familiesFrom(7, 150));
    if (!found.ok) throw new Error('refused');
    const { result } = found.value;
    const texts = [
      ...textsIn(result),
      ...readFamilyImpact(result),
      ...familyWarnings(result, approved),
      familyImpactScript(found.value, {} as never),
    ].join('\n');
    expect(texts).not.toMatch(
      /\bcaus(?:e|es|ed|ing|al)\b|leads? to|led to|effects? of|results? in|because of|impact of/i,
    );
    expect(texts).toContain('as an association');
  });

  it('gives k only where the own distress is told from nothing', () => {
    const drawn = familiesFrom(8, 150);
    const shuffled = changed(drawn, (row) =>
      row.instrument === 'RAS' && row.member === 'officer'
        ? { ...row, scores: { mean: 1 + ((Number(row.household.slice(1)) * 7_919) % 41) / 10 } }
        : row,
    );
    const { crossover } = resultOf(shuffled);
    if (crossover.refused !== null) throw new Error(crossover.refused);
    expect(crossover.k[0]).toMatchObject({ member: 'officer', estimate: null, low: null });
    expect(crossover.k[0]?.withheld).toContain('not distinguishable from nothing');
    expect(crossover.k[1]?.estimate).not.toBeNull();
  });

  it('refuses unknown keys and measures, naming them', () => {
    for (const [spec, word] of [
      [{ colour: 'red' }, 'colour'],
      [{ distress: { instrument: 'XYZ' } }, 'XYZ'],
      [{ distress: { instrument: 'GHQ-12' } }, 'needs a scale'],
      [{ outcome: { instrument: 'GHQ-12', scale: 'likert' } }, 'second time'],
    ] as const) {
      const parsed = parseFamilyImpactSpec(spec);
      expect(parsed.ok ? '' : parsed.error.message).toContain(word);
    }
  });
});
