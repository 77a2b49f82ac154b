import type { CurrentLandmarks, LandmarkTable } from '#main/analysis/early-warning/landmark-table.ts';
import { predictors } from '#main/analysis/early-warning/predictors.ts';
import { type EarlyWarningSpec, earlyWarningDefaults } from '#main/analysis/early-warning/spec.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';

export type MadeForce = {
  readonly people: number;
  readonly waves: number;
  readonly seed: number;
  /** Log odds by predictor, in their order; those not given are 0. */
  readonly slopes?: Readonly<Record<string, number>>;
  readonly intercept?: number;
  /** Log odds added for part-timers, which no predictor sees. */
  readonly partTimeShift?: number;
  readonly lastWaveShift?: number;
  readonly shuffled?: boolean;
  readonly units?: number;
};

export const plantedSlopes = {
  'exposures-28': 0.25,
  'exposures-29-180': 0.06,
  'last-score': 0.05,
  'psychological-365': 0.6,
  'short-gaps-28': 0.15,
} as const;

const waveDays = 210;
const firstDay = 18_000;

export function madeSpec(force: MadeForce, resamples = 40): EarlyWarningSpec {
  return {
    ...earlyWarningDefaults,
    from: null,
    asOf: '2030-01-01',
    instrument: 'CBI',
    scale: 'personal',
    cutOff: { score: 50, source: 'a test' },
    resamples,
    seed: force.seed,
    rows: false,
  };
}

function poisson(random: RandomStream, mean: number): number {
  let [count, product] = [0, random.nextUniform()];
  const limit = Math.exp(-mean);
  while (product > limit) {
    count += 1;
    product *= random.nextUniform();
  }
  return count;
}

function drawValue(random: RandomStream, code: string): number {
  const u = random.nextUniform();
  if (code === 'last-score') return Math.round(u * 48);
  if (code === 'score-change') return Math.round((u - 0.5) * 20);
  if (code === 'exposure-recency') return u;
  if (code === 'first-screening' || code === 'psychological-365') return u < 0.15 ? 1 : 0;
  return poisson(random, code === 'exposures-29-180' ? 5 : 1.2);
}

/** Landmarks of a force that was made up: independent predictors, and an outcome from the planted model. */
export function madeLandmarks(force: MadeForce): LandmarkTable {
  const { people, waves, seed, units = 12 } = force;
  const random = randomStream(seed, 'landmarks');
  const slopes: Readonly<Record<string, number>> = force.slopes ?? plantedSlopes;
  const count = people * waves;
  const values = predictors.map(() => new Float64Array(count));
  const [outcome, known] = [new Int8Array(count), new Uint8Array(count)];
  const partTime = Uint8Array.from({ length: people }, () => (random.nextUniform() < 0.25 ? 1 : 0));
  const sex = Uint8Array.from({ length: people }, () => (random.nextUniform() < 0.4 ? 1 : 0));
  const answers = Float64Array.from({ length: people }, () => random.nextUniform());
  for (let row = 0; row < count; row += 1) {
    const who = row % people;
    const wave = Math.floor(row / people);
    let logit = force.intercept ?? -4.2;
    predictors.forEach(({ code }, column) => {
      const value = drawValue(random, code);
      (values[column] as Float64Array)[row] = value;
      logit += (slopes[code] ?? 0) * value;
    });
    if (partTime[who] === 1) logit += force.partTimeShift ?? 0;
    if (wave === waves - 1) logit += force.lastWaveShift ?? 0;
    outcome[row] = random.nextUniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    known[row] = random.nextUniform() < 0.5 + (answers[who] as number) / 2 ? 1 : 0;
  }
  if (force.shuffled) {
    for (let row = count - 1; row > 0; row -= 1) {
      const other = random.nextBelow(row + 1);
      [outcome[row], outcome[other]] = [outcome[other] as number, outcome[row] as number];
    }
  }
  for (let row = 0; row < count; row += 1) if (known[row] === 0) outcome[row] = -1;
  const column = <T>(make: (row: number) => T): T[] => Array.from({ length: count }, (_, row) => make(row));
  return {
    count,
    predictors,
    values,
    pseudonyms: Array.from({ length: people }, (_, who) => `p${String(who).padStart(6, '0')}`),
    person: Uint32Array.from(column((row) => row % people)),
    day: Int32Array.from(column((row) => firstDay + Math.floor(row / people) * waveDays)),
    waves: Array.from({ length: waves }, (_, wave) => ({
      name: `wave-${wave + 1}`,
      firstDay: firstDay + wave * waveDays,
      lastDay: firstDay + wave * waveDays,
    })),
    wave: Uint16Array.from(column((row) => Math.floor(row / people))),
    units: Array.from({ length: units }, (_, unit) => `U${unit}`),
    unit: Uint16Array.from(column((row) => (row % people) % units)),
    outcome,
    caseness: outcome.slice(),
    spell: outcome.slice(),
    complete: new Uint8Array(count).fill(1),
    groups: [
      {
        name: 'sex',
        levels: ['Female', 'Male'],
        of: Uint8Array.from(column((row) => 1 - (sex[row % people] as number))),
      },
      {
        name: 'partTime',
        levels: ['full-time', 'part-time'],
        of: Uint8Array.from(column((row) => partTime[row % people] as number)),
      },
    ],
  };
}

/** The newest wave as those who are scored now. */
export function madeCurrent(table: LandmarkTable): CurrentLandmarks {
  const last = table.waves.length - 1;
  const rows = [...table.wave.keys()].filter((row) => table.wave[row] === last);
  const take = <T extends Uint32Array | Uint16Array | Int32Array | Int8Array | Uint8Array | Float64Array>(
    values: T,
  ): T => values.filter((_: number, row: number) => table.wave[row] === last) as T;
  return {
    inPost: rows.length,
    notAssessable: [],
    table: {
      ...table,
      count: rows.length,
      values: table.values.map(take),
      person: take(table.person),
      day: take(table.day),
      wave: take(table.wave),
      unit: take(table.unit),
      outcome: take(table.outcome).fill(-1),
      caseness: take(table.caseness).fill(-1),
      spell: take(table.spell).fill(-1),
      complete: take(table.complete).fill(0),
      groups: table.groups.map((group) => ({ ...group, of: take(group.of) })),
    },
  };
}
