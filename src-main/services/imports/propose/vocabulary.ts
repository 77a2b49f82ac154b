import { headerTokens } from './header-tokens.ts';
import { attendanceWords, exposureWords, incidentWords } from './words/exposures.ts';
import type { KindWords } from './words/kind-words.ts';
import { aliasWords, peopleWords, postingWords } from './words/people.ts';
import {
  adverseWords,
  clusterWords,
  costWords,
  enrolmentWords,
  sessionPlanWords,
  sessionWords,
  studyWords,
} from './words/pilots.ts';
import { peerContactWords, peerRequestWords, supportWords, volunteerWords } from './words/support.ts';
import { absenceWords, dutyWords, familyWords, screeningWords } from './words/wellbeing.ts';

/** References of people, those that join with HR first. */
const personTiers: readonly string[] = [
  'person reference | employee number | employee id | employee reference | payroll | payroll number | payroll reference | payroll id | personnel number | personnel id | assignment number | staff number | staff id | staff reference | hr reference | hr id | hr number | person id | person number | workforce id | oracle id | oracle number | peoplesoft id | esr number | individual reference | individual id | employee code | employee | origin id | people id | sap number | hrms id | staff code | worker id | payroll code | unique employee id',
  'collar | collar number | officer collar | officer collar number | shoulder number | shoulder | pin | pid | warrant number | warrant | officer number | officer id | officer reference | force number | epaulette number | badge number | officer pin | officer | attending officer | collar id | user collar | officer shoulder number | resource collar | oic collar | officer badge | officer badge number | involved officer badge | involved officer | crew | crew collar numbers | crew numbers | officers attending | attending officers | force id | collar attending officer | officer warrant number',
  'token | survey token | external reference | externalreference | external data reference | participant id | participant | participant number | participant code | participant reference | participant token | pseudonym | client id | client number | client reference | client | oh number | oh id | patient id | patient number | patient reference | study id | subject id | respondent token | unique code | staff member id | user id | user reference | member id | login id | access code | person code | unique id | study number',
  'respondent | respondent id | response id | case | case id | case number | id | reference | record id | code | anonymous id',
];

/** Factors of the tiers: what joins with HR is preferred where there are several. */
const tierFactors = [1, 0.9, 0.85, 0.6];

/** What is never taken, or never where another column would do; without it a close word would claim it. */
const leftOut =
  'supervisor | line manager | manager | manager employee number | supervisor collar number | created by | entered by | recorded by | updated by | input by | operator | call taker | dispatcher | authorised by | approved by | callsign | resource callsign | resource id | unit callsign | resource | vehicle | fleet number | easting | northing | latitude | longitude | lat | long | location | address | incident location | street | town | victim age | victim age band | victim | suspect | suspect name | age | age band | comments | notes | remarks | free text | narrative | summary | row | row number | line number | record count | certificate | certificate type | fit note | fit note expiry | self certificate | med cert | certificate end date | probation | force | force code | force name | assigned | assigned time | assigned date time | dispatched | dispatched time | mobilised | mobilised time | enroute | enroute time | time enroute | allocated time | ip address | duration seconds | progress | finished | user language | distribution channel | recipient last name | recipient first name | recipient email | calendar days | calendar days lost | hours lost | working hours lost | hours absence | occasions | review date | next review | phased return | expected return | expected end | expected return date | probable return | night flag | night duty | night shift | nights | shift pattern | break | break minutes | meal break | paid hours | hours worked | toil | age years | length service | years service | post number | position number | position id | cost centre code';

const identity =
  'name | surname | forename | first name | last name | middle name | full name | employee name | officer name | known as | initials | preferred name | email | email address | phone | mobile | mobile number | home address | address | address line | postcode | post code | ni number | national insurance number | national insurance | nino | birth date | date birth | next kin | emergency contact | bank account | sort code | nhs number | partner name | patient name | client name | contact number | phone number | home phone | volunteer name | supporter name | requester name';

type Phrases = readonly (readonly string[])[];

function phrasesOf(text: string): Phrases {
  return text.split('|').map((phrase) => headerTokens(phrase.trim()));
}

export type Vocabulary = {
  readonly context: ReadonlySet<string>;
  readonly about: ReadonlySet<string>;
  readonly columns: ReadonlyMap<string, Phrases>;
};

function vocabulary(words: KindWords): Vocabulary {
  const tokens = (text: string): Set<string> =>
    new Set(text.split(' ').flatMap((word) => [word, ...headerTokens(word)]));
  return {
    context: tokens(words.context),
    about: tokens(words.about),
    columns: new Map(Object.entries(words.columns).map(([column, text]) => [column, phrasesOf(text)])),
  };
}

export const vocabularies: ReadonlyMap<string, Vocabulary> = new Map(
  Object.entries({
    people: peopleWords,
    aliases: aliasWords,
    postings: postingWords,
    exposures: exposureWords,
    incidents: incidentWords,
    attendances: attendanceWords,
    duties: dutyWords,
    absences: absenceWords,
    screenings: screeningWords,
    families: familyWords,
    support: supportWords,
    volunteers: volunteerWords,
    peer_requests: peerRequestWords,
    peer_contacts: peerContactWords,
    pilot_enrolments: enrolmentWords,
    pilot_clusters: clusterWords,
    pilot_session_plan: sessionPlanWords,
    pilot_sessions: sessionWords,
    adverse_events: adverseWords,
    costs: costWords,
    studies: studyWords,
  }).map(([kind, words]) => [kind, vocabulary(words)]),
);

export const personPhrases: readonly { readonly factor: number; readonly phrases: Phrases }[] = personTiers.map(
  (text, tier) => ({ factor: tierFactors[tier] ?? 0.5, phrases: phrasesOf(text) }),
);
export const leftOutPhrases = phrasesOf(leftOut);
export const identityPhrases = phrasesOf(identity);
export const phrasesFrom = phrasesOf;
