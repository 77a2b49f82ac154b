import type { ExposureCategory } from '#shared/domain/exposure-categories.ts';
import type { RoleName } from './force-shape.ts';

/**
 * How often what happens. The force meets 690 incidents a day for 1,430 officers, of which 0.6% are sudden deaths, 8% concern
 * for safety and 0.15% fatal collisions (`domain.md` §7.1). The split within those groups, and every other rate, is an assumption
 * of this generator.
 */
export const incidentsPerOfficerDay = 690 / 1_430;

type HourProfile = 'flat' | 'day' | 'evening' | 'office';

/** Relative weights of the 24 hours. */
export const hourWeights: Readonly<Record<HourProfile, readonly number[]>> = {
  flat: [7, 6, 5, 5, 5, 6, 7, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 10, 9, 8],
  day: [3, 2, 2, 2, 3, 6, 10, 14, 15, 14, 13, 12, 11, 11, 11, 12, 13, 13, 11, 9, 7, 6, 5, 4],
  evening: [14, 12, 10, 7, 4, 2, 2, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 16],
  office: [0, 0, 0, 0, 0, 0, 1, 5, 12, 15, 15, 14, 9, 13, 14, 13, 9, 5, 2, 1, 0, 0, 0, 0],
};

type Common = {
  readonly category: ExposureCategory;
  readonly hours: HourProfile;
  /** Mean minutes on scene, on the call or at the screen. */
  readonly minutes: number;
  /** Height of the yearly wave as a share of the mean, and the day of the year of its crest. */
  readonly season: { readonly amplitude: number; readonly crestDay: number };
  readonly source:
    | 'command_and_control'
    | 'crime_records'
    | 'call_log'
    | 'media_log'
    | 'assault_report'
    | 'self_report';
};

/** People attend: one unit leads with several of its members, others come in support. */
type AttendedCategory = Common & {
  readonly kind: 'attended';
  /** Share of all incidents, per cent. */
  readonly sharePercent: number;
  /** Mean number from the leading unit. */
  readonly attendees: number;
  /** Relative pull of each role per full-time person. */
  readonly leads: Partial<Readonly<Record<RoleName, number>>>;
  /** Chance that one person of a role comes in support. */
  readonly supports: Partial<Readonly<Record<RoleName, number>>>;
};

/** It happens to one person in the course of the work. */
type PersonalCategory = Common & {
  readonly kind: 'personal';
  /** Events per full-time person and year. */
  readonly perYear: Partial<Readonly<Record<RoleName, number>>>;
};

export type CategoryRate = AttendedCategory | PersonalCategory;

/** The categories that count as sudden deaths in the base rate of 0.6%. */
export const suddenDeaths: readonly ExposureCategory[] = [
  'DEATH_SUDDEN_NONSUS',
  'DEATH_UNEXPLAINED',
  'SUICIDE_COMPLETED',
  'DEATH_CHILD_INFANT',
];

const level = { amplitude: 0, crestDay: 1 };
const winter = { amplitude: 0.18, crestDay: 15 };
const summer = { amplitude: 0.15, crestDay: 196 };
const patrol = { Response: 1, Neighbourhood: 0.25 };
const roads = { Response: 0.5, 'Roads policing': 2.5 };

function attended(
  category: ExposureCategory,
  sharePercent: number,
  attendees: number,
  leads: AttendedCategory['leads'],
  minutes: number,
  rest: Partial<Pick<AttendedCategory, 'supports' | 'hours' | 'season' | 'source'>> = {},
): AttendedCategory {
  const defaults = { supports: {}, hours: 'flat', season: level, source: 'command_and_control' } as const;
  return { kind: 'attended', category, sharePercent, attendees, leads, minutes, ...defaults, ...rest };
}

function personal(
  category: ExposureCategory,
  perYear: PersonalCategory['perYear'],
  minutes: number,
  source: Common['source'],
  hours: HourProfile,
  season = level,
): PersonalCategory {
  return { kind: 'personal', category, perYear, minutes, source, hours, season };
}

const scene = { 'Scenes of crime': 0.8, CID: 0.5 } as const;

export const categoryRates: readonly CategoryRate[] = [
  attended('DEATH_SUDDEN_NONSUS', 0.42, 1.8, patrol, 110, { hours: 'day', season: winter }),
  attended('DEATH_UNEXPLAINED', 0.133, 2, patrol, 170, { supports: scene, hours: 'day', season: winter }),
  attended('SUICIDE_COMPLETED', 0.035, 2.2, patrol, 180, { supports: scene }),
  attended('DEATH_CHILD_INFANT', 0.012, 2, patrol, 200, {
    supports: { 'Scenes of crime': 0.9, CID: 0.7, 'Child abuse investigation': 0.8, 'Family liaison': 0.5 },
  }),
  attended('SUICIDE_ATTEMPT', 0.3, 1.8, patrol, 90, { supports: { 'Dog unit': 0.04 }, hours: 'evening' }),
  attended('SERIOUS_INJURY', 0.2, 1.8, patrol, 60, { supports: { Firearms: 0.04 }, hours: 'evening', season: summer }),
  attended('RTC_FATAL', 0.15, 2.2, roads, 240, { supports: { 'Scenes of crime': 0.3, 'Family liaison': 0.4 } }),
  attended('RTC_SERIOUS', 0.25, 1.9, roads, 110, { supports: { 'Family liaison': 0.05 } }),
  attended('HOMICIDE_SCENE', 0.003, 3, patrol, 300, {
    supports: { 'Scenes of crime': 1, CID: 1, 'Family liaison': 0.9, Firearms: 0.3, 'Dog unit': 0.3 },
    hours: 'evening',
  }),
  attended('SEXUAL_OFFENCE_ADULT', 0.22, 1.3, { Response: 0.6, CID: 1.2 }, 130, { source: 'crime_records' }),
  attended('CHILD_SEXUAL_ABUSE', 0.12, 1.2, { 'Child abuse investigation': 1, CID: 0.08 }, 120, {
    hours: 'office',
    source: 'crime_records',
  }),
  attended('CHILD_CRUELTY_INJURY', 0.09, 1.3, { 'Child abuse investigation': 0.7, Response: 0.06 }, 110, {
    source: 'crime_records',
  }),
  attended('DOMESTIC_SERIOUS', 0.25, 1.8, patrol, 90, { hours: 'evening', season: summer }),
  attended('DEATH_MESSAGE', 0.1, 1.3, { Response: 0.6, 'Family liaison': 3, 'Roads policing': 0.4 }, 60, {
    hours: 'day',
  }),
  attended('FIRE_EXPLOSION', 0.05, 2, { Response: 1, 'Roads policing': 0.3 }, 130, { hours: 'evening' }),
  attended('DOG_ANIMAL', 0.05, 1.4, { Response: 0.4, 'Dog unit': 6 }, 60, { season: summer }),
  attended('NEGOTIATION', 0.012, 1.5, { Firearms: 1, Response: 0.1 }, 200, { hours: 'evening' }),
  attended('CUSTODY_DEATH', 0.0004, 3, { Custody: 1 }, 240),
  attended('POLICE_CONTACT_DEATH', 0.0003, 2.5, { Response: 1, Firearms: 1 }, 300),
  attended('LETHAL_FORCE', 0.00005, 3, { Firearms: 1 }, 300),
  attended('MASS_CASUALTY', 0.0001, 5, patrol, 420, { supports: { 'Roads policing': 1, Firearms: 1, 'Dog unit': 1 } }),
  personal('CALL_HANDLER_TRAUMATIC', { 'Call handling': 13, Dispatch: 7 }, 12, 'call_log', 'evening'),
  personal(
    'CSAM_VIEWING',
    { 'Digital forensics': 22, 'Child abuse investigation': 6, 'Offender management': 9 },
    150,
    'media_log',
    'office',
  ),
  personal(
    'ASSAULT_ON_SELF',
    {
      Response: 0.9,
      Neighbourhood: 0.5,
      Custody: 0.9,
      'Roads policing': 0.4,
      'Dog unit': 0.7,
      Firearms: 0.4,
      CID: 0.08,
    },
    25,
    'assault_report',
    'evening',
    summer,
  ),
  personal(
    'THREAT_TO_LIFE_SELF',
    { Firearms: 0.5, Response: 0.05, 'Roads policing': 0.05, 'Offender management': 0.05 },
    45,
    'crime_records',
    'evening',
  ),
  personal(
    'COLLEAGUE_DEATH_OR_INJURY',
    { Response: 0.04, 'Roads policing': 0.04, Firearms: 0.03 },
    60,
    'self_report',
    'flat',
  ),
  personal(
    'OTHER_SELF_REPORTED',
    {
      Custody: 0.8,
      CID: 0.3,
      Neighbourhood: 0.3,
      Response: 0.2,
      Dispatch: 0.4,
      'Call handling': 0.4,
      'Scenes of crime': 0.5,
    },
    40,
    'self_report',
    'office',
  ),
];

/** Invented local codes that no rule of the force maps. */
export const unmappedCodes = ['LOC-118', 'LOC-127', 'WATER-REC', 'XR9', 'RAIL-2'] as const;
