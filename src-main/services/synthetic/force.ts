import { type Career, careers } from './careers.ts';
import { type ExposureDay, exposureDays } from './exposures.ts';
import { households, type SyntheticHousehold } from './families.ts';
import { type Unit, unitsOf } from './force-shape.ts';
import { checkedForceOptions, type ForceOptions, periodOf } from './options.ts';
import { type PeerSupport, peerSupport } from './peers.ts';
import { planPeople, type SyntheticPerson } from './people.ts';
import { type SyntheticPilots, syntheticPilots } from './pilots/synthetic-pilots.ts';
import { RiskTally, uptakeOf } from './risk-tally.ts';
import { type Invitation, invitations, waveDays } from './screenings.ts';
import { offerChangedOn, type SupportEpisode, supportEpisodes } from './support.ts';
import { ExposureTally, ScreeningTally } from './tallies.ts';
import { type ForceTruth, truthOf } from './truth.ts';

export type CareerRecord = Pick<Career, 'person' | 'absences' | 'pulses'>;

/** A synthetic force. Each call of a generator starts again and gives the same; what is not asked for is not made. */
export type SyntheticForce = {
  readonly options: ForceOptions;
  readonly units: readonly Unit[];
  readonly people: readonly SyntheticPerson[];
  /** How many invitation waves the period holds. */
  readonly waves: number;
  exposures(): Generator<ExposureDay>;
  /** Makes the exposures first where they have not been read to the end yet. */
  screenings(): Generator<Invitation>;
  /** Absences, duties and burnout pulses; makes the exposures first where they have not been read to the end yet. */
  careers(): Generator<Career>;
  /** What is kept of the careers: all but the duties. */
  records(): readonly CareerRecord[];
  support(): Generator<SupportEpisode>;
  /** Makes the exposures first where they have not been read to the end yet. */
  families(): Generator<SyntheticHousehold>;
  peers(): PeerSupport;
  pilots(): SyntheticPilots;
  /** Makes first whatever has not been read to the end yet. */
  truth(): ForceTruth;
};

/**
 * A whole force from a seed: same options, same force. Everything about it is invented.
 * @throws ExpectedError BAD_INPUT when an option is out of range.
 */
export function generateForce(given: Partial<ForceOptions> = {}): SyntheticForce {
  const options = checkedForceOptions(given);
  const units = unitsOf(options.people);
  const people = planPeople(options, units);
  const period = periodOf(options);
  let exposureTally: ExposureTally | null = null;
  let screeningTally: ScreeningTally | null = null;
  let riskTally: RiskTally | null = null;
  let careerRecords: readonly CareerRecord[] = [];
  let madePilots: SyntheticPilots | null = null;

  function* exposures(): Generator<ExposureDay> {
    const tally = new ExposureTally(people, period);
    for (const day of exposureDays(options, people, units)) {
      tally.add(day);
      yield day;
    }
    exposureTally = tally;
  }

  function finishedExposures(): ExposureTally {
    if (exposureTally === null) drain(exposures());
    return exposureTally ?? new ExposureTally(people, period);
  }

  function* screenings(): Generator<Invitation> {
    const history = finishedExposures().historyDays;
    const tally = new ScreeningTally();
    for (const invitation of invitations(options, people, history)) {
      const role = people[invitation.person]?.role;
      if (role) tally.add(invitation, role);
      yield invitation;
    }
    screeningTally = tally;
  }

  function finishedScreenings(): ScreeningTally {
    if (screeningTally === null) drain(screenings());
    return screeningTally ?? new ScreeningTally();
  }

  function* allCareers(): Generator<Career> {
    const { historyDays, historyRecorded } = finishedExposures();
    const tally = new RiskTally(people, options);
    const known = (index: number) => ({ days: historyDays[index] ?? [], recordedDays: historyRecorded[index] ?? [] });
    const records: CareerRecord[] = [];
    for (const career of careers(options, people, known)) {
      tally.add(career);
      records.push({ person: career.person, absences: career.absences, pulses: career.pulses });
      yield career;
    }
    riskTally = tally;
    careerRecords = records;
  }

  function finishedCareers(): RiskTally {
    if (riskTally === null) drain(allCareers());
    return riskTally ?? new RiskTally(people, options);
  }

  const records = () => {
    finishedCareers();
    return careerRecords;
  };
  const support = () => supportEpisodes(options, people);
  const families = () => households(options, people, finishedExposures().historyDays);
  const peers = () => peerSupport(options);
  const pilots = () => {
    madePilots ??= syntheticPilots({ options, people, units });
    return madePilots;
  };
  const truth = () =>
    truthOf(options, people, {
      exposures: finishedExposures(),
      screenings: finishedScreenings(),
      risk: finishedCareers(),
      support: uptakeOf(people, support(), offerChangedOn(options)),
      families: families(),
      peers: peers(),
      pilots: pilots(),
    });
  const waves = waveDays(options).length;
  return {
    options,
    units,
    people,
    waves,
    exposures,
    screenings,
    careers: allCareers,
    records,
    support,
    families,
    peers,
    pilots,
    truth,
  };
}

function drain(source: Iterable<unknown>): void {
  const iterator = source[Symbol.iterator]();
  while (iterator.next().done !== true);
}
