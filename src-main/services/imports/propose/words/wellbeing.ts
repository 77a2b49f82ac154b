import type { KindWords } from './kind-words.ts';

export const dutyWords: KindWords = {
  context: 'duty shift roster officer employee rostered',
  about: 'duty duties shift shifts roster rosters overtime dms',
  columns: {
    start:
      'start | actual start | shift start | duty start | start time | start date time | actual start time | on duty | booked on | book on | time on | on | from | clock on | planned start | scheduled start | rostered start | worked from | on time | sign on | start date | in time',
    end: 'end | actual end | shift end | duty end | end time | end date time | actual end time | off duty | booked off | book off | time off | off | to | clock off | planned end | scheduled end | rostered end | worked to | off time | sign off | end date | out time',
    type: 'type | duty type | shift type | shift code | duty code | shift | duty | shift pattern code | shift name | shift description | duty description | activity | activity code',
    overtime_minutes:
      'overtime minutes | overtime | overtime hours | overtime worked | overtime claimed | overtime time | additional hours | extra hours | retained | kept on',
    rest_day_cancelled:
      'rest day cancelled | cancelled rest day | rd cancelled | cancelled rd | rest day worked | rdw | rd worked | rest day working | crd | worked rest day | rest day recalled',
  },
};

export const absenceWords: KindWords = {
  context: 'absence sickness employee spell leave episode absent record',
  about: 'absence absences sickness sick absent attendance management',
  columns: {
    start:
      'start | start date | absence start | first day | first day absence | date from | from | from date | sickness start | absence from | date start | went sick | reported sickness | date reported | spell start | first date | commenced | onset | start day',
    end: 'end | end date | absence end | last day | last day absence | date to | to | to date | sickness end | date end | spell end | last date | return | return date | date return | return work | date return work | return work date | resumed | resumed duty | back work | fit date | actual return | end day',
    reason_code:
      'reason code | reason | absence reason | sickness reason | absence code | sickness code | reason absence | absence category | sickness category | reason group | absence type | illness | illness code | illness category | diagnosis code | category | cause | nature illness | reason description | condition | type absence | group reason | sickness type',
    fte_days:
      'fte days | fte days lost | days lost fte | wte days lost | working days lost | days lost | wte days | work days lost | lost days | duration days | duty days lost | days absence | days | shifts lost | total days lost | absence days | fte working days lost | contracted days lost | number days | duration',
    injury_on_duty:
      'injury duty | iod | injury on duty | injured duty | industrial injury | work related | duty injury | injury work | injured work | work injury | iod flag | due injury',
    recorded_at:
      'recorded at | recorded | last updated | updated | date entered | entered | created date | date created | input date | date keyed | keyed | date notified | modified | last modified',
  },
};

export const screeningWords: KindWords = {
  context: 'screening survey questionnaire response assessment participant',
  about: 'screening screenings survey questionnaire assessment wellbeing surveillance',
  columns: {
    instrument:
      'instrument | measure | questionnaire | scale name | tool | assessment | test | questionnaire name | assessment name | instrument code | form | survey instrument',
    version: 'version | instrument version | form version | questionnaire version',
    scale: 'scale | subscale | sub scale | domain | dimension',
    status:
      'status | response status | completion status | survey status | screening status | outcome | state | result status | completed',
    invited_on:
      'invited on | invited | invited date | date invited | invited sent | sent | date sent | sent date | issued | issue date | distributed | email sent | offered | date offered | offered date',
    taken_on:
      'taken on | taken | completed | completed date | date completed | completed on | date taken | response date | submitted | date submitted | submitted date | assessment date | date assessment | screening date | date screening | date | survey date | end date | finish | recorded date | date response | responded | administered | date administered | test date | completed time | returned | date returned | session date | start date | start time',
    score: 'score | total score | total | raw score | sum | overall score | result',
    programme: 'programme | screening programme | cohort | role group | screening type | high risk role | survey name',
    wave: 'wave | time point | timepoint | round | phase | cycle | follow up | survey wave | visit | sweep | occasion | assessment point',
    recorded_at: 'recorded at | last updated | exported | date entered | entered',
  },
};

export const familyWords: KindWords = {
  context: 'family household survey officer response respondent',
  about: 'family families household partner spouse',
  columns: {
    household_ref:
      'household | household reference | household id | household number | household code | family id | family number | family reference | family code | dyad | dyad id | couple id | couple number | pair id | family',
    member:
      'member | household member | family member | respondent | respondent type | who | role household | completed by | member type | respondent role | person type | role',
    relation: 'relation | relation officer | relation to officer | family relation',
    wave: 'wave | time point | timepoint | round | phase | survey wave | cycle | sweep | occasion',
    taken_on:
      'taken on | completed | completed date | date completed | response date | submitted | submitted date | survey date | date | date taken | date response | returned | date returned | responded',
    consented_on: 'consent on | consent | consent date | date consent | consent given | consent signed',
    withdrawn_on: 'withdrawn on | withdrawn | withdrawn date | date withdrawn | consent withdrawn',
    instrument: 'instrument | measure | questionnaire | tool | scale name | form',
    scale: 'scale | subscale | sub scale | domain',
    score: 'score | total score | total | raw score',
  },
};
