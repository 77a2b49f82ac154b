import type { KindWords } from './kind-words.ts';

export const peopleWords: KindWords = {
  context: 'employee staff hr person officer individual member post personnel',
  about: 'hr establishment people staff list workforce headcount personnel employees',
  columns: {
    workforce_type:
      'workforce type | employee type | employment type | staff type | person type | officer staff | employee group | staff group | employee category | employment category | workforce group | police or staff | worker type | contract category',
    rank: 'rank | grade | rank grade | rank description | pay grade | grade rank | substantive rank | current rank',
    role: 'role | job title | position title | post title | job role | role title | job | position | post | job description | post description | position name | function | occupation | role description',
    unit: 'unit | team | department | section | station | org unit | organisation unit | organisation | unit team | unit name | business unit | cost centre | posting | base station | directorate | command | division | district | area | lpu | bcu | location | place work | work location | base | unit description | team name',
    sex: 'sex | gender',
    ethnicity_group:
      'ethnicity | ethnic group | ethnic origin | ethnicity group | self defined ethnicity | sde | ethnic',
    birth_year: 'birth year | year birth | birth date | date birth',
    service_start:
      'service start | continuous service | continuous service date | date joined | joined | join date | joining date | start date | date start | hire date | date hired | appointment date | date appointed | original hire date | latest hire date | latest start date | police service start | employment start | joined force | date joining | entry | entry date | date entry | entered service | date started | commenced service',
    service_end:
      'service end | leaving date | leave date | date left | left | leaver date | termination date | date leaving | end date | end employment | employment end | exit date | actual termination date | last day service | leaving | termination | date end',
    fte: 'fte | wte | fte value | contract fte | fulltime equivalent | cap util lvl | capacity utilisation level | employment percentage | employment percent | working time percentage | contract hours | weekly hours | hours per week | contract hours week | working hours | weekly contract hours | hours',
    name: 'name | full name | employee name | officer name | surname | last name | display name | known as',
    collar:
      'collar | collar number | shoulder number | warrant number | warrant | force number | epaulette number | pin | shoulder | badge number',
  },
};

export const postingWords: KindWords = {
  context: 'employee staff hr person officer posting post position assignment',
  about: 'posting postings history assignment moves transfers',
  columns: {
    unit: peopleWords.columns['unit'] ?? '',
    role: peopleWords.columns['role'] ?? '',
    from: 'posting from | from | from date | date from | effective from | start date | start | post start | position start | assignment start | effective date | effective start | valid from | date posted | posted date',
    to: 'posting to | to | to date | date to | effective to | end date | end | post end | position end | assignment end | effective end | valid to',
    fte: 'fte | wte | fte value | contract fte | contract hours | weekly hours | hours per week',
    recorded_at: 'recorded at | last updated | updated | entered | date entered | created date | date created | keyed',
  },
};

export const aliasWords: KindWords = {
  context: 'employee staff hr person officer',
  about: 'alias aliases collar history identifiers references lookup crosswalk',
  columns: {
    alias:
      'alias | collar | collar number | shoulder number | warrant number | force number | epaulette number | previous collar | old collar | other reference | identifier value | id value | pin | oh number | survey token',
    type: 'type | id type | identifier type | alias type | reference type | number type',
    from: 'from | valid from | date from | from date | effective from | start date | start | issued | date issued | issue date | allocated from | allocated',
    to: 'to | valid to | date to | to date | effective to | end date | end | ceased | returned | handed back | allocated to | expiry | withdrawn',
  },
};
