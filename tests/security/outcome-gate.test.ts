import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisMethods } from '#main/services/analyses/index.ts';
import { methods } from '#main/services/analyses/methods.ts';
import { evaluationRefusal } from '#main/services/pilots/index.ts';
import { contract, operationNames } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import {
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';

const folder = temporaryFolder('outcome-gate');
const vault = join(folder, 'vault');
const pilot = 'Brief mindfulness';
const [from, to] = ['2026-01-01', '2026-06-30'];

const people = 41;
/** Everybody has this score, so that it is every mean, median and end of a range. */
const plantedScore = 3.7137;
/** Days lost in all, and the share of those who are over a cut-off. */
const plantedDays = people * 13;
const overCutOff = 19;
const plantedShare = overCutOff / people;
const told = /3\.71|46\.3|(?<![\w.])533(?!\w)/;

/** A request to release a report, which an analyst makes. */
let asking = 0;
let made = 0;
function path(name: string): string {
  made += 1;
  return join(folder, 'out', `${made}-${name}`);
}

/** A spec for every analysis there is. */
const specs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'exposure-load': { asOf: to },
  'exposure-series': { from: '2026-01', to: '2026-06' },
  'exposure-trend': { from: '2026-01', to: '2026-06', by: 'force' },
  'exposure-outcome': { instrument: 'RAS', from, to },
  signals: { asOf: to },
  'scheme-comparison': { first: 'count-v1', second: 'tiered-v1', asOf: to },
  'exposure-period': { from, to },
  'screening-summary': { from, to },
  absence: { from, to },
  'support-uptake': { from, to },
  'early-warning': { asOf: to },
  'peer-network': { asOf: to },
  'pilot-power': { design: 'randomised', people: 120 },
  'pilot-enrolment': { asOf: to, pilot },
  engagement: { activity: 'E1' },
  'pilot-fidelity': { asOf: to, pilot },
  'pilot-timetable': { pilot, from, to },
  'pilot-evaluation': { pilot },
  'family-impact': {},
  'review-synthesis': { measure: 'SMD', findings: [] },
  indicators: { asOf: to },
};
/** All of a vault, and the parts that measure outcomes one by one. */
const releases = [
  { force: 'North', from, to },
  { force: 'North', from, to, indicators: [], exposures: false },
  { force: 'North', from, to, indicators: ['caseness-phq-9'], absence: false },
  { force: 'North', from, to, indicators: [], absence: false, curves: [{ instrument: 'RAS', knots: [1, 2, 3] }] },
  { force: 'North', from, to, indicators: [], absence: false, pilots: [pilot] },
];
const resource = {
  ...{ resource: 'R1', theme: 'Screening', title: 'Yearly screening', maturity: 1, target: 3 },
  ...{ assessedOn: to, assessedBy: 'Head of People' },
};
const activity = {
  ...{ activity: 'E1', title: 'Survey', kind: 'survey', audience: 'officers and staff' },
  ...{ from, to, invited: 41, responded: 21 },
};
const report = { template: 'exposure-and-wellbeing' as const, from, to };
/** With words that quote an outcome, as an analyst may write and keep them. */
const inWords = {
  ...report,
  narrative: [{ section: 'summary', place: 'end' as const, text: 'Scores were 3.71 on average.' }],
};

const review = 'What is published';
const study = {
  ...{ study: 'Grupe 2021', title: 'Grupe et al. 2021', reports: [{ citation: 'Grupe et al. 2021' }] },
  ...{ design: 'randomised', studied: 'police' },
};

/** Inputs for everything that an evaluator may call, and that does not end or replace the session. */
const asked: Readonly<Record<string, () => readonly unknown[]>> = {
  'vault.state': () => [{}],
  'vault.touch': () => [{}],
  'vault.check': () => [{ head: null }],
  'vault.changePassphrase': () => [{ passphrase, newPassphrase: passphrase }],
  'vault.saveRecovery': () => [{ file: path('recovery.txt'), text: 'not a key' }],
  'imports.list': () => [{}],
  'analyses.run': () => Object.entries(specs).map(([method, spec]) => ({ method, spec })),
  'overview.get': () => [{}],
  'work.changes': () => [{}],
  'work.tasks': () => [{}],
  'instruments.held': () => [{}],
  'codes.rules': () => [{}],
  'codes.unmapped': () => [{}],
  'codes.export': () => [{ file: path('rules.json') }],
  'schemes.list': () => [{}],
  'schemes.get': () => [{ scheme: 'count-v1' }],
  'schemes.approve': () => [{ scheme: 'tiered-v1', hash: '', agree: true, reason: 'read it' }],
  'schemes.retire': () => [{ scheme: 'no-such-scheme', reason: 'not used' }],
  'schemes.compare': () => [{ first: 'count-v1', second: 'tiered-v1', asOf: to }],
  'schemes.export': () => [{ scheme: 'count-v1', file: path('scheme.json') }],
  'worklistScheme.get': () => [{}],
  'earlyWarning.models': () => [{}],
  'services.list': () => [{}],
  'signposting.get': () => [{}],
  'targets.list': () => [{}],
  'quality.get': () => [{}, { asOf: to }],
  'reports.preview': () => [
    { spec: report },
    { spec: { ...report, sections: ['families', 'support', 'peer-network'] } },
    { spec: { template: 'family-summary' } },
    { spec: { template: 'model-card', run: { asOf: to } } },
    { spec: { template: 'data-quality' } },
  ],
  'reports.build': () => [{ spec: report, folder: path('report') }],
  'reports.verify': () => [{ folder: join(folder, 'report') }],
  'reports.list': () => [{}],
  'reports.drafts': () => [{}],
  'reports.saveDraft': () => [
    { name: 'Mine', spec: { ...inWords, narrative: [{ ...inWords.narrative[0], text: 'Words.' }] }, over: null },
  ],
  'reports.removeDraft': () => [{ draft: 999, version: 1 }],
  'reports.requests': () => [{}],
  'reports.look': () => [{ request: asking }],
  'releases.list': () => [{}],
  'releases.requests': () => [{}],
  'releases.key': () => [{}],
  'releases.withdraw': () => [{ id: 999, reason: 'sent by mistake' }],
  'releases.prepare': () => releases.map((spec) => ({ spec })),
  'releases.share': () => releases.map((spec) => ({ spec, reason: 'national picture', file: path('a.bundle') })),
  'bundles.pool': () => [{ files: [path('none.bundle')], spec: {}, trust: null, report: null }],
  'bundles.verify': () => [{ folder: path('none'), files: [path('none.bundle')] }],
  'exports.sessionPlan': () => [{ spec: specs['pilot-timetable'], reason: 'to be imported', file: path('plan.csv') }],
  'reviews.list': () => [{}],
  'reviews.show': () => [{ review }],
  'reviews.save': () => [{ protocol: { review: `review ${path('').length} ${made}`, title: 'A beginning' } }],
  'reviews.register': () => [{ review, hash: '' }],
  'reviews.search': () => [
    {
      review,
      database: 'PubMed',
      on: '2026-03-31',
      query: 'police AND wellbeing',
      hits: 12,
    },
  ],
  'reviews.importReferences': () => [{ review, search: 1, file: path('none.ris') }],
  'reviews.withdrawImport': () => [{ review, source: 999, reason: 'the wrong file' }],
  'reviews.records': () => [{ review }],
  'reviews.record': () => [{ review, record: 999 }],
  'reviews.duplicates': () => [{ review }],
  'reviews.decideDuplicate': () => [{ review, first: 998, second: 999, verdict: 'apart' }],
  'reviews.next': () => [{ review, stage: 'title' }],
  'reviews.decide': () => [{ review, stage: 'title', record: 999, decision: 'include' }],
  'reviews.loadDecisions': () => [{ review, stage: 'title', file: path('none.csv') }],
  'reviews.conflicts': () => [{ review }],
  'reviews.resolve': () => [
    {
      review,
      stage: 'title',
      record: 999,
      decision: 'include',
      note: 'talked it over',
    },
  ],
  'reviews.fullText': () => [{ review, records: [999], state: 'retrieved' }],
  'reviews.study': () => [{ review, record: 999, study: null }],
  'reviews.agreement': () => [{ review, stage: 'title' }],
  'reviews.flow': () => [{ review }],
  'evidence.held': () => [{ review }],
  'evidence.saveStudy': () => [{ review, study }],
  'evidence.saveOutcome': () => [{ review, outcome: { outcome: 'distress', title: 'distress', measure: 'SMD' } }],
  'evidence.tools': () => [{}],
  'evidence.appraise': () => [{ review, appraisal: { study: study.study, tool: 'rob-2', domains: [] } }],
  'evidence.grade': () => [{ review, grade: { outcome: 'distress' } }],
  'evidence.saveGuidance': () => [
    {
      review,
      guidance: {
        ...{ guidance: 'sessions', who: 'response teams', what: 'offer sessions', outcomes: ['distress'] },
        ...{ strength: 'conditional for', certainty: 'low', reason: 'little to lose' },
      },
    },
  ],
  'evidence.withdraw': () => [{ review, kind: 'study', item: 'None', reason: 'entered twice' }],
  'evidence.summary': () => [{ review }],
  'evidence.guidance': () => [{}],
  'evidence.addPilot': () => [{ review, pilot, outcome: 'distress' }],
  'evidence.library': () => [{}],
  'evidence.startFrom': () => [{ review: 'None', library: 'police-wellbeing' }],
  'pilots.list': () => [{}],
  'pilots.show': () => [{ pilot }],
  'pilots.save': () => [{ plan: { pilot: `Another ${path('')}`, title: 'Another' } }],
  'pilots.lock': () => [{ pilot, hash: '' }],
  'pilots.deviate': () => [{ pilot: 'None', what: 'other sessions', reason: 'no room' }],
  'pilots.finish': () => [{ pilot: 'None', reason: 'all were asked' }],
  'pilots.allocate': () => [{ pilot }],
  'pilots.allocations': () => [{ pilot }],
  'pilots.people': () => [{ pilot }],
  'pilots.adverseEvents': () => [{ pilot }],
  'pilots.consent': () => [{ pilot, person: '7K2M-Q4RT-9XBC', on: to }],
  'pilots.withdraw': () => [{ pilot, person: '7K2M-Q4RT-9XBC', on: to, isDataUsed: true }],
  'plan.resources': () => [{}],
  'plan.saveResource': () => [{ resource: { ...resource, evidence: `Seen ${path('')}` } }],
  'plan.actions': () => [{}],
  'plan.startAction': () => [{ title: 'Ask every team' }],
  'plan.action': () => [{ action: 'A1' }],
  'plan.saveAction': () => [{ action: { action: 'A1', title: `Ask every team ${path('')}` } }],
  'plan.signOff': () => [{ action: 'A1', version: 1, post: 'Head of People' }],
  'plan.moveAction': () => [{ action: 'A1', to: 'stopped', reason: 'not needed' }],
  'plan.note': () => [{ action: 'A1', words: 'The room is booked.' }],
  'plan.startPilot': () => [{ action: 'A1', pilot: `From the plan ${path('')}` }],
  'plan.linkPilot': () => [{ action: 'A1', pilot }],
  'plan.loop': () => [{}],
  'plan.holdMeeting': () => [{ meeting: { meeting: `M${made}`, on: to, present: ['Head of People'] } }],
  'plan.meetings': () => [{}],
  'plan.saveActivity': () => [{ activity: { ...activity, title: `Survey ${path('')}` } }],
  'plan.activities': () => [{}],
  'statistics.run': () => [{ procedure: 'describe', spec: { columns: ['x'] }, data: numbers(), folder }],
  'disclosure.suppress': () => [{ data: numbers(), spec: { rows: 'x' } }],
  'host.refused': () => [{ reason: 'rate' }],
  'host.listFolder': () => [{ folder: join(folder, 'out') }],
  'synthetic.write': () => [{ folder: path('force'), people: 5, years: 1, seed: 1, kinds: ['people'] }],
};
const ofTheSession: ReadonlySet<string> = new Set([
  ...['vault.create', 'vault.restore', 'vault.recover', 'vault.unlock', 'vault.lock'],
]);
const mayCall = operationNames.filter((name) => {
  const { roles } = contract[name];
  return roles === 'anyone' || (roles as readonly string[]).includes('evaluator');
});

function numbers(): string {
  return csvFile(folder, 'numbers.csv', 'x', ['1', '2', '4']);
}

/** Places of an answer where a planted value stands, as a number or in words. */
function findings(value: unknown, at: string): string[] {
  if (typeof value === 'number') {
    const near = [plantedScore, plantedShare].some((planted) => Math.abs(value - planted) < 0.005 * planted);
    return near || value === plantedDays ? [at] : [];
  }
  if (typeof value === 'string') return told.test(value) ? [at] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => findings(part, `${at}.${key}`));
}

type Walk = {
  readonly found: readonly string[];
  /** What was asked and refused as closed: the analysis, or else the operation. */
  readonly closed: readonly string[];
};

/** Calls everything, searches every answer, error and file, and says where something stood. */
async function walk(session: Session): Promise<Walk> {
  const found: string[] = [];
  const closed: string[] = [];
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  mkdirSync(join(folder, 'out'));
  for (const [operation, inputsOf] of Object.entries(asked)) {
    for (const input of inputsOf()) {
      made += 1;
      const result: Result<unknown> = await session.engine.call({ operation, input, callId: `walk ${made}` });
      const name = operation === 'analyses.run' ? (input as { method: string }).method : operation;
      found.push(...findings(result, name));
      if (result.ok) continue;
      expect(result.error.message, name).not.toContain('not of its form');
      if (result.error.message.includes('an evaluator sees nothing of them')) closed.push(name);
    }
  }
  for (const file of readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:html|json|csv)$/.test(file) || file.includes('force')) continue;
    if (told.test(readFileSync(join(folder, 'out', file), 'utf8'))) found.push(`file ${file}`);
  }
  return { found, closed };
}

/** Names of the operations and analyses where something was found. */
function placesOf({ found }: Walk): string[] {
  return [...new Set(found.map((at) => at.split('.ok')[0]!.split('.value')[0]!.split('.error')[0]!))].sort();
}

let session: Session;
async function as(name: string): Promise<Session> {
  await session.engine.close();
  session = await unlocked(vault, name);
  return session;
}

const score = (answeredIn: 'screenings' | 'families') => ({
  ...{ measure: { of: 'score' as const, instrument: 'RAS', scale: 'mean', answeredIn }, better: 'high' as const },
  followUp: { fromDay: 80, toDay: 120 },
});
const absence = { measure: { of: 'absence' as const, count: 'days' as const }, better: 'low' as const };
const absences = { ...absence, followUp: { fromDay: 1, toDay: 180 } };

beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst']);
  await session.call('users.add', { name: 'eva', roles: ['evaluator'], passphrase });
  await session.call('users.add', { name: 'both', roles: ['evaluator', 'analyst'], passphrase });
  await session.call('users.add', { name: 'admin', roles: ['administrator'], passphrase });
  const refs = Array.from({ length: people }, (_, at) => `P${at}`);
  const extracts: readonly (readonly [kind: string, header: string, lines: readonly string[]])[] = [
    ['people', 'person_ref,role,unit,service_start', refs.map((ref) => `${ref},Response,North,2015-01-01`)],
    ['exposures', 'person_ref,occurred_at,category', refs.map((ref) => `${ref},2026-02-03T10:00:00,RTC_FATAL`)],
    ['absences', 'person_ref,start,end,reason_code', refs.map((ref) => `${ref},2026-03-02,2026-03-14,Stress`)],
    [
      'screenings',
      'person_ref,instrument,scale,taken_on,score',
      refs.flatMap((ref, at) => [
        `${ref},RAS,mean,2026-04-01,${plantedScore}`,
        `${ref},GAD-7,,2026-04-01,${at < overCutOff ? 15 : 2}`,
      ]),
    ],
    [
      'families',
      'household_ref,member,person_ref,wave,taken_on,consented_on,instrument,scale,score',
      refs.flatMap((ref, at) => [
        `H${at},officer,${ref},1,2026-04-01,2026-03-01,RAS,mean,${plantedScore}`,
        `H${at},partner,,1,2026-04-01,2026-03-01,RAS,mean,${plantedScore}`,
      ]),
    ],
  ];
  for (const [kind, header, lines] of extracts) {
    const file = csvFile(folder, `${kind}.csv`, header, lines);
    const { rows } = await session.call('imports.load', { file, kind, mapping: null });
    expect(rows.rejected, kind).toBe(0);
  }
  await session.call('reports.build', { spec: report, folder: join(folder, 'report') });
  await session.call('releases.setRule', { twoPeople: true, reason: 'to be asked about' });
  const asked = { spec: inWords, folder: join(folder, 'asked'), purpose: 'chief officers' };
  asking = (await session.call('reports.build', asked)).request!;
  await session.call('releases.setRule', { twoPeople: false, reason: 'as it was' });
  await session.call('reports.saveDraft', { name: 'Quoted', spec: inWords, over: null });
}, 120_000);
afterAll(() => session.engine.close());

describe('outcomes before the plan of a pilot is locked', () => {
  it('are looked for in everything that an evaluator may call, and in every analysis', () => {
    expect(mayCall.filter((name) => !ofTheSession.has(name) && !Object.hasOwn(asked, name))).toEqual([]);
    expect(analysisMethods.filter((name) => !Object.hasOwn(specs, name))).toEqual([]);
  });

  it('are there to be found: an evaluator sees them while no pilot measures them', async () => {
    const open = await walk(await as('eva'));
    expect(open.closed).toEqual([]);
    expect(placesOf(open)).toEqual(expect.arrayContaining(['absence', 'reports.preview', 'screening-summary']));
    expect(open.found.some((at) => at.startsWith('file ') && at.endsWith('.html'))).toBe(true);
  }, 120_000);

  it('are closed by kind: a pilot that measures absence leaves scores open', async () => {
    const eva = await as('eva');
    await eva.call('pilots.save', { plan: pilotPlan({ pilot, primary: absences, secondaries: [] }) });
    const refused = await eva.refused('analyses.run', { method: 'absence', spec: specs['absence'] });
    expect(refused.code).toBe('FORBIDDEN');
    expect(refused.message).toContain(`“${pilot}” measures absences`);
    expect(refused.hint).toContain(`Locking the plan of “${pilot}” opens it`);
    await eva.call('analyses.run', { method: 'screening-summary', spec: { from, to } });
  }, 60_000);

  it('are in no answer, error or file of any call, not even where a later version forgets them', async () => {
    const eva = await as('eva');
    const secondaries = [score('families'), absences];
    await eva.call('pilots.save', { plan: pilotPlan({ pilot, primary: score('screenings'), secondaries }) });
    await eva.call('pilots.save', { plan: pilotPlan({ pilot, primary: null, secondaries: [] }) });
    const shut = await walk(eva);
    expect(shut.found).toEqual([]);
    const outcomes = ['screenings', 'families', 'absences'];
    const reading = analysisMethods.filter((name) => methods[name]!.kinds.some((kind) => outcomes.includes(kind)));
    expect(reading.length).toBeGreaterThan(5);
    const reports = ['reports.build', 'reports.look', 'reports.preview', 'reports.verify'];
    const files = [...reports, 'releases.prepare', 'releases.share'];
    const others = ['earlyWarning.models', 'plan.holdMeeting', 'quality.get', 'reports.drafts', ...files];
    expect([...new Set(shut.closed)].sort()).toEqual([...reading, ...others].sort());
    evidence(
      7,
      'every call that an evaluator may make, before the plan of a pilot is locked',
      `${mayCall.length} calls and ${analysisMethods.length} analyses: 0 outcome values in any answer, error or file; ${new Set(shut.closed).size} refused`,
    );
  }, 120_000);

  it('are not shown to an administrator who is to agree that a report of them leaves', async () => {
    const seen = await (await as('admin')).refused('reports.look', { request: asking });
    expect(seen).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('an administrator sees nothing'),
    });
  }, 60_000);

  it('are seen by whoever is an analyst too, which the pilot then says', async () => {
    const both = await as('both');
    const { result } = await both.call('analyses.run', { method: 'screening-summary', spec: { from, to } });
    expect(findings(result, 'result')).not.toEqual([]);
    const evaluation = await both.refused('analyses.run', { method: 'pilot-evaluation', spec: { pilot } });
    expect(evaluation).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('not locked') });
    const { couldSeeOutcomes } = await both.call('pilots.show', { pilot });
    expect(couldSeeOutcomes).toEqual([
      { user: 'both', roles: ['analyst'], why: 'by role' },
      { user: 'eva', roles: ['evaluator'], why: 'before the plan named its outcomes' },
      { user: 'tester', roles: ['analyst'], why: 'by role' },
    ]);
  }, 60_000);

  it('are opened where a pilot is given up, which no evaluator does', async () => {
    const eva = await as('eva');
    await eva.call('pilots.save', { plan: pilotPlan({ pilot: 'Given up' }) });
    const reason = 'nobody wanted it';
    expect((await eva.refused('pilots.drop', { pilot: 'Given up', reason })).code).toBe('FORBIDDEN');
    await (await as('both')).call('pilots.drop', { pilot: 'Given up', reason });
    const { message } = await (await as('eva')).refused('analyses.run', { method: 'absence', spec: { from, to } });
    expect(message).toContain(`“${pilot}”`);
  }, 60_000);

  it('are opened by the lock, to every call that was refused', async () => {
    const eva = await as('eva');
    const secondaries = [score('families'), absences];
    const { hash } = await eva.call('pilots.save', {
      plan: pilotPlan({ pilot, primary: score('screenings'), secondaries }),
    });
    await eva.call('pilots.lock', { pilot, hash });
    const open = await walk(eva);
    expect(open.closed).toEqual([]);
    expect(placesOf(open)).toEqual(expect.arrayContaining(['absence', 'reports.preview', 'screening-summary']));
  }, 120_000);
});

it('keeps an evaluation of a pilot for a plan that is locked, whoever asks', async () => {
  const dataKey = await dataKeyOf(vault);
  withStore(vault, dataKey, (connection) => {
    for (const spec of [{}, { pilot: 'Another' }, { pilot: 7 }]) {
      const refused = evaluationRefusal(connection, 'pilot-evaluation', spec);
      expect(refused?.error.code).toBe('FORBIDDEN');
    }
    expect(evaluationRefusal(connection, 'pilot-evaluation', { pilot })).toBeNull();
    expect(evaluationRefusal(connection, 'absence', {})).toBeNull();
  });
});
