import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import type { InputOf, OperationName } from '#shared/contract/index.ts';
import { schemeSchema } from '#shared/domain/scheme.ts';
import { csvFile, passphrase, user, writeText } from '../integration/test-vault.ts';

const report = { template: 'exposure-and-wellbeing' as const, from: '2026-01-01', to: '2026-06-30' };
const savedMapping = {
  kind: 'exposures',
  columns: { person_ref: 'person_ref', occurred_at: 'occurred_at', category: 'category' },
};

/** A day some months from now. */
export function inMonths(months: number): string {
  const day = new Date();
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 10);
}

type SoundInputs = {
  /** A sound input for every operation: a new operation does not compile without one. */
  readonly inputs: { readonly [Name in OperationName]: () => InputOf<Name> };
  /** A path that is not there yet. */
  readonly path: (name: string) => string;
  /** An extract of two people. */
  readonly people: string;
};

/** @param pseudonymOf of a person whom the vault holds, once it does */
export function soundInputs(folder: string, vault: string, pseudonymOf: () => string): SoundInputs {
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit', ['A,Response,North', 'B,,North']);
  const exposures = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category', [
    'A,2026-02-03T10:00:00,RTC_FATAL',
  ]);
  const scheme = writeText(join(folder, 'scheme.json'), JSON.stringify(countV1));
  const codeRules = writeText(
    join(folder, 'rules.json'),
    '{"rules":[{"code":"SD*","category":"DEATH_SUDDEN_NONSUS"}]}',
  );
  let made = 0;
  /** A path that is not there yet. */
  function path(name: string): string {
    made += 1;
    return join(folder, `${made}-${name}`);
  }

  /** An empty folder to watch. */
  function arrivals(): string {
    const arriving = path('arrivals');
    mkdirSync(arriving);
    return arriving;
  }

  /** A plain file for the statistics. */
  function numbers(): string {
    return csvFile(folder, `numbers-${made}.csv`, 'x', ['1', '2', '4']);
  }

  const releaseSpec = { force: 'North', from: '2026-01-01', to: '2026-03-31', absence: false };

  const inputs: { readonly [Name in OperationName]: () => InputOf<Name> } = {
    'vault.state': () => ({}),
    'vault.create': () => ({ folder: path('made'), user: 'maker', roles: [], passphrase }),
    'vault.saveRecovery': () => ({ file: path('recovery.txt'), text: 'not a key' }),
    'vault.unlock': () => ({ folder: vault, user, passphrase }),
    'vault.lock': () => ({}),
    'vault.touch': () => ({}),
    'vault.check': () => ({ head: null }),
    'vault.changePassphrase': () => ({ passphrase, newPassphrase: passphrase }),
    'vault.backup': () => ({ file: path('vault.backup') }),
    'vault.restore': () => ({ file: path('none'), folder: path('restored'), user, passphrase, recoveryKey: null }),
    'backups.state': () => ({}),
    'backups.schedule': () => ({ schedule: { folder, everyDays: 7, keep: 4 } }),
    'vault.recover': () => ({ folder: vault, keys: 'vault-key 0', user: 'nobody', newPassphrase: passphrase }),
    'vault.rekey': () => ({}),
    'vault.setLockAfter': () => ({ minutes: 10 }),
    'users.list': () => ({}),
    'users.remove': () => ({ name: 'nobody at all' }),
    'users.setRoles': () => ({ name: 'nobody at all', roles: ['analyst'] }),
    'users.grant': () => ({ name: 'nobody at all' }),
    'users.add': () => ({ name: `new ${path('').length} ${made}`, roles: ['evaluator'], passphrase }),
    'audit.list': () => ({ offset: 0, limit: 50 }),
    'audit.verify': () => ({}),
    'audit.export': () => ({ file: path('audit.csv'), format: 'csv' }),
    'imports.look': () => ({ file: exposures }),
    'imports.check': () => ({ file: exposures, kind: 'exposures', mapping: null }),
    'imports.load': () => ({ file: exposures, kind: 'exposures', mapping: null }),
    'imports.undo': () => ({ batch: 999 }),
    'imports.list': () => ({}),
    'imports.rejects': () => ({ batch: 1, offset: 0, limit: 10 }),
    'imports.saveRejects': () => ({ batch: 1, file: path('rejects.csv') }),
    'mappings.list': () => ({}),
    'mappings.save': () => ({ name: 'Monthly', mapping: savedMapping, fileName: 'exposures_2026-02.csv' }),
    'mappings.retire': () => ({ name: 'Monthly' }),
    'mappings.export': () => ({ name: 'Monthly', file: path('mapping.json') }),
    'imports.rows': () => ({ file: exposures, dialect: {}, take: { from: 1, count: 10 } }),
    'imports.understood': () => ({
      file: exposures,
      mapping: { kind: 'exposures', columns: { person_ref: 'person_ref' } },
      take: { from: 1, count: 1, numbers: [1, 2] },
    }),
    'imports.values': () => ({
      file: exposures,
      mapping: { kind: 'exposures', columns: { category: 'category' } },
      column: 'category',
    }),
    'imports.leave': () => ({}),
    'imports.saveDraft': () => ({ id: null, file: exposures, body: { step: 'look', mapping: null, decisions: [] } }),
    'imports.drafts': () => ({}),
    'imports.dropDraft': () => ({ id: 999 }),
    'watch.state': () => ({}),
    'watch.start': () => ({ folder: arrivals(), remember: true }),
    'watch.stop': () => ({}),
    'watch.once': () => ({ folder: arrivals(), settleSeconds: 0.1 }),
    'watch.retry': () => ({ id: null }),
    'watch.dismiss': () => ({ id: 999 }),
    'analyses.run': () => ({ method: 'exposure-load', spec: { asOf: '2026-06-30' } }),
    'exposure.timeline': () => ({ person: pseudonymOf() }),
    'overview.get': () => ({}),
    'work.changes': () => ({}),
    'work.tasks': () => ({}),
    'instruments.held': () => ({}),
    'quality.get': () => ({ asOf: '2026-06-30' }),
    'quality.notes': () => ({ batch: 1, offset: 0, limit: 10 }),
    'quality.saveNotes': () => ({ batch: 1, file: path('notes.csv') }),
    'cases.worklist': () => ({}),
    'cases.waiting': () => ({}),
    'cases.acknowledge': () => ({ keys: [{ batch: 999, row: 1, part: 0 }] }),
    'cases.setDeputy': () => ({ hours: 24 }),
    'cases.open': () => ({ person: 'NOBODY', origin: 'clinician' }),
    'cases.view': () => ({ case: 999 }),
    'cases.decide': () => ({ case: 999, seen: 1, decision: 'close', reason: 'nothing to do', overrides: false }),
    'cases.reopen': () => ({ case: 999, reason: 'something to do' }),
    'cases.askReview': () => ({ case: 999, reason: 'a second look' }),
    'cases.review': () => ({ case: 999, decision: 'monitor', reason: 'a second look' }),
    'cases.reveal': () => ({ case: 999, reason: 'to telephone' }),
    'cases.export': () => ({ case: 999, file: path('case.pdf'), identity: false }),
    'codes.rules': () => ({}),
    'codes.unmapped': () => ({}),
    'codes.preview': () => ({ document: { rules: [{ code: 'RTC01', category: 'RTC_FATAL' }] } }),
    'codes.save': () => ({
      document: { rules: [{ code: `RTC${path('').length}${made}`, category: 'RTC_FATAL' }] },
      reason: 'the first ones',
    }),
    'codes.export': () => ({ file: path('rules.json') }),
    'codes.read': () => ({ file: codeRules }),
    'schemes.list': () => ({}),
    'schemes.get': () => ({ scheme: 'tiered-v1' }),
    'schemes.draft': () => ({
      document: schemeSchema.parse({ ...countV1, id: `own-${path('').length}-${made}` }),
      reason: 'the first one',
    }),
    'schemes.submit': () => ({ scheme: 'no-such-scheme', reason: 'to be used' }),
    'schemes.approve': () => ({ scheme: 'no-such-scheme', hash: '', agree: true, reason: 'read it' }),
    'schemes.withdraw': () => ({ scheme: 'no-such-scheme', reason: 'to change it' }),
    'schemes.retire': () => ({ scheme: 'no-such-scheme', reason: 'no longer used' }),
    'schemes.compare': () => ({ first: 'count-v1', second: 'tiered-v1', asOf: '2026-06-30' }),
    'schemes.export': () => ({ scheme: 'tiered-v1', file: path('scheme.json') }),
    'schemes.read': () => ({ file: scheme }),
    'worklistScheme.get': () => ({}),
    'worklistScheme.preview': () => ({ scheme: 'no-such-scheme' }),
    'worklistScheme.adopt': () => ({ scheme: 'no-such-scheme', seen: '', reason: 'read the comparison' }),
    'earlyWarning.keep': () => ({ spec: { asOf: '2026-06-30' }, snapshot: '', reason: 'to be used' }),
    'earlyWarning.models': () => ({}),
    'earlyWarning.use': () => ({ model: 999, reason: 'read its card' }),
    'earlyWarning.stop': () => ({ model: 999, reason: 'it drifts' }),
    'services.list': () => ({}),
    'services.enter': () => ({
      service: 'TRiM',
      type: 'trim',
      audience: 'workforce',
      cost: { gbp: 40, basis: 'contact' },
      capacityPerMonth: 20,
      from: '2024-01-01',
      to: null,
      contact: 'The TRiM desk',
      reason: 'offered since 2024',
    }),
    'services.withdraw': () => ({ service: 'No such service', reason: 'no longer offered' }),
    'signposting.get': () => ({}),
    'signposting.set': () => ({ signposting: null }),
    'peers.propose': () => ({ spec: { asOf: '2026-06-30' } }),
    'peers.decide': () => ({
      spec: { asOf: '2026-06-30' },
      request: 'NONE',
      volunteer: 'NONE',
      decision: 'declined',
      reason: 'another was found',
    }),
    'peers.decisions': () => ({}),
    'evidence.held': () => ({ review: 'no such review' }),
    'evidence.saveStudy': () => ({
      review: 'no such review',
      study: {
        study: 'Grupe 2021',
        title: 'Grupe et al. 2021',
        reports: [{ citation: 'Grupe et al. 2021' }],
        design: 'randomised',
        studied: 'police',
      },
    }),
    'evidence.saveOutcome': () => ({
      review: 'no such review',
      outcome: { outcome: 'distress', title: 'distress', measure: 'SMD' },
    }),
    'evidence.tools': () => ({}),
    'evidence.appraise': () => ({
      review: 'no such review',
      appraisal: { study: 'Grupe 2021', tool: 'rob-2', domains: [] },
    }),
    'evidence.grade': () => ({ review: 'no such review', grade: { outcome: 'distress' } }),
    'evidence.saveGuidance': () => ({
      review: 'no such review',
      guidance: {
        ...{ guidance: 'sessions', who: 'response teams', what: 'offer brief sessions', outcomes: ['distress'] },
        ...{ strength: 'conditional for', certainty: 'low', reason: 'little to lose' },
      },
    }),
    'evidence.withdraw': () => ({
      review: 'no such review',
      kind: 'study',
      item: 'Grupe 2021',
      reason: 'entered twice',
    }),
    'evidence.summary': () => ({ review: 'no such review' }),
    'evidence.guidance': () => ({}),
    'evidence.addPilot': () => ({ review: 'no such review', pilot: 'no such pilot', outcome: 'distress' }),
    'evidence.library': () => ({}),
    'evidence.startFrom': () => ({ review: 'no such review', library: 'police-wellbeing' }),
    'pilots.list': () => ({}),
    'pilots.show': () => ({ pilot: 'no such pilot' }),
    // An idea that measures nothing yet: one that did would close what it measures.
    'pilots.save': () => ({ plan: { pilot: `pilot ${path('').length} ${made}`, title: 'An idea' } }),
    'pilots.lock': () => ({ pilot: 'no such pilot', hash: '' }),
    'pilots.deviate': () => ({ pilot: 'no such pilot', what: 'other sessions', reason: 'no room was free' }),
    'pilots.finish': () => ({ pilot: 'no such pilot', reason: 'all were asked' }),
    'pilots.drop': () => ({ pilot: 'no such pilot', reason: 'nobody wanted it' }),
    'pilots.allocate': () => ({ pilot: 'no such pilot' }),
    'pilots.allocations': () => ({ pilot: 'no such pilot' }),
    'pilots.people': () => ({ pilot: 'no such pilot' }),
    'pilots.consent': () => ({ pilot: 'no such pilot', person: pseudonymOf(), on: '2026-03-02' }),
    'pilots.withdraw': () => ({ pilot: 'no such pilot', person: pseudonymOf(), on: '2026-03-02', isDataUsed: true }),
    'pilots.adverseEvents': () => ({ pilot: 'no such pilot' }),
    'pilots.adverseEvent': () => ({
      ...{ pilot: 'no such pilot', person: pseudonymOf(), on: '2026-03-02' },
      ...{ category: 'Headache', seriousness: 'not serious' as const },
    }),
    'reviews.list': () => ({}),
    'reviews.show': () => ({ review: 'no such review' }),
    'reviews.save': () => ({ protocol: { review: `review ${path('').length} ${made}`, title: 'A beginning' } }),
    'reviews.register': () => ({ review: 'no such review', hash: '' }),
    'reviews.search': () => ({
      review: 'no such review',
      database: 'PubMed',
      on: '2026-03-31',
      query: 'police AND wellbeing',
      hits: 12,
    }),
    'reviews.importReferences': () => ({ review: 'no such review', search: 1, file: path('none.ris') }),
    'reviews.withdrawImport': () => ({ review: 'no such review', source: 999, reason: 'the wrong file' }),
    'reviews.records': () => ({ review: 'no such review' }),
    'reviews.record': () => ({ review: 'no such review', record: 999 }),
    'reviews.duplicates': () => ({ review: 'no such review' }),
    'reviews.decideDuplicate': () => ({ review: 'no such review', first: 998, second: 999, verdict: 'apart' }),
    'reviews.next': () => ({ review: 'no such review', stage: 'title' }),
    'reviews.decide': () => ({ review: 'no such review', stage: 'title', record: 999, decision: 'include' }),
    'reviews.loadDecisions': () => ({ review: 'no such review', stage: 'title', file: path('none.csv') }),
    'reviews.conflicts': () => ({ review: 'no such review' }),
    'reviews.resolve': () => ({
      review: 'no such review',
      stage: 'title',
      record: 999,
      decision: 'include',
      note: 'talked it over',
    }),
    'reviews.fullText': () => ({ review: 'no such review', records: [999], state: 'retrieved' }),
    'reviews.study': () => ({ review: 'no such review', record: 999, study: null }),
    'reviews.agreement': () => ({ review: 'no such review', stage: 'title' }),
    'reviews.flow': () => ({ review: 'no such review' }),
    'plan.resources': () => ({}),
    'plan.saveResource': () => ({
      resource: {
        ...{
          resource: `R${path('').length}${made}`,
          theme: 'Screening',
          title: 'Yearly screening',
          maturity: 1,
          target: 3,
        },
        ...{ evidence: 'Invitations of last year.', assessedOn: '2026-06-30', assessedBy: 'Head of Wellbeing' },
      },
    }),
    'plan.actions': () => ({}),
    'plan.action': () => ({ action: 'A999' }),
    'plan.startAction': () => ({ guidance: { review: 'Brief mindfulness', guidance: 'G1' } }),
    'plan.saveAction': () => ({ action: { action: `A${path('').length}${made}`, title: 'Screen every year' } }),
    'plan.signOff': () => ({ action: 'A999', version: 1, post: 'Assistant Chief Constable' }),
    'plan.moveAction': () => ({ action: 'A999', to: 'stopped', reason: 'no longer needed' }),
    'plan.note': () => ({ action: 'A999', words: 'The room is booked.' }),
    'plan.startPilot': () => ({ action: 'A999', pilot: 'Brief mindfulness' }),
    'plan.linkPilot': () => ({ action: 'A999', pilot: 'Brief mindfulness' }),
    'plan.activities': () => ({}),
    'plan.saveActivity': () => ({
      activity: {
        ...{
          activity: `E${path('').length}${made}`,
          title: 'Spring survey',
          kind: 'survey',
          audience: 'officers and staff',
        },
        ...{ from: '2026-03-01', to: '2026-03-31', invited: 40, responded: 20 },
      },
    }),
    'plan.loop': () => ({}),
    'plan.meetings': () => ({}),
    'plan.holdMeeting': () => ({
      meeting: { meeting: `M${path('').length}${made}`, on: '2026-06-30', present: ['Head of Wellbeing'] },
    }),
    'targets.list': () => ({}),
    'targets.set': () => ({
      indicator: 'absence-rate',
      value: 5,
      owner: 'Head of people',
      reviewOn: '2126-03-31',
      reason: 'agreed by the board',
    }),
    'targets.withdraw': () => ({ indicator: 'over-threshold', reason: 'no longer asked for' }),
    'reports.preview': () => ({ spec: report }),
    'reports.build': () => ({ spec: report, folder: path('report') }),
    'reports.verify': () => ({ folder: path('no-report') }),
    'reports.list': () => ({}),
    'reports.drafts': () => ({}),
    'reports.saveDraft': () => ({
      name: 'Spring',
      spec: { ...report, narrative: [{ section: 'summary', place: 'end', text: 'Words.' }] },
      over: null,
    }),
    'reports.removeDraft': () => ({ draft: 999, version: 1 }),
    'reports.requests': () => ({}),
    'reports.look': () => ({ request: 999 }),
    'approvals.list': () => ({}),
    'approvals.decide': () => ({ id: 999, agree: true, note: '' }),
    'rights.person': () => ({ person: pseudonymOf(), reason: 'asked to see it' }),
    'rights.export': () => ({ person: pseudonymOf(), reason: 'asked to see it', folder: path('person') }),
    'rights.requestErasure': () => ({ person: pseudonymOf(), reason: 'asked to be erased' }),
    'rights.erase': () => ({ request: 999, confirm: pseudonymOf() }),
    'rights.erasures': () => ({}),
    'exports.permissions': () => ({}),
    'exports.permit': () => ({ user, until: inMonths(1), reason: 'an audit of the extracts' }),
    'exports.own': () => ({}),
    'exports.personRows': () => ({
      of: { what: 'loads', spec: { asOf: '2026-06-30' }, people: null },
      reason: 'an audit of the extracts',
      file: path('rows.csv'),
    }),
    'exports.sessionPlan': () => ({
      spec: { pilot: 'P', from: '2026-04-06', to: '2026-04-19' },
      reason: 'agreed with the sergeants',
      file: path('plan.csv'),
    }),
    'exports.withdraw': () => ({ id: 999 }),
    'retention.get': () => ({}),
    'retention.set': () => ({ kind: 'exposures', months: 84 }),
    'retention.review': () => ({}),
    'retention.keep': () => ({ kind: 'people', until: '2040-01-01', reason: 'an inquiry' }),
    'retention.delete': () => ({ kind: 'people', before: '2000-01-01', reason: 'too old' }),
    'host.refused': () => ({ reason: 'rate' }),
    'host.listFolder': () => ({ folder }),
    'disclosure.suppress': () => ({ data: numbers(), spec: { rows: 'x' } }),
    'releases.list': () => ({}),
    'releases.withdraw': () => ({ id: 999, reason: 'sent by mistake' }),
    'releases.prepare': () => ({ spec: releaseSpec }),
    'releases.share': () => ({ spec: releaseSpec, reason: 'national picture', file: path('north.bundle') }),
    'releases.requests': () => ({}),
    'releases.setRule': () => ({ twoPeople: false, reason: 'one analyst' }),
    'releases.key': () => ({}),
    'bundles.pool': () => ({ files: [path('no-such.bundle')], spec: {}, trust: null, report: null }),
    'bundles.verify': () => ({ folder, files: [path('no-such.bundle')] }),
    'statistics.run': () => ({ procedure: 'describe', spec: { columns: ['x'] }, data: numbers(), folder }),
    'synthetic.write': () => ({ folder: path('force'), people: 60, years: 1, seed: 1 }),
  };

  return { inputs, path, people };
}

/** Operations whose input here names nothing that is there. */
export const ofNothing: ReadonlySet<OperationName> = new Set([
  'imports.undo',
  'reports.verify',
  'reports.look',
  'reports.removeDraft',
  'bundles.pool',
  'bundles.verify',
  'releases.withdraw',
  'vault.saveRecovery',
  'users.remove',
  'users.setRoles',
  'users.grant',
  'watch.retry',
  'watch.dismiss',
  'cases.acknowledge',
  'cases.open',
  'cases.view',
  'cases.decide',
  'cases.reopen',
  'cases.askReview',
  'cases.review',
  'cases.reveal',
  'cases.export',
  'schemes.submit',
  'schemes.approve',
  'schemes.withdraw',
  'schemes.retire',
  'worklistScheme.preview',
  'worklistScheme.adopt',
  'earlyWarning.keep',
  'earlyWarning.use',
  'earlyWarning.stop',
  'services.withdraw',
  'peers.decide',
  'evidence.held',
  'evidence.saveStudy',
  'evidence.saveOutcome',
  'evidence.appraise',
  'evidence.grade',
  'evidence.saveGuidance',
  'evidence.withdraw',
  'evidence.summary',
  'evidence.addPilot',
  'evidence.startFrom',
  'plan.action',
  'plan.signOff',
  'plan.moveAction',
  'plan.note',
  'plan.startPilot',
  'plan.linkPilot',
  'pilots.show',
  'pilots.lock',
  'pilots.deviate',
  'pilots.finish',
  'pilots.drop',
  'pilots.allocate',
  'pilots.allocations',
  'pilots.consent',
  'pilots.withdraw',
  'reviews.show',
  'reviews.register',
  'reviews.search',
  'reviews.importReferences',
  'reviews.withdrawImport',
  'reviews.records',
  'reviews.record',
  'reviews.duplicates',
  'reviews.decideDuplicate',
  'reviews.next',
  'reviews.decide',
  'reviews.loadDecisions',
  'reviews.conflicts',
  'reviews.resolve',
  'reviews.fullText',
  'reviews.study',
  'reviews.agreement',
  'reviews.flow',
  'pilots.adverseEvent',
  'targets.withdraw',
  'approvals.decide',
  'exports.withdraw',
  'rights.erase',
  'retention.keep',
  'retention.delete',
]);
/** Operations on one person. */
export const ofOnePerson: ReadonlySet<OperationName> = new Set([
  'exposure.timeline',
  'rights.person',
  'rights.export',
  'rights.requestErasure',
]);
/** Operations that end or replace the session; they have tests of their own. */
export const ofTheSession: ReadonlySet<OperationName> = new Set([
  'vault.create',
  'vault.restore',
  'vault.recover',
  'vault.unlock',
  'vault.lock',
]);
