import { describe, expect, test } from 'vitest';
import type { DemoResults } from '#main/cli/commands/demo-analyses.ts';
import { compareWithTruth, comparisonText, type DemoTruth } from '#main/cli/commands/demo-comparison.ts';

const truth: DemoTruth = {
  period: { from: '2023-04-01', to: '2026-03-31' },
  planted: {
    doseResponse: { phq9PointsPerExposure: 0.1 },
    exposureStep: { unit: 'Moved', steadyUnit: 'Steady', from: '2025-07-01', rateRatio: 1.8 },
    unmappedCodes: { realisedRows: 200 },
    absence: { rateRatio: { Response: 1.5 } },
    returnToWork: { realised: { psychological: 20, other: null } },
    supportUptake: {
      logOddsOfUptake: 0,
      shift: { Response: -Math.log(4) },
      change: { on: '2025-04-01', service: 'TRiM' },
      realised: { change: { before: { offers: 200, expected: 100 }, after: { offers: 100, expected: 70 } } },
    },
    families: {
      paths: { officerDistressPerExposure: 0.3, conflictPerOfficerDistress: 0.1 },
      serialIndirect: 0.05,
      crossover: {
        officerRelationPerOfficerDistress: -0.05,
        officerRelationPerPartnerDistress: -0.03,
        partnerRelationPerPartnerDistress: -0.04,
        partnerRelationPerOfficerDistress: -0.02,
      },
    },
    peerSupport: {
      answeredIn72HoursShare: 0.6,
      network: {
        overloaded: { capacity: 3, people: 14 },
        vettingLapsed: { people: 20 },
        unsupervised: { people: 25 },
        withoutCapacity: { area: 'Coast', people: 90 },
        onlySpeaker: { language: 'pl', request: 'R9' },
      },
    },
    pilots: { pilots: [] },
    burnoutPulse: {
      realised: {
        byWave: [
          { wave: 1, known: 600, expected: 70 },
          { wave: 2, known: 400, expected: 50 },
        ],
      },
    },
  },
  realised: { exposures: { rows: 10_000 } },
};

function chart(group: string, after: number, rules: readonly string[]) {
  const points = ['2025-05', '2025-06', '2025-07', '2025-08'].map((month) => ({
    month,
    count: month < '2025-07' ? 100 : after,
    denominator: 1_000,
  }));
  const signals = rules.map((rule) => ({ rule, from: '2025-07', to: '2025-08', direction: 'high' }));
  return { group, sigmaZ: 1, centre: 10, points, signals };
}

function arrow(id: string, estimate: number) {
  return { id, estimate, low: estimate - 0.005, high: estimate + 0.005 };
}

function network(changes: Readonly<Record<string, unknown>>) {
  return {
    rows: [
      { inUse: 14, languages: [] },
      { inUse: 2, languages: ['pl'] },
    ],
    supervision: {
      gaps: [
        { gap: 'vetting lapsed', people: 20 },
        { gap: 'no supervisor', people: 25 },
      ],
    },
    coverage: { areas: [{ area: 'Coast', people: 90, needWithoutCapacity: true }] },
    matching: { proposals: [{ request: 'R9', volunteer: 'V' }] },
    ...changes,
  };
}

function resultsWith(changes: Partial<DemoResults>): DemoResults {
  const curve = { group: 'psychological', medianDays: 19, low: 17, high: 22 };
  const ratio = (estimate: number) => ({ estimate, low: estimate - 0.2, high: estimate + 0.2 });
  return {
    load: { coverage: 0.981 },
    trend: { charts: [chart('Moved', 180, ['shift']), chart('Steady', 103, [])] },
    outcome: { slope: { estimate: 0.12, low: 0.08, high: 0.16 } },
    absence: {
      rates: {
        groups: [
          { group: 'Response', ratio: ratio(1.6) },
          { group: 'Custody', ratio: ratio(1.1) },
        ],
      },
      returnToWork: { psychological: [curve] },
    },
    indicators: {
      indicators: [
        {
          id: 'peer-response',
          chart: {
            points: [
              { numerator: 310, denominator: 500 },
              { numerator: null, denominator: null },
            ],
          },
        },
      ],
    },
    earlyWarning: {
      waves: [
        { wave: 'pulse-1', cases: 70, nonCases: 530 },
        { wave: 'pulse-2', cases: 48, nonCases: 352 },
        { wave: 'pulse-3', cases: 400, nonCases: 0 },
      ],
    },
    support: {
      before: {
        services: [
          { service: 'Other', groups: [] },
          {
            service: 'TRiM',
            groups: [{ groups: [{ group: 'Response', ratio: { estimate: 0.5, low: 0.3, high: 0.7 } }] }],
          },
        ],
      },
      change: { change: { compared: { difference: { estimate: 0.15, low: 0.05, high: 0.25 } } } },
    },
    families: {
      crossover: {
        diagram: {
          arrows: [
            arrow('officer-officer', -0.05),
            arrow('partner-partner', -0.04),
            arrow('officer-partner', -0.02),
            arrow('partner-officer', -0.03),
          ],
        },
      },
      mediation: {
        diagram: {
          arrows: [arrow('officer-exposure-officer-distress', 0.3), arrow('officer-distress-officer-conflict', 0.1)],
        },
        indirect: [arrow('officer-distress-officer-conflict', 0.05), arrow('all', 0.2)],
      },
    },
    peers: network({}),
    pilots: new Map(),
    reading: [],
    ...changes,
  };
}

const told = (changes: Partial<DemoResults> = {}) =>
  compareWithTruth(resultsWith(changes), truth).map(({ recovered }) => recovered);

describe('what was planted beside what was found', () => {
  test('everything is recovered where each interval holds it and the rules fire where they should', () => {
    expect(told()).toEqual(new Array(23).fill('yes'));
  });

  test('a step without a rule that fires is missed, and so is a rule that fires on the steady unit', () => {
    const quiet = { charts: [chart('Moved', 180, []), chart('Steady', 103, ['outside'])] };
    expect(told({ trend: quiet }).slice(1, 3)).toEqual(['no', 'no']);
    const weak = { charts: [chart('Moved', 110, ['shift']), chart('Steady', 103, [])] };
    expect(told({ trend: weak }).slice(1, 3)).toEqual(['no', 'yes']);
  });

  test('an interval beside the planted value is a miss, and what is withheld or refused is not told', () => {
    const slope = { estimate: 0.3, low: 0.2, high: 0.4 };
    expect(told({ outcome: { slope } })[3]).toBe('no');
    expect(told({ outcome: null })).toHaveLength(22);
    const withheld = told({ absence: { rates: null, returnToWork: { psychological: [] } } });
    expect(withheld.slice(4)).toEqual(['not told', 'not told', ...new Array(16).fill('yes')]);
  });

  test('a gap in uptake of 0.4, and a step of 0.2, are worked out from what was planted', () => {
    const [gap, step] = compareWithTruth(resultsWith({}), truth).filter(({ method }) => method === 'support-uptake');
    expect(gap).toMatchObject({ effect: 'Uptake of TRiM, Response to the rest, ratio', found: 0.5 });
    expect(gap!.planted).toBeCloseTo(0.4, 12);
    expect(step!.planted).toBeCloseTo(0.2, 12);
    const withheld = { before: { services: [] }, change: { change: { compared: null } } };
    expect(told({ support: withheld }).filter((recovered) => recovered === 'not told')).toHaveLength(2);
    expect(told({ support: null })).toHaveLength(21);
  });

  test('each path of families is held to its own, and what was refused for too few couples is not told', () => {
    const rows = compareWithTruth(resultsWith({}), truth).filter(({ method }) => method === 'family-impact');
    expect(rows.map(({ planted }) => planted)).toEqual([0.3, 0.1, 0.05, -0.05, -0.04, -0.02, -0.03]);
    expect(rows.map(({ found }) => found)).toEqual(rows.map(({ planted }) => planted));
    const refused = { crossover: { refused: 'too few' }, mediation: { refused: 'too few' } };
    expect(told({ families: refused }).filter((recovered) => recovered === 'not told')).toHaveLength(7);
    expect(told({ families: null })).toHaveLength(16);
  });

  test('each count of the peer network is held to its own, and one that is withheld is not told', () => {
    const rows = (peers: DemoResults['peers']) =>
      compareWithTruth(resultsWith({ peers }), truth).filter(({ method }) => method === 'peer-network');
    expect(rows(network({})).map(({ found }) => found)).toEqual([14, 20, 25, 90, 1]);
    const withheld = network({
      supervision: { gaps: [] },
      coverage: { areas: [{ area: 'Coast', people: 90, needWithoutCapacity: false }] },
      matching: { proposals: [] },
    });
    expect(rows(withheld).map(({ recovered }) => recovered)).toEqual(['yes', 'not told', 'not told', 'not told', 'no']);
  });

  test('a pulse whose cases are withheld is left out, and so is what was expected of it', () => {
    const waves = [
      { wave: 'pulse-1', cases: null, nonCases: null },
      { wave: 'pulse-2', cases: 48, nonCases: 352 },
    ];
    const pulse = compareWithTruth(resultsWith({ earlyWarning: { waves } }), truth).at(-1);
    expect(pulse).toMatchObject({ method: 'early-warning', planted: 50 / 400, found: 48 / 400 });
  });

  test('the table names each effect with its interval', () => {
    const lines = comparisonText(compareWithTruth(resultsWith({}), truth));
    expect(lines[0]).toMatch(/^Planted in the synthetic force +planted +found \(95% interval\) +recovered$/);
    expect(lines.join('\n')).toMatch(/PHQ-9 points per exposure in 180 days +0\.100 +0\.120 \(0\.080 to 0\.160\) +yes/);
    expect(lines.join('\n')).toMatch(/Step in Moved.*1\.80 .*yes; rules that fire from 2025-07: shift/);
  });
});
