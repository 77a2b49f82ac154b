import { isoOfDay } from '#shared/domain/dates.ts';
import { incidentsPerOfficerDay, unmappedCodes } from './exposure-rates.ts';
import type { SyntheticHousehold } from './families.ts';
import { stepFirstDay } from './month-plan.ts';
import { type ForceOptions, periodOf } from './options.ts';
import type { PeerSupport } from './peers.ts';
import type { SyntheticPerson } from './people.ts';
import type { SyntheticPilots } from './pilots/synthetic-pilots.ts';
import { pilotTruth } from './pilots/truth-pilots.ts';
import { planted } from './planted.ts';
import type { RiskTally, uptakeOf } from './risk-tally.ts';
import type { ExposureTally, ScreeningTally } from './tallies.ts';
import { familyEffects } from './truth-families.ts';
import { riskEffects } from './truth-risk.ts';

const notice =
  'Everything in this folder is synthetic. No person, incident or answer in it is real; any likeness to a real one is chance.';

function baseRates(exposures: ExposureTally) {
  return {
    source:
      'North Yorkshire Police, one ordinary Saturday (23 June 2018): 690 incidents, 4 sudden deaths, 55 concern for safety, 1 fatal collision; about 1,430 officers.',
    incidentsPerOfficerDay: Number(incidentsPerOfficerDay.toFixed(4)),
    suddenDeathPercentOfIncidents: 0.6,
    concernForSafetyPercentOfIncidents: 8,
    fatalCollisionPercentOfIncidents: 0.15,
    note: 'Of concern for safety only attempted suicide and serious injury count as exposures. Other rates are assumptions of the generator.',
    realised: exposures.baseRates(),
  };
}

const prevalence = {
  sources: [
    'Airwave study (Stevelink 2020): PTSD 3.9%, depression 9.8%, anxiety 8.5%; denominator: everybody in a health screening, n = 40,299.',
    'Policing: The Job and The Life (Brewin 2020): PTSD 8.0%, CPTSD 12.6% by ITQ; denominator: trauma-exposed survey volunteers, n = 10,401.',
  ],
  chosen:
    'Between the two, because this force screens everybody in service: by ITQ about 4% PTSD and 6% CPTSD of all invited, PHQ-9 of 10 or more in about 14% of all invited and 11% of those who answer. A benchmark against either source has to respect its denominator.',
} as const;

function step(options: ForceOptions, exposures: ExposureTally) {
  return {
    unit: planted.step.unit,
    from: isoOfDay(stepFirstDay(periodOf(options).lastDay)),
    rateRatio: planted.step.rateRatio,
    steadyUnit: planted.steadyUnit,
    steadyRateRatio: 1,
    recover:
      'Monthly events per full-time person of the unit, Poisson regression with a level change at `from`; the steady unit is the control with no change. The season is worth up to 18% a month, and people joining and leaving move a unit’s own rate by some per cent: compare with `realised`.',
    realised: { step: exposures.unitRate(planted.step.unit), steady: exposures.unitRate(planted.steadyUnit) },
  };
}

function effects(options: ForceOptions, exposures: ExposureTally) {
  return {
    doseResponse: {
      ...planted.doseResponse,
      unit: 'latent standard deviations per exposure; recent: in the 180 days up to the day of the answers; earlier: 181 to 365 days before',
      recover:
        'Total score on the count of the past 180 days with role and wave as factors; add the count of days 181 to 365 for recency, worth a quarter as much. Each exposure counts alike whatever its category: severity weights add nothing. `exposure-outcome` with PHQ-9 gives `phq9PointsPerExposure` in the long run: a straight line adjusted for the earlier score, among those who answer, sees less than everybody’s slope.',
    },
    roleDifference: {
      reference: 'Response',
      shifts: planted.roleShift,
      unit: 'latent standard deviations at equal exposure; roles not named: 0',
      recover: 'Score on role, adjusted for the counts above.',
    },
    exposureStep: step(options, exposures),
    overdispersion: {
      gammaShape: planted.frailtyShape,
      recover:
        'Counts of full-time people of one role over one period are negative binomial with about this theta; sharing incidents and small units pull it up a little.',
    },
    unmappedCodes: {
      codes: unmappedCodes,
      share: planted.unmappedShare,
      realisedRows: exposures.rows - exposures.counted,
      recover: 'Coverage is 1 less the share of these rows. They add nothing to anybody’s severity.',
    },
    unknownPeople: {
      realisedRows: exposures.unknownPersonRows,
      recover: 'Rows whose person_ref is not in people.csv.',
    },
    informativeMissingness: {
      ...planted.response,
      unit: 'log-odds of answering; perPriorPhq9Point: total of the wave before; afterNoAnswer: no answer in the wave before; perLatentDeviation: depression at the time, which nobody sees',
      recover:
        'Completion on role and the last total. Those who answer are healthier than those invited: see realised.screenings for both. What depends on the latent state cannot be recovered from the extracts.',
    },
    nothingPlanted: {
      columns: [
        'sex',
        'ethnicity_group',
        'birth_year',
        'rank',
        'fte',
        'category',
        'proximity',
        'known_victim',
        'first_on_scene',
      ],
      recover: 'At equal role and exposure none of these changes severity. fte changes exposure, in proportion.',
    },
  };
}

/** What a run came to, counted as it was made. */
export type Realised = {
  readonly exposures: ExposureTally;
  readonly screenings: ScreeningTally;
  readonly risk: RiskTally;
  readonly support: ReturnType<typeof uptakeOf>;
  readonly families: Iterable<SyntheticHousehold>;
  readonly peers: PeerSupport;
  readonly pilots: SyntheticPilots;
};

/** What is planted in a force, how to find it again, and what this run came to. Written as `truth.json`. */
export function truthOf(
  options: ForceOptions,
  people: readonly SyntheticPerson[],
  { exposures, screenings, risk, support, families, peers, pilots }: Realised,
) {
  const period = periodOf(options);
  return {
    synthetic: true,
    notice,
    generator: { name: 'tidemark synthetic force', version: 1, random: 'xoshiro128** 1.1, streams by SplitMix64' },
    options,
    period: { from: isoOfDay(period.firstDay), to: isoOfDay(period.lastDay) },
    baseRates: baseRates(exposures),
    prevalence,
    planted: {
      ...effects(options, exposures),
      ...riskEffects(options, { risk, support, peers }),
      families: familyEffects(families),
      pilots: pilotTruth(pilots),
    },
    realised: {
      people: people.length,
      serving: people.filter(({ serviceEndDay }) => serviceEndDay === null).length,
      exposures: { rows: exposures.rows, counted: exposures.counted, rowsByCategory: exposures.rowsByCategory() },
      screenings: screenings.summary(),
      ...risk.summary(),
    },
  };
}

export type ForceTruth = ReturnType<typeof truthOf>;

export function readmeOf(options: ForceOptions): string {
  return `SYNTHETIC DATA

${notice}

An invented police force, made by Tidemark from seed ${options.seed}: ${options.people} people, ${options.years} years up to ${options.endDate}.

people.csv      everybody HR lists, leavers included; the names are combined at random from lists of common names
exposures.csv   potentially traumatic exposures, in order of time; times are local (Europe/London) without an offset
duties.csv      shifts as worked, with overtime and cancelled rest days
absences.csv    sickness absence with local reason codes; spells that go on have no end
screenings.csv  PHQ-9, GAD-7, PCL-5 and ITQ answers, item by item, the scores of a burnout pulse (CBI, personal burnout), and
                what the pilots measure; invitations that were declined or not answered too
support.csv     offers and referrals of support, step by step
families.csv    answers of officers, partners and parents in one survey, by household; of children only totals that a parent gave
volunteers.csv, peer_requests.csv, peer_contacts.csv
                peer support; who asks is a token that leads to nobody
pilot_enrolments.csv, pilot_clusters.csv, pilot_session_plan.csv, pilot_sessions.csv, adverse_events.csv, costs.csv
                seven pilots, one of each design, as far as the force is large and old enough for them
pilots/         the plan of each, to be saved and locked before what it measures is read
truth.json      every effect that was planted, how to find it again, and what this run came to

The same people, years, seed and end date give the same bytes again.
`;
}
