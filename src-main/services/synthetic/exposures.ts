import { civilOfDay, isoOfDay, londonOffsetSeconds, utcOfLondon } from '#shared/domain/dates.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { cumulate, drawIndex, gamma, pick, poisson } from './distributions.ts';
import { type CategoryRate, categoryRates, hourWeights, unmappedCodes } from './exposure-rates.ts';
import type { SyntheticExposure } from './exposure-rows.ts';
import { type RoleName, roleShapes, type Unit } from './force-shape.ts';
import { drawMembers, type MonthPlan, planMonth, stepFirstDay } from './month-plan.ts';
import type { ForceOptions } from './options.ts';
import { periodOf } from './options.ts';
import { refOf, type SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';

type Incident = {
  readonly rate: CategoryRate;
  readonly code: string;
  readonly seconds: number;
  readonly unit: number;
};

const weekdayWeights = [0.95, 0.95, 0.95, 0.97, 1.05, 1.1, 1.03] as const;
const cumulativeHours = Object.fromEntries(
  Object.entries(hourWeights).map(([profile, weights]) => [profile, cumulate(weights)]),
);
const noHours = cumulate([1]);

/** Mean hours from the event to its record, by source: assumptions. */
const lagHours: Readonly<Record<CategoryRate['source'], number>> = {
  command_and_control: 8,
  crime_records: 40,
  call_log: 4,
  media_log: 30,
  assault_report: 60,
  self_report: 220,
};

/** A wall-clock time that exists: the hour that the clocks skip in spring is moved on by an hour. */
export function existing(wallSeconds: number): number {
  const utc = utcOfLondon(wallSeconds);
  return utc + londonOffsetSeconds(utc);
}

class DayWriter {
  readonly #random: RandomStream;
  readonly #people: readonly SyntheticPerson[];
  readonly #units: readonly Unit[];
  readonly #drawnAtSeconds: number;
  #mediaViewings = 0;
  #keys = new Set<string>();
  #rows: SyntheticExposure[] = [];

  constructor(random: RandomStream, people: readonly SyntheticPerson[], units: readonly Unit[], lastDay: number) {
    this.#random = random;
    this.#people = people;
    this.#units = units;
    this.#drawnAtSeconds = (lastDay + 1) * 86_400 + 6 * 3_600;
  }

  /** Everything of one day, in order of time. */
  rowsOf(day: number, plan: MonthPlan): readonly SyntheticExposure[] {
    this.#keys = new Set();
    this.#rows = [];
    const incidents = this.#incidentsOf(day, plan);
    const perDay = Math.max(1, plan.officers * 0.5);
    const refs: string[] = [];
    let number = 0;
    for (const incident of incidents) {
      number = Math.max(number + 1, Math.ceil((perDay * (incident.seconds % 86_400)) / 86_400));
      const ref = `SYN-${isoOfDay(day).replaceAll('-', '')}-${String(number).padStart(4, '0')}`;
      if (incident.rate.kind === 'attended') {
        this.#attend(day, plan, incident, ref);
        refs.push(ref);
      } else {
        this.#happen(day, plan, incident, ref, refs);
      }
    }
    return this.#rows.sort((a, b) => a.occurredSeconds - b.occurredSeconds);
  }

  #incidentsOf(day: number, plan: MonthPlan): readonly Incident[] {
    const random = this.#random;
    const weekday = weekdayWeights[(((day + 3) % 7) + 7) % 7] ?? 1;
    const incidents: Incident[] = [];
    plan.units.forEach((unitPlan, unit) => {
      const total = unitPlan.perDay[unitPlan.perDay.length - 1] ?? 0;
      const count = poisson(random, (total * weekday) / (1 - planted.unmappedShare));
      for (let i = 0; i < count; i++) {
        const rate = categoryRates[drawIndex(random, unitPlan.perDay)];
        if (!rate) continue;
        const unmapped = random.nextUniform() < planted.unmappedShare;
        const hour = drawIndex(random, cumulativeHours[rate.hours] ?? noHours);
        incidents.push({
          rate,
          code: unmapped ? pick(random, unmappedCodes) : rate.category,
          seconds: day * 86_400 + hour * 3_600 + random.nextBelow(60) * 60,
          unit,
        });
      }
    });
    return incidents.sort((a, b) => a.seconds - b.seconds);
  }

  #attend(day: number, plan: MonthPlan, incident: Incident, ref: string): void {
    const { rate, unit } = incident;
    const roster = plan.units[unit]?.roster;
    if (rate.kind !== 'attended' || !roster) return;
    const random = this.#random;
    const taken = new Set<number>();
    const wanted = 1 + poisson(random, rate.attendees - 1);
    const leaders = drawMembers(random, roster, this.#people, day, wanted, taken);
    leaders.forEach((person, order) => {
      this.#add(incident, person, ref, order === 0 ? 0 : random.nextBelow(20), order === 0);
    });
    for (const [role, chance] of Object.entries(rate.supports)) {
      if (random.nextUniform() >= chance) continue;
      const pool = plan.byRole.get(role as RoleName);
      const sent = pool ? drawMembers(random, pool, this.#people, day, 1, taken) : [];
      for (const person of sent) this.#add(incident, person, ref, 15 + random.nextBelow(100), false);
    }
    if (random.nextUniform() < planted.unknownPersonShare * (leaders.length + 0.3)) {
      this.#add(incident, -1, ref, random.nextBelow(30), false);
    }
  }

  #happen(day: number, plan: MonthPlan, incident: Incident, ownRef: string, refs: readonly string[]): void {
    const roster = plan.units[incident.unit]?.roster;
    if (!roster) return;
    const random = this.#random;
    const { source } = incident.rate;
    const linked = source === 'call_log' && refs.length > 0 && random.nextUniform() < 0.75;
    let ref = linked ? pick(random, refs) : ownRef;
    if (source === 'self_report') ref = '';
    if (source === 'media_log') {
      this.#mediaViewings += 1;
      const caseNumber = String(1 + Math.floor(this.#mediaViewings / 8)).padStart(5, '0');
      ref = `SYN-MEDIA-${civilOfDay(day).year}-${caseNumber}`;
    }
    for (const person of drawMembers(random, roster, this.#people, day, 1, new Set())) {
      this.#add(incident, person, ref, 0, !linked && ref === ownRef);
    }
  }

  #add(incident: Incident, person: number, incidentRef: string, delayMinutes: number, opens: boolean): void {
    const random = this.#random;
    const { rate, code } = incident;
    const role = this.#people[person]?.role ?? this.#units[incident.unit]?.role ?? 'Response';
    const proximity = proximityOf(rate, role);
    const dayEnd = (Math.floor(incident.seconds / 86_400) + 1) * 86_400 - 60;
    const ref = this.#people[person]?.ref ?? refOf(990_001 + random.nextBelow(4));
    let occurredSeconds = existing(Math.min(incident.seconds + delayMinutes * 60, dayEnd));
    while (this.#keys.has(`${ref} ${occurredSeconds} ${code} ${incidentRef}`)) occurredSeconds += 1;
    this.#keys.add(`${ref} ${occurredSeconds} ${code} ${incidentRef}`);
    this.#rows.push({
      person,
      ref,
      occurredSeconds,
      code,
      counted: code === rate.category,
      incidentRef,
      opens,
      proximity: random.nextUniform() < 0.02 ? '' : proximity,
      minutes: this.#minutes(rate),
      firstOnScene: rate.kind === 'attended' && proximity === 'direct' ? String(opens) : '',
      knownVictim: random.nextUniform() < 0.1 ? '' : String(random.nextUniform() < 0.015),
      attribution: this.#attribution(proximity),
      source: rate.source,
      recordedSeconds: this.#recorded(occurredSeconds, rate),
    });
  }

  #minutes(rate: CategoryRate): string {
    if (this.#random.nextUniform() < 0.04) return '';
    return String(Math.min(960, 1 + Math.round(gamma(this.#random, 2, rate.minutes))));
  }

  #attribution(proximity: string): string {
    const draw = this.#random.nextUniform();
    if (proximity === 'remote' || draw < 0.84) return 'named';
    return proximity === 'direct' && draw < 0.98 ? 'crew_inferred' : 'oic_only';
  }

  /** The extract is drawn on the morning after the period, so no record is later. */
  #recorded(occurredSeconds: number, rate: CategoryRate): number {
    const lagSeconds = 60 * Math.ceil(gamma(this.#random, 1.2, lagHours[rate.source] * 60));
    const room = this.#drawnAtSeconds - occurredSeconds;
    const lag = lagSeconds < room ? lagSeconds : Math.floor((this.#random.nextUniform() * room) / 60) * 60;
    return existing(occurredSeconds + lag);
  }
}

function proximityOf(rate: CategoryRate, role: RoleName): string {
  if (rate.source === 'assault_report' || rate.category === 'THREAT_TO_LIFE_SELF') return 'direct';
  return roleShapes[role].proximity;
}

export type ExposureDay = {
  readonly day: number;
  readonly officers: number;
  readonly rows: readonly SyntheticExposure[];
};

/** The exposures of the period, a day at a time and in order of time within the day; memory does not grow with the years. */
export function* exposureDays(
  options: ForceOptions,
  people: readonly SyntheticPerson[],
  units: readonly Unit[],
): Generator<ExposureDay> {
  const period = periodOf(options);
  const stepDay = stepFirstDay(period.lastDay);
  const writer = new DayWriter(randomStream(options.seed, 'exposures'), people, units, period.lastDay);
  let plan = planMonth(people, units, period.firstDay, stepDay);
  for (let day = period.firstDay; day <= period.lastDay; day++) {
    if (day > plan.lastDay) plan = planMonth(people, units, day, stepDay);
    yield { day, officers: plan.officers, rows: writer.rowsOf(day, plan) };
  }
}
