import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import {
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('reviews');
const vault = join(folder, 'vault');
const review = 'Mindfulness for police';
let session: Session;
let dataKey: Buffer;

/** Somebody else at the vault, while nobody has it open. */
async function as<T>(name: string, work: (other: Session) => Promise<T>): Promise<T> {
  await session.engine.close();
  const other = await unlocked(vault, name);
  const answer = await work(other);
  await other.engine.close();
  session = await unlocked(vault);
  return answer;
}

function storeSays(sql: string): string {
  return withStore(vault, dataKey, (connection) => {
    try {
      connection.exec(sql);
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  });
}

const titles = [
  'Mindfulness training for police officers: a randomised trial',
  'Sleep and shift work among nurses in acute hospitals',
  'Resilience and mindfulness in law enforcement: a feasibility study',
  'Brief meditation during roll call and the strain of patrol officers',
  'Yoga for firefighters after night duty and its effect on stress',
];

function ris(at: number, title = titles[at]): string {
  return [
    'TY  - JOUR',
    `TI  - ${title}`,
    `AU  - Author${at}, A.`,
    `PY  - ${2010 + at}`,
    'JO  - Journal of Police Studies',
    `VL  - ${at + 1}`,
    `SP  - ${at * 10 + 1}`,
    `DO  - 10.1000/study.${at}`,
    'ER  - ',
    '',
  ].join('\n');
}

async function show() {
  return session.call('reviews.show', { review });
}

beforeAll(async () => {
  session = await newVault(vault, ['administrator', 'analyst']);
  await session.call('users.add', { name: 'eve', roles: ['evaluator'], passphrase });
  await session.call('users.add', { name: 'ann', roles: ['analyst'], passphrase });
  dataKey = await dataKeyOf(vault);
});
afterAll(() => session.engine.close());

describe('a protocol', () => {
  it('begins as a draft, says what it lacks, and is registered once it is complete', async () => {
    const draft = await session.call('reviews.save', { protocol: { review, title: 'A beginning' } });
    expect(draft).toMatchObject({ status: 'draft', version: 1, registration: null });
    expect(draft.gaps.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['question', 'limits', 'reviewers', 'databases']),
    );
    const refusal = await session.refused('reviews.register', { review, hash: draft.hash });
    expect(refusal.params).toHaveProperty('reviewers');
    const whole = await session.call('reviews.save', { protocol: reviewProtocol() });
    expect(whole.gaps).toEqual([]);
    expect((await session.refused('reviews.register', { review, hash: draft.hash })).message).toContain(
      'not the protocol',
    );
    const registered = await session.call('reviews.register', { review, hash: whole.hash, registeredIn: 'OSF' });
    expect(registered).toMatchObject({ status: 'registered', registration: { version: 2, registeredIn: 'OSF' } });
  });

  it('is changed from then on with a reason alone, in the store too', async () => {
    const protocol = reviewProtocol({ background: 'Asked by the wellbeing board.' });
    expect((await session.refused('reviews.save', { protocol })).message).toContain('amendment');
    const { versions } = await session.call('reviews.save', { protocol, reason: 'the board asked for it' });
    expect(versions.map(({ reason }) => reason)).toEqual([null, null, 'the board asked for it']);
    const row = `'${review}', 9, '{}', '', NULL, '', ''`;
    expect(
      storeSays(`INSERT INTO review_protocol (review, version, body, body_hash, reason, at, user) VALUES (${row})`),
    ).toContain('with a reason');
    expect(storeSays('DELETE FROM review_registration')).toContain('never changed');
  });
});

describe('records of a review', () => {
  it('come from files that are tied to searches, broken ones among them, and duplicates are one', async () => {
    const file = writeText(
      join(folder, 'pubmed.ris'),
      `${[...titles.keys()].map((at) => ris(at)).join('')}TY  - JOUR\nAU  - Nobody, N.\nER  - \n`,
    );
    await session.refused('reviews.importReferences', { review, search: 1, file });
    const entry = { review, database: 'PubMed', platform: 'NLM', on: '2026-03-01', query: 'police AND mindfulness' };
    expect(await session.call('reviews.search', { ...entry, hits: 60 })).toMatchObject({ search: 1, records: 0 });
    expect(await session.call('reviews.search', { ...entry, search: 1, hits: 6 })).toMatchObject({
      search: 1,
      hits: 6,
      corrections: 1,
    });
    const imported = await session.call('reviews.importReferences', { review, search: 1, file });
    expect(imported).toMatchObject({ format: 'ris', read: 6, faultyCount: 1, merged: 0, asked: 0 });
    expect(imported.faulty).toEqual([{ row: 6, title: '', fault: 'It has no title.' }]);
    expect((await session.refused('reviews.importReferences', { review, search: 1, file })).message).toContain(
      'already',
    );

    await session.call('reviews.search', { ...entry, database: 'PsycINFO', hits: 3, on: '2026-03-02' });
    const csv = csvFile(folder, 'psycinfo.csv', 'Article Title,Publication Year,Authors,Source Title,DOI', [
      `${titles[0]!.toUpperCase()},2010,"Author0, A.",J Police Stud,https://doi.org/10.1000/STUDY.0`,
      `${titles[2]},2013,"Author2, A.",Other Journal,`,
      'Something quite different about dogs in the courtroom,2015,"Hound, B.",Dog Studies,10.1000/dogs',
    ]);
    const second = await session.call('reviews.importReferences', { review, search: 2, file: csv });
    expect(second).toMatchObject({ format: 'csv', read: 3, faultyCount: 0, merged: 1, asked: 1 });
    const { flow, duplicatesAsked, sources } = await show();
    expect(flow.identified).toMatchObject({ records: 9, databases: 9 });
    expect(flow.removed).toEqual({ duplicates: 1, unreadable: 1 });
    expect(flow.screened).toMatchObject({ records: 7, waiting: 7 });
    expect(duplicatesAsked).toBe(1);
    expect(sources.map(({ records }) => records)).toEqual([6, 3]);
  });

  it('are made one and parted by a person, and back again', async () => {
    const { pairs } = await session.call('reviews.duplicates', { review });
    expect(pairs).toMatchObject([{ verdict: 'asked', why: expect.stringContaining('the journals differ') }]);
    const [first, second] = [pairs[0]!.first.record, pairs[0]!.second.record];
    const say = (verdict: 'same' | 'apart' | 'asked') =>
      session.call('reviews.decideDuplicate', { review, first, second, verdict });
    expect(await say('same')).toEqual({ asked: 0 });
    expect((await show()).flow.removed.duplicates).toBe(2);
    expect(await say('apart')).toEqual({ asked: 0 });
    expect((await show()).flow.removed.duplicates).toBe(1);
    expect(await say('asked')).toEqual({ asked: 1 });
    await say('same');
    const whole = await session.call('reviews.record', { review, record: second });
    expect(whole).toMatchObject({ record: first, copies: 2, reference: { doi: '10.1000/study.2' } });
    expect(whole.origins.map(({ database }) => database)).toEqual(['PubMed', 'PsycINFO']);
  });

  it('go out again with a file that was the wrong one', async () => {
    const wrong = writeText(join(folder, 'wrong.ris'), ris(7, 'A paper on something that nobody had asked for at all'));
    const { source } = await session.call('reviews.importReferences', { review, search: 2, file: wrong });
    expect((await show()).records).toBe(10);
    const after = await session.call('reviews.withdrawImport', { review, source, reason: 'the wrong file' });
    expect(after.flow.identified.records).toBe(9);
    expect(after.sources.at(-1)).toMatchObject({ records: 0, withdrawn: { reason: 'the wrong file' } });
  });
});

describe('screening', () => {
  it('shows a reviewer what waits for them and nothing of what others decided', async () => {
    const { records, exclusion, progress } = await session.call('reviews.next', { review, stage: 'title', limit: 50 });
    expect(records.map(({ title }) => title)).toHaveLength(6);
    expect([exclusion.length, progress]).toEqual([3, { decided: 0, remaining: 6, perHour: null }]);
    const decide = (record: number, decision: 'include' | 'exclude' | 'unsure' | 'none', reason?: string) =>
      session.call('reviews.decide', { review, stage: 'title', record, decision, reason: reason ?? null });
    for (const [at, { record }] of records.entries())
      await decide(record, at === 1 || at === 4 ? 'exclude' : 'include');
    await decide(records[5]!.record, 'none');
    const { progress: last } = await decide(records[5]!.record, 'exclude', 'wrong-population');
    expect(last).toMatchObject({ decided: 6, remaining: 0 });
    await session.refused('reviews.decide', {
      review,
      stage: 'title',
      record: 1,
      decision: 'exclude',
      reason: 'made-up',
    });
    await session.refused('reviews.decide', {
      review,
      stage: 'title',
      record: 1,
      decision: 'include',
      reviewer: 'eve',
    });
    expect((await session.call('reviews.flow', { review })).screened).toMatchObject({ waiting: 6, kept: 0 });

    await as('eve', async (eve) => {
      const mine = await eve.call('reviews.next', { review, stage: 'title', limit: 50 });
      expect(JSON.stringify(mine)).not.toMatch(/"decision"|tester/);
      expect(mine.progress.remaining).toBe(6);
      const unseen = await eve.call('reviews.record', { review, record: mine.records[0]!.record });
      expect([unseen.place, unseen.decisions]).toEqual(['to-screen', []]);
      const file = csvFile(folder, 'eve.csv', 'record,decision,reason,reviewer', [
        `${mine.records[0]!.record},include,,eve`,
        '10.1000/STUDY.1,exclude,,',
        `${mine.records[2]!.record},unsure,,`,
        `${mine.records[3]!.record},exclude,wrong-population,`,
        `${mine.records[4]!.record},exclude,,`,
        '10.1000/dogs,exclude,wrong-population,eve',
        '999,include,,',
        `${mine.records[0]!.record},include,,tester`,
        `${mine.records[0]!.record},perhaps,,`,
      ]);
      const loaded = await eve.call('reviews.loadDecisions', { review, stage: 'title', file });
      expect(loaded).toMatchObject({ read: 9, accepted: 6, rejected: 3 });
      expect(loaded.rejects.map(({ row }) => row)).toEqual([7, 8, 9]);
    });
  });

  it('is refused to whoever is no reviewer', async () => {
    await as('ann', async (ann) => {
      expect((await ann.refused('reviews.next', { review, stage: 'title' })).code).toBe('FORBIDDEN');
      expect((await ann.call('reviews.flow', { review })).screened.records).toBe(6);
    });
  });

  it('names where reviewers differ, how far they agree, and settles it by what they agree on', async () => {
    const { total, conflicts } = await session.call('reviews.conflicts', { review });
    expect(total).toBe(1);
    expect(conflicts[0]!.decisions.map(({ reviewer, decision }) => `${reviewer} ${decision}`)).toEqual([
      'tester include',
      'eve exclude',
    ]);
    const { pairs } = await session.call('reviews.agreement', { review, stage: 'title' });
    expect(pairs).toMatchObject([
      {
        first: 'eve',
        second: 'tester',
        n: 6,
        table: { bothKeep: 2, firstKeeps: 0, secondKeeps: 1, bothExclude: 3 },
        agreed: { estimate: 5 / 6 },
      },
    ]);
    expect(pairs[0]!.kappa!.estimate).toBeCloseTo(2 / 3, 12);
    const { record } = conflicts[0]!.reference;
    const settle = { review, stage: 'title', record, note: 'read it together' } as const;
    expect(await session.call('reviews.resolve', { ...settle, decision: 'include' })).toEqual({
      record,
      place: 'to-retrieve',
      conflicts: 0,
    });
    await session.refused('reviews.decide', { review, stage: 'title', record, decision: 'exclude' });
    expect(await session.call('reviews.resolve', { ...settle, decision: 'none' })).toMatchObject({ conflicts: 1 });
    await session.call('reviews.resolve', { ...settle, decision: 'include' });
    expect((await session.call('reviews.flow', { review })).screened).toMatchObject({
      excluded: 3,
      kept: 3,
      waiting: 0,
    });
  });

  it('goes on to full texts, each excluded for one reason, and reports are put together as studies', async () => {
    const { records } = await session.call('reviews.records', { review, places: ['to-retrieve'] });
    const [a, b, c] = records.map(({ record }) => record) as [number, number, number];
    await session.refused('reviews.decide', { review, stage: 'full-text', record: a, decision: 'include' });
    await session.call('reviews.fullText', { review, records: [c], state: 'not-retrieved', note: 'no library has it' });
    await session.call('reviews.fullText', { review, records: [a, b], state: 'retrieved' });
    await session.refused('reviews.decide', { review, stage: 'full-text', record: a, decision: 'exclude' });
    const decide = (of: Session, record: number, decision: 'include' | 'exclude', reason: string | null = null) =>
      of.call('reviews.decide', { review, stage: 'full-text', record, decision, reason });
    await decide(session, a, 'include');
    await decide(session, b, 'exclude', 'no-outcome');
    await as('eve', async (eve) => {
      await decide(eve, a, 'include');
      await decide(eve, b, 'exclude', 'wrong-intervention');
    });
    expect((await session.call('reviews.flow', { review })).assessed).toMatchObject({ conflicts: 1, included: 1 });
    const settle = { review, stage: 'full-text', record: b, note: 'looked at the table' } as const;
    await session.refused('reviews.resolve', { ...settle, decision: 'exclude' });
    await session.call('reviews.resolve', { ...settle, decision: 'exclude', reason: 'no-outcome' });
    const { flow } = await session.call('reviews.study', { review, record: a, study: 'Author 2010' });
    expect(flow.assessed).toEqual({
      reports: 2,
      excluded: 1,
      byReason: [{ reason: 'no-outcome', words: 'Neither strain nor absence is measured.', reports: 1 }],
      included: 1,
      waiting: 0,
      conflicts: 0,
    });
    expect([flow.sought, flow.included]).toEqual([
      { reports: 3, notRetrieved: 1, retrieved: 2, waiting: 0 },
      { studies: 1, reports: 1 },
    ]);
    const lost = reviewProtocol({ exclusion: [{ code: 'other', words: 'Another.' }] });
    expect((await session.refused('reviews.save', { protocol: lost, reason: 'shorter' })).message).toContain(
      'no-outcome',
    );
  });

  it('leaves in the log who decided what of which record, and no word of a record', async () => {
    const { entries } = await session.call('audit.list', { offset: 0, limit: 500, action: 'review.decide' });
    expect(entries.length).toBeGreaterThan(9);
    const { entries: all } = await session.call('audit.list', { offset: 0, limit: 500 });
    expect(JSON.stringify(all)).not.toMatch(/Mindfulness training|talked|read it together|no library/);
  });
});
