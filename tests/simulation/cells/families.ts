import { fitCouples } from '#main/analysis/families/crossover.ts';
import { fitSerial } from '#main/analysis/families/mediation.ts';
import type { RandomStream } from '#shared/domain/random.ts';
import { columnsOf, type DrawnPaths, drawFamilies, drawnPaths } from '../../fixtures/family-answers.ts';
import type { Reading, SimulationCell } from '../cell.ts';

/** The two models of couples as `family-impact` fits them, on couples drawn with the paths of the tests. */

const couples = 200;

const crossover: SimulationCell = {
  name: 'families: 200 couples, own and crossing paths from distress to how the relation is',
  replicate: (stream) => {
    const { terms } = fitCouples(columnsOf(drawFamilies(stream, couples)).couples, { samples: 20, seed: 1 });
    const truth: Readonly<Record<string, number>> = {
      'actor 1': drawnPaths.actorOfficer,
      'actor 2': drawnPaths.actorPartner,
      'partner 1→2': drawnPaths.officerToPartner,
      'partner 2→1': drawnPaths.partnerToOfficer,
    };
    return terms.flatMap(({ parameter, low, high }): readonly Reading[] => {
      const value = truth[parameter];
      return value === undefined ? [] : [{ parameter, low, high, truth: value }];
    });
  },
};

const noCrossing: SimulationCell = {
  name: 'families: 200 couples, nothing crosses from one to the other’s relation',
  replicate: (stream) => {
    const paths = { ...drawnPaths, officerToPartner: 0, partnerToOfficer: 0 };
    const { terms } = fitCouples(columnsOf(drawFamilies(stream, couples, paths)).couples, { samples: 20, seed: 1 });
    return terms.flatMap(({ parameter, p }) => (parameter.startsWith('partner') ? [{ parameter, p }] : []));
  },
};

const ways = [
  'exposure → distress → partner',
  'exposure → conflict → partner',
  'exposure → distress → conflict → partner',
];

function indirectOf(stream: RandomStream, paths: DrawnPaths, samples = 399) {
  const { way } = columnsOf(drawFamilies(stream, couples, paths));
  const { specific } = fitSerial(way, { samples, seed: stream.nextUint32() });
  return ways.map((name, at) => {
    const { low, high } = specific[at] ?? { low: null, high: null };
    if (low === null || high === null) throw new Error('an indirect way has no interval');
    return { name, low, high };
  });
}

const serial: SimulationCell = {
  name: 'families: 200 couples, the ways from exposure to the partner’s distress by 399 resamples of couples',
  replicate: (stream) => {
    const p = drawnPaths;
    const truth = [
      p.distressOnExposure * p.partnerOnDistress,
      p.conflictOnExposure * p.partnerOnConflict,
      p.distressOnExposure * p.conflictOnDistress * p.partnerOnConflict,
    ];
    return indirectOf(stream, p).map(({ name, low, high }, at) => ({
      parameter: name,
      low,
      high,
      truth: truth[at] as number,
    }));
  },
};

/** 0 where the interval excludes no indirect way, as a p-value that says so. */
function rejections(found: ReturnType<typeof indirectOf>, names: readonly string[]): Reading[] {
  return found
    .filter(({ name }) => names.includes(name))
    .map(({ name, low, high }) => ({ parameter: name, p: low <= 0 && 0 <= high ? 1 : 0 }));
}

const nothing: SimulationCell = {
  name: 'families: 200 couples, no path on the way to the partner’s distress',
  replicate: (stream) => {
    const none = { distressOnExposure: 0, conflictOnExposure: 0, conflictOnDistress: 0 };
    const paths = { ...drawnPaths, ...none, partnerOnDistress: 0, partnerOnConflict: 0 };
    return rejections(indirectOf(stream, paths, 99), ways);
  },
  bars: {
    rejected: [0, 0.05],
    why: 'A product whose factors are all 0 is rejected far less often than 5%, because each has to look unlike 0 at once.',
  },
};

const strongBeginning: SimulationCell = {
  name: 'families: 200 couples, a strong way up to work–family conflict and no path from there to the partner',
  replicate: (stream) => {
    const paths = { ...drawnPaths, distressOnExposure: 1.2, partnerOnDistress: 0, partnerOnConflict: 0 };
    return rejections(
      indirectOf(stream, paths),
      ways.filter((way) => way.includes('distress')),
    );
  },
};

export const familyCells: readonly SimulationCell[] = [crossover, noCrossing, serial, nothing, strongBeginning];
