import type { KindWords } from './kind-words.ts';

const incident =
  'incident | incident number | incident reference | incident id | urn | incident urn | log number | log | log reference | log id | log urn | cad reference | cad number | cad | event number | event id | event reference | occurrence number | occurrence reference | occurrence id | occurrence | crime number | crime reference | job number | storm reference | storm number | storm log | command control reference | unique reference number | call reference | call id | case number | niche occurrence | rms reference | master incident';

const role =
  'role | officer role | involvement | involvement type | capacity | attendance role | resource role | duty role | officer involvement | role incident | role officer | link type | association | linked reason';

export const exposureWords: KindWords = {
  context: 'exposure trauma officer person',
  about: 'exposure exposures trauma tracker assault assaults hampshire critical traumatic',
  columns: {
    occurred_at:
      'occurred at | occurred | date time | incident date | incident time | date incident | event date | event time | date occurred | exposure date | date exposure | attended | when | date | date assault | assault date | offence date | happened | viewed date | date viewing',
    category:
      'category | exposure category | exposure type | trauma type | incident type | incident category | event type | type exposure | trauma category | type | classification | nature incident | trigger | traumatic event',
    incident_ref: incident,
    proximity: 'proximity | exposure level | directness | direct indirect | involvement level',
    minutes_on_scene:
      'minutes scene | time scene minutes | duration scene | minutes on scene | duration minutes | time scene | hours scene | duration',
    first_on_scene: 'first scene | first on scene | first attender | first responder | first attending | first',
    known_victim: 'known victim | victim known | knew victim | knew deceased | victim known officer',
    attribution: 'attribution | how linked | attribution method | link basis',
    source: 'source | source system | data source | system | origin',
    recorded_at:
      'recorded at | recorded date | date recorded | entered | date entered | created date | logged | submitted',
  },
};

export const incidentWords: KindWords = {
  context: 'incident log call event',
  about: 'incidents incident log command control storm cad nsir',
  columns: {
    incident_ref: incident,
    created_at:
      'created at | created | created date time | call received | received | call time | incident date | incident time | incident date time | log created | date created | start date | opening date | opened date | report date | reported | date reported | report time | time call | call date | date | recorded date | occurred | occurred from | committed from | time created | incident start | log date | input date',
    opened_code:
      'opening code | opening type | opened code | initial code | initial type | initial incident type | opening category | opening classification | type opening | initial classification | call type | incident type | incident code | type code | nature | occurrence type | event type | initial category | category opening | opening incident type | open class | opening class',
    closed_codes:
      'closed code | closed codes | closed type | final code | final type | result code | result | closed category | closed classification | closed class | disposal code | disposition | qualifier | qualifier code | final classification | final incident type | type final | finalisation code | offence | offence code | ho code | home office code | offence description | nsir code | nicl code | closed qualifier | outcome code | final result | crime type | occurrence classification | offence classification | classification | close reason code',
    grade:
      'grade | priority | response grade | response | response level | graded response | call grade | grading | urgency | response code | incident grade | threat harm',
    unit: 'unit | beat | lpu | bcu | district | division | beat code | area | duty district | sector | ward | neighbourhood | policing area | command area | npt | lpa | lpt | station | borough | response area | npa',
  },
};

export const attendanceWords: KindWords = {
  context: 'incident officer resource unit attendance log',
  about:
    'attendance attendances resource resources deployment deployments command control occurrence involvement officer',
  columns: {
    incident_ref: incident,
    arrived_at:
      'arrived at | arrived | arrived scene | at scene | on scene | time scene | arrived time | arrived date time | attended at | ats | tas | at scene time | scene arrived | attended | attended date | attendance date | date attended | state 6 | status 6 | in attendance | attendance start | attending time | scene time | reached',
    cleared_at:
      'cleared at | cleared | cleared scene | left scene | leave scene | departed | resume | resumed | available | clear time | cleared time | time clear | released | finish time | free | end attendance | attendance end | left | departed scene | off scene | resumed patrol | depart | stood down | state 2 | status 2',
    role,
    attribution: 'attribution | how linked | attribution method | link basis | crew source',
  },
};

/** Moments of an incident that stand in for an arrival where a record system holds none. */
export const eventMoment =
  'occurred | occurred from | occurrence from | occurrence start | attended | occurrence | date occurred | event date | incident date | committed | committed from | offence date | report date | date reported | reported | created | created date | date created | occurrence date | recorded date | date recorded | linked date | date linked | date added | assigned date | allocated date | date allocated | date time | date';
