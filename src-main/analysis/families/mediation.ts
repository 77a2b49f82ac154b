import { summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { mediation } from '#main/stats/procedures/mediation/mediation.ts';
import type { TermResult } from '#main/stats/procedures/term.ts';
import type {
  FamilyArrow,
  FamilyImpactResult,
  FamilyIndirect,
  FamilyMediation,
  FamilyRefused,
} from '#shared/domain/family-impact.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';
import { arrowSentence, indirectSentence, named } from './arrow-words.ts';
import { fewCouples, leastCouples, type ShowCount, toldRows } from './counts.ts';
import { tooFewCouples } from './crossover.ts';
import type { FamilyValues } from './officer-exposure.ts';
import { conflictNode, distressNode, exposureNode } from './spillover.ts';

type Measures = FamilyImpactResult['measures'];
type Numbers = { readonly estimate: number; readonly low: number | null; readonly high: number | null };
type Serial = {
  readonly paths: readonly (TermResult & { readonly from: string; readonly to: string })[];
  readonly indirect: Numbers;
  readonly specific: readonly (Numbers & { readonly through: readonly string[] })[];
  readonly total: Numbers & { readonly low: number; readonly high: number; readonly p: number };
};

export type MediationInput = {
  readonly values: readonly FamilyValues[];
  readonly measures: Measures;
  readonly windowDays: number;
  readonly samples: number;
  readonly seed: number;
  readonly show: ShowCount;
};

/** The result with the moments that the script for R starts from, in the order of the way, divisor n − 1. */
export type MediationFound = {
  readonly told: FamilyMediation;
  readonly moments: { readonly covariance: readonly (readonly number[])[] };
};

const stations = ['exposure', 'officerDistress', 'conflict', 'partnerDistress'] as const;
type Station = (typeof stations)[number];
export type SerialColumns = Readonly<Record<Station, readonly number[]>>;

const ids: Readonly<Record<Station, string>> = {
  exposure: 'officer-exposure',
  officerDistress: 'officer-distress',
  conflict: 'officer-conflict',
  partnerDistress: 'partner-distress',
};
const short: Readonly<Record<Station, string>> = {
  exposure: 'exposure',
  officerDistress: 'officer’s distress',
  conflict: 'work–family conflict',
  partnerDistress: 'partner’s distress',
};

/**
 * Exposure, the officer's distress, work–family conflict and the partner's distress in one row, with percentile intervals from resampled
 * couples. Refused, not thrown, under 30 complete ones.
 */
export function mediationOf(input: MediationInput): MediationFound | FamilyRefused {
  const { values, measures, windowDays, samples, seed, show } = input;
  const complete = values.filter((row) => !stations.some((station) => Number.isNaN(row[station])));
  const rows = toldRows(complete, show) ?? [];
  if (rows.length < leastCouples) return tooFewCouples('Mediation', rows.length);
  const columns = Object.fromEntries(
    stations.map((station) => [station, rows.map((row) => row[station])]),
  ) as unknown as SerialColumns;
  try {
    const found = fitSerial(columns, { samples, seed });
    const spread = (station: Station): number => summarise(Float64Array.from(columns[station])).sd;
    return {
      told: {
        refused: null,
        complete: rows.length,
        fewCouples: rows.length < fewCouples,
        diagram: {
          nodes: [
            exposureNode(windowDays),
            distressNode('officer', measures),
            conflictNode(measures),
            distressNode('partner', measures),
          ],
          arrows: arrowsOf(found, measures, windowDays, spread),
        },
        indirect: indirectOf(found, spread('exposure') / spread('partnerDistress')),
        total: { estimate: found.total.estimate, low: found.total.low, high: found.total.high, p: found.total.p },
        samples,
        seed,
      },
      moments: { covariance: covarianceOf(columns) },
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { refused: 'Mediation was not computed: the answers of these couples do not vary enough to tell.' };
  }
}

/** The model itself, on one row a couple. @throws ExpectedError REFUSED_MODEL */
export function fitSerial(
  columns: SerialColumns,
  resampling: { readonly samples: number; readonly seed: number },
): Serial {
  const table = tableOf(
    columns.exposure.length,
    stations.map((station) => numbers(station, columns[station])),
  );
  const spec = {
    x: 'exposure',
    m: ['officerDistress', 'conflict'],
    y: 'partnerDistress',
    structure: 'serial',
    ...resampling,
  };
  return runOn(mediation, spec, table, 'couples.csv') as unknown as Serial;
}

function arrowsOf(
  { paths }: Serial,
  measures: Measures,
  windowDays: number,
  spread: (station: Station) => number,
): FamilyArrow[] {
  const words: Readonly<Record<Station, string>> = {
    exposure: `the officer’s exposure in the ${windowDays} days before`,
    officerDistress: named('officer', 'distress', measures.distress),
    conflict: named('officer', 'work–family conflict', measures.conflict),
    partnerDistress: named('partner', 'distress', measures.distress),
  };
  return paths.slice(0, -1).map((path) => {
    const [from, to] = [path.from as Station, path.to as Station];
    const { estimate, low, high, p } = path;
    if (estimate === null || low === null || high === null || p === null) {
      throw new ExpectedError('REFUSED_MODEL', 'A path has no estimate.', 'Nothing was computed.');
    }
    const scale = spread(from) / spread(to);
    return {
      id: `${ids[from]}-${ids[to]}`,
      from: ids[from],
      to: ids[to],
      kind: path.term === "c'" ? 'direct' : 'path',
      estimate,
      low,
      high,
      p,
      standardised: Number.isFinite(scale) ? estimate * scale : null,
      sentence: arrowSentence(words[from], words[to], { estimate, low, high }, heldEqual(from, to)),
    };
  });
}

/** What else the regression of a station holds equal: the stations before it. */
function heldEqual(from: Station, to: Station): string {
  const others = stations.slice(0, stations.indexOf(to)).filter((station) => station !== from);
  return others.length === 0 ? '' : `at the same ${others.map((station) => short[station]).join(' and ')}`;
}

function indirectOf({ specific, indirect }: Serial, scale: number): FamilyIndirect[] {
  const row = (
    id: string,
    through: readonly Station[],
    { estimate, low, high }: Numbers,
    way: readonly string[],
  ): FamilyIndirect => ({
    id,
    through: through.map((station) => ids[station]),
    estimate,
    low,
    high,
    standardised: Number.isFinite(scale) ? estimate * scale : null,
    sentence: indirectSentence(way, { estimate, low, high }),
  });
  const ways = specific.map((effect) => {
    const through: readonly Station[] = ['exposure', ...(effect.through as readonly Station[]), 'partnerDistress'];
    const id = effect.through.map((station) => ids[station as Station]).join('-');
    return row(
      id,
      through,
      effect,
      through.map((station) => short[station]),
    );
  });
  const whole = row('all', stations, indirect, ['exposure', 'either or both stations', 'partner’s distress']);
  return [...ways.sort((a, b) => b.through.length - a.through.length), whole];
}

function covarianceOf(columns: SerialColumns): number[][] {
  const centred = stations.map((station) => {
    const values = Float64Array.from(columns[station]);
    const { mean } = summarise(values);
    return values.map((value) => value - mean);
  });
  return centred.map((one) =>
    centred.map(
      (other) => one.reduce((sum, value, row) => sum + value * (other[row] ?? Number.NaN), 0) / (one.length - 1),
    ),
  );
}
