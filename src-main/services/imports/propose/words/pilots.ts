import type { KindWords } from './kind-words.ts';

const pilot =
  'pilot | pilot name | pilot id | pilot code | study | study name | trial | trial name | project | intervention | study id | trial id | programme';
const cluster =
  'cluster | cluster id | cluster name | team | station | site | unit | shift team | district | area | group cluster';

export const enrolmentWords: KindWords = {
  context: 'pilot trial participant enrolled study',
  about: 'enrolment enrolments pilot randomisation allocation participants recruitment trial',
  columns: {
    pilot,
    eligible_on:
      'eligible on | eligible | eligible date | date eligible | screened date | date screened | assessed eligible | approached | date approached | screened',
    stratum: 'stratum | strata | stratification | block | stratification group | stratifier',
    cluster,
    arm: 'arm | group | allocated group | treatment group | trial arm | study arm | condition | allocated arm | randomised group | treatment arm | allocated to | allocated | treatment | study group',
    allocated_on: 'allocated on | allocated date | date allocated | date randomised | allocated time',
    consented_on:
      'consent on | consent date | date consent | consent | consent signed | consent given | date consented',
    withdrawn_on:
      'withdrawn on | withdrawn date | date withdrawn | withdrawn | dropout date | date dropout | left study | exit date | drop out date',
    not_enrolled_reason:
      'not enrolled reason | reason not enrolled | reason | exclusion reason | reason excluded | decline reason | declined reason | reason declined | ineligible reason | reason not taking part | why not',
  },
};

export const clusterWords: KindWords = {
  context: 'pilot trial cluster',
  about: 'cluster clusters wedge rollout sequence',
  columns: {
    pilot,
    cluster,
    sequence:
      'sequence | step | wedge | order | sequence number | wedge step | rollout order | crossover step | randomised sequence | tranche',
    exposed_from:
      'exposed from | exposed | go live | go live date | start date | crossover date | intervention start | live from | rollout date | switch date | date start | from | intervention from | date go live | crossover',
  },
};

export const sessionPlanWords: KindWords = {
  context: 'pilot session planned',
  about: 'plan planned timetable schedule programme fidelity delivery',
  columns: {
    pilot,
    cluster,
    at: 'at | planned | planned date | session date | date session | scheduled | date | date time | planned start | session start | start | session time | scheduled start | date planned | planned at | planned for',
    minutes:
      'minutes | planned minutes | length | duration | planned duration | duration minutes | planned length | mins',
    checklist:
      'checklist | fidelity | fidelity score | checklist score | adherence | adherence score | fidelity checklist | fidelity rating',
  },
};

export const sessionWords: KindWords = {
  context: 'pilot session attended participant attendance',
  about: 'session sessions attendance register attended',
  columns: {
    pilot,
    at: 'at | session date | date session | attended | attended at | date attended | date | date time | session start | start | session time | attended on | session | start time | attended date',
    minutes:
      'minutes | minutes attended | duration | length | duration minutes | time attended | mins attended | length minutes | mins',
    within_shift:
      'within shift | shift | during shift | duty | on duty | in duty time | during duty | in work time | in shift | on shift | duty time',
  },
};

export const adverseWords: KindWords = {
  context: 'pilot adverse event ae participant',
  about: 'adverse events event safety sae ae harms',
  columns: {
    pilot,
    on: 'on | event date | date event | date | onset | onset date | date onset | occurred | occurred on | date occurred | ae date | start date | report date | date reported',
    category:
      'category | event type | type | event category | ae category | ae type | nature | description category | term | ae term | event term | event',
    seriousness:
      'seriousness | serious | severity | sae | serious adverse event | grade | intensity | how serious | serious flag',
  },
};

export const costWords: KindWords = {
  context: 'cost budget finance',
  about: 'cost costs budget finance ledger spend invoice invoices',
  columns: {
    item: 'item | cost item | description | category | expense | line item | expense type | cost category | cost type | budget line | narrative | account description | supplier | spend type | nominal description | cost',
    period:
      'period | month | quarter | financial year | year | accounting period | fiscal period | cost period | date | invoice date | posting date | financial period | period ending | month ending',
    amount_gbp:
      'amount gbp | amount | cost | value | net | net amount | gbp | total cost | actual | actual cost | price | gross | total | net gbp | amount net | actual gbp | cost gbp | total gbp | gross amount',
    pilot: 'pilot | project | project name | study | trial | pilot name | project code',
    service: 'service | department | service area | service name | business area | provider',
  },
};

export const studyWords: KindWords = {
  context: 'article paper study publication',
  about: 'studies references bibliography search results export articles literature',
  columns: {
    title: 'title | article title | document title | study title | primary title | paper title | title article',
    year: 'year | publication year | pub year | year published | date published | publication date | published | py | cover date',
    authors: 'author | author full names | author names | author list | creator | au | first author',
    doi: 'doi | digital object id | doi link | article doi',
    journal:
      'journal | source title | journal title | journal book | publication | publication title | source publication | container title | journal name | book title | publication name',
    volume: 'volume | vol',
    issue: 'issue | issue number',
    pages: 'page | page range | start page | page start | pagination',
    abstract: 'abstract | abstract note | summary | ab',
    keywords:
      'keyword | author keyword | index keyword | subject | mesh | tags | descriptors | manual tags | subject headings | mesh terms',
    type: 'type | document type | publication type | item type | study type | reference type | material type',
    pmid: 'pmid | pubmed id | pubmed number | accession pubmed | medline id',
    url: 'url | link | web address | address | uri | full text link | permalink',
    source_db:
      'source db | database | source database | db | retrieved from | library catalog | source | database name | database provider',
    language: 'language | lang | language original document',
  },
};
