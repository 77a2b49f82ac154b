import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allInstruments, instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { definitionFaults, type InstrumentDefinition, instrumentSchema } from '#shared/domain/instrument.ts';

const folder = new URL('../../../../resources/instruments/', import.meta.url);
const phq9 = instrumentNamed('PHQ-9')!;

describe('definition files', () => {
  it('are all read, valid and sound', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const codes = files.map(
      (name) => instrumentSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))).code,
    );
    expect(codes.sort()).toEqual(
      allInstruments()
        .map((definition) => definition.code)
        .sort(),
    );
    expect(allInstruments().flatMap(definitionFaults)).toEqual([]);
  });

  it.each([
    ['PHQ-9', 9, 3, ['total 0-27']],
    ['GAD-7', 7, 3, ['total 0-21']],
    ['PCL-5', 20, 4, ['total 0-80', 'B 0-20', 'C 0-8', 'D 0-28', 'E 0-24']],
    ['ITQ', 18, 4, ['PTSD 0-24', 'DSO 0-24']],
  ] as const)('%s has the published items and scales', (code, items, highest, scales) => {
    const definition = instrumentNamed(code)!;
    expect(definition.items).toHaveLength(items);
    expect(definition.itemRange).toEqual({ min: 0, max: highest, step: 1 });
    expect(definition.scales.map((scale) => `${scale.scale} ${scale.min}-${scale.max}`)).toEqual(scales);
    expect(definition.responses.map((response) => response.value)).toEqual([...Array(highest + 1).keys()]);
  });

  it('switch off and label everything unconfirmed', () => {
    const figures = allInstruments().flatMap((definition) => [
      ...definition.bands,
      ...definition.cutOffs,
      ...definition.norms,
      ...definition.reliableChange,
    ]);
    const unconfirmed = figures.filter((figure) => figure.mark === 'UM');
    expect(unconfirmed.length).toBeGreaterThan(0);
    expect(unconfirmed.every((figure) => !figure.enabled && /confirm/.test(figure.source))).toBe(true);
  });

  it('give a safety item to PHQ-9 and CORE-10 alone', () => {
    const safety = allInstruments().filter((definition) => definition.safetyItem !== null);
    expect(safety.map((definition) => [definition.code, definition.safetyItem])).toEqual([
      ['PHQ-9', { item: 9, raisedAt: 1 }],
      ['CORE-10', { item: 6, raisedAt: 1 }],
    ]);
  });

  it('carry the reliable change of the source', () => {
    const changes = allInstruments().flatMap((definition) =>
      definition.reliableChange
        .filter((change) => change.enabled)
        .map((change) => [definition.code, change.points, change.recoveryBelow]),
    );
    expect(changes).toEqual([
      ['PHQ-9', 6, 10],
      ['GAD-7', 4, 8],
      ['PCL-5', 5, null],
      ['PCL-5', 10, null],
      ['CORE-10', 6, 11],
      ['WEMWBS', 3, null],
      ['ISI', 8.4, 8],
      ['ISI', 6, 8],
    ]);
  });
});

describe('instrumentNamed', () => {
  it.each(['PHQ-9', 'phq9', 'PHQ 9', ' Phq_9 ', 'phq–9'])('knows %j', (name) => {
    expect(instrumentNamed(name)?.code).toBe('PHQ-9');
  });

  it.each(['', 'PHQ', 'PHQ-8', 'GHQ-28'])('does not know %j', (name) => {
    expect(instrumentNamed(name)).toBeNull();
  });
});

describe('definitionFaults', () => {
  const broken = (change: Partial<InstrumentDefinition>) => definitionFaults({ ...phq9, ...change });
  const total = phq9.scales[0]!;
  const bands = phq9.bands[0]!;
  const cutOff = phq9.cutOffs[0]!;
  const syndrome = phq9.classifications[0]!;

  it.each([
    ['items out of order', { items: phq9.items.toReversed() }],
    ['a scale with an item that is not there', { scales: [{ ...total, items: [...total.items.slice(1), 10] }] }],
    ['a scale that counts an item twice', { scales: [{ ...total, items: [1, 1, 2, 3, 4, 5, 6, 7, 8] }] }],
    ['a scale with a wrong highest score', { scales: [{ ...total, max: 28 }] }],
    ['bands with a gap', { bands: [{ ...bands, bands: bands.bands.filter((band) => band.name !== 'mild') }] }],
    ['bands that stop short', { bands: [{ ...bands, bands: bands.bands.slice(0, -1) }] }],
    ['a cut-off of no scale', { cutOffs: [{ ...cutOff, scale: 'nothing' }] }],
    ['an unconfirmed cut-off that is on', { cutOffs: [{ ...cutOff, mark: 'UM' as const }] }],
    ['a cut-off with two limits', { cutOffs: [{ ...cutOff, atMost: 3 }] }],
    ['a cut-off without a limit', { cutOffs: [{ ...cutOff, atLeast: null }] }],
    ['a scale that values not every answer', { scales: [{ ...total, answers: [0, 1, 1] }] }],
    [
      'a conversion that leaves sums out',
      { scales: [{ ...total, conversion: { from: 0, values: [0, 27], source: 'test', mark: 'D' as const } }] },
    ],
    ['a main scale that is not there', { mainScale: 'nothing' }],
    ['a safety item that is not there', { safetyItem: { item: 10, raisedAt: 1 } }],
    [
      'a classification without an outcome for the rest',
      { classifications: [{ ...syndrome, outcomes: syndrome.outcomes.slice(0, 2) }] },
    ],
  ])('finds %s', (_what, change) => {
    expect(broken(change)).not.toEqual([]);
  });
});
