import { describe, expect, it } from 'vitest';
import { absenceWords } from '#main/analysis/cases/absence-words.ts';
import { type CaseStep, caseState, hiddenReviews, mayReview } from '#main/analysis/cases/case-state.ts';
import { decisionFault } from '#main/analysis/cases/decision-rules.ts';
import { signalsToRaise } from '#main/analysis/cases/raise-signals.ts';
import { isOverdue, type OpenedSafety, sameAnswers } from '#main/analysis/cases/safety-list.ts';
import { inWorkingOrder } from '#main/analysis/cases/worklist-order.ts';
import type { WorkItem } from '#shared/contract/cases.ts';

describe('signals', () => {
  const count = { person: 'A', rule: 'count>=8 in 180d', words: 'eight', eventDays: null };
  const single = { person: 'A', rule: 'single:TERROR', words: 'terror', eventDays: [100] };
  const at = (asOfDay: number) => ({ asOfDay, cooldownDays: 28 });
  const raised = (asOfDay: number) => ({ person: 'A', rule: count.rule, asOfDay, eventDay: null });

  it('of a rule that held before are raised again only when its cool-down is over', () => {
    expect(signalsToRaise([count], [], at(100))).toHaveLength(1);
    expect(signalsToRaise([count], [raised(100)], at(127))).toEqual([]);
    expect(signalsToRaise([count], [raised(100)], at(128))).toHaveLength(1);
    expect(signalsToRaise([count], [raised(100), raised(128)], at(140))).toEqual([]);
  });

  it('of another person or another rule have a cool-down of their own', () => {
    const others = [
      { ...raised(100), person: 'B' },
      { ...raised(100), rule: 'count>=9 in 180d' },
    ];
    expect(signalsToRaise([count], others, at(101))).toHaveLength(1);
  });

  it('of single events are raised once for each event, within the cool-down too', () => {
    const first = { person: 'A', rule: single.rule, asOfDay: 100, eventDay: 100 };
    expect(signalsToRaise([single], [], at(100))).toMatchObject([{ eventDay: 100 }]);
    expect(signalsToRaise([single], [first], at(101))).toEqual([]);
    // A second event, and one that was recorded late.
    const more = { ...single, eventDays: [100, 102, 95, 102] };
    expect(signalsToRaise([more], [first], at(102)).map(({ eventDay }) => eventDay)).toEqual([95, 102]);
  });
});

const step = (id: number, kind: CaseStep['kind'], more: Partial<CaseStep> = {}): CaseStep => ({
  id,
  kind,
  user: 'ann',
  decision: null,
  dueDay: null,
  lastSignal: 0,
  at: `2026-03-0${id}T09:00:00.000Z`,
  ...more,
});

describe('where a case stands', () => {
  it('follows from its events alone', () => {
    const opened = [step(1, 'opened')];
    expect(caseState(opened)).toMatchObject({ state: 'open', decision: null, lastEvent: 1, reviewedSignal: 0 });
    const decided = [...opened, step(2, 'decision', { decision: 'monitor', dueDay: 50, lastSignal: 7 })];
    expect(caseState(decided)).toMatchObject({ state: 'open', decision: 'monitor', dueDay: 50, reviewedSignal: 7 });
    const closed = [...decided, step(3, 'decision', { decision: 'close', lastSignal: 9 })];
    expect(caseState(closed)).toMatchObject({ state: 'closed', dueDay: null, reviewedSignal: 9 });
    const again = [...closed, step(4, 'reopened', { dueDay: 60 })];
    expect(caseState(again)).toMatchObject({
      state: 'open',
      decision: null,
      dueDay: 60,
      reviewedSignal: 9,
      lastEvent: 4,
    });
  });

  it('hides each of two reviews from the other reviewer until both are in', () => {
    const asked = [step(1, 'opened'), step(2, 'review_asked')];
    expect([mayReview([step(1, 'opened')], 'ann'), mayReview(asked, 'ann')]).toEqual([false, true]);
    const one = [...asked, step(3, 'review', { user: 'ann', decision: 'contact' })];
    expect([caseState(one).reviewAsked, mayReview(one, 'ann'), mayReview(one, 'bob')]).toEqual([true, false, true]);
    expect([[...hiddenReviews(one, 'bob')], [...hiddenReviews(one, 'ann')]]).toEqual([[3], []]);
    const both = [...one, step(4, 'review', { user: 'bob', decision: 'monitor' })];
    expect([caseState(both).reviewAsked, mayReview(both, 'eve'), hiddenReviews(both, 'bob').size]).toEqual([
      false,
      false,
      0,
    ]);
    // A second request starts anew, and what was shown before stays shown.
    const anew = [...both, step(5, 'review_asked'), step(6, 'review', { user: 'bob' })];
    expect([...hiddenReviews(anew, 'ann')]).toEqual([6]);
  });
});

describe('a decision', () => {
  const plain = { overrides: false, overrideReason: undefined, dueDay: null };
  const now = { today: 100, suggestsOffer: false };

  it('to contact, monitor or escalate has a day on which the case is looked at again', () => {
    for (const decision of ['contact', 'monitor', 'escalate'] as const) {
      expect(decisionFault({ ...plain, decision }, now), decision).toMatch(/needs a day/);
      expect(decisionFault({ ...plain, decision, dueDay: 100 }, now), decision).toBeNull();
    }
    expect(decisionFault({ ...plain, decision: 'no_action' }, now)).toBeNull();
    expect(decisionFault({ ...plain, decision: 'close' }, now)).toBeNull();
    expect(decisionFault({ ...plain, decision: 'close', dueDay: 120 }, now)).toMatch(/no day/);
    expect(decisionFault({ ...plain, decision: 'monitor', dueDay: 99 }, now)).toMatch(/passed/);
    expect(decisionFault({ ...plain, decision: 'monitor', dueDay: 900 }, now)).toMatch(/two years/);
  });

  it('against a signal’s suggestion says so and why', () => {
    const suggested = { today: 100, suggestsOffer: true };
    expect(decisionFault({ ...plain, decision: 'contact', dueDay: 101 }, suggested)).toBeNull();
    for (const decision of ['no_action', 'close'] as const) {
      expect(decisionFault({ ...plain, decision }, suggested), decision).toMatch(/otherwise, and why/);
      expect(decisionFault({ ...plain, decision, overrides: true }, suggested), decision).toMatch(/Say why/);
      const said = { ...plain, decision, overrides: true, overrideReason: 'is in treatment already' };
      expect(decisionFault(said, suggested), decision).toBeNull();
    }
  });
});

describe('safety answers', () => {
  const answer = (batch: number, row: number, more: Partial<OpenedSafety> = {}): OpenedSafety => ({
    batch,
    row,
    part: 0,
    answer: 'raised',
    value: 1,
    who: 'a',
    givenDay: 90,
    receivedAt: '2026-03-01T00:00:00.000Z',
    ...more,
  });
  const shape = (answers: readonly OpenedSafety[]): number[] => sameAnswers(answers).map((group) => group.length);

  it('that arrived in two batches are one, those of one batch never', () => {
    expect(shape([answer(-1, 3), answer(4, 3)])).toEqual([2]);
    expect(shape([answer(4, 3), answer(4, 9)])).toEqual([1, 1]);
    expect(shape([answer(4, 3), answer(4, 9), answer(5, 3), answer(5, 9)])).toEqual([2, 2]);
  });

  it('are never put together where person or day are not known, or the answer is another', () => {
    expect(shape([answer(1, 1, { who: '' }), answer(2, 1, { who: '' })])).toEqual([1, 1]);
    expect(shape([answer(1, 1, { givenDay: null }), answer(2, 1, { givenDay: null })])).toEqual([1, 1]);
    expect(
      shape([answer(1, 1), answer(2, 1, { value: 2 }), answer(3, 1, { answer: 'not seen', value: null })]),
    ).toEqual([1, 1, 1]);
  });

  it('are a deputy’s from the very hour on', () => {
    expect([isOverdue(0, 24 * 3_600_000 - 1, 24), isOverdue(0, 24 * 3_600_000, 24)]).toEqual([false, true]);
  });
});

describe('absence in words', () => {
  it('counts days of spells that overlap once, and only those of the year', () => {
    const spells = [
      { startDay: 995, endDay: 1_000 },
      { startDay: 998, endDay: 1_001 },
      { startDay: 100, endDay: 640 },
    ];
    expect(absenceWords(spells, 1_004, true)).toBe(
      '3 spells and 8 calendar days of absence in the year up to the newest data.',
    );
    expect(absenceWords([{ startDay: 1_004, endDay: null }], 1_004, true)).toMatch(
      /^1 spell and 1 calendar day .*not ended\.$/,
    );
  });

  it('is not assessable where no absences were ever imported, and none is none', () => {
    expect(absenceWords([], 1_000, false)).toMatch(/^Not assessable/);
    expect(absenceWords([{ startDay: 1, endDay: 2 }], 1_000, true)).toMatch(/^No absence is recorded/);
  });
});

describe('the order of the worklist', () => {
  const item = (person: string, more: Partial<WorkItem>): WorkItem => ({
    kind: 'case',
    person,
    case: 1,
    openCase: 1,
    reasons: [],
    raisedBy: [],
    since: '2026-03-01',
    state: 'open',
    decision: 'monitor',
    due: null,
    overdue: false,
    newSignals: 0,
    reviewAsked: false,
    ...more,
  });

  it('puts overdue reviews first, then referrals, what is new, signals, what waits for its day, and what is closed', () => {
    const items = [
      item('closed', { state: 'closed', decision: 'close' }),
      item('waits', {}),
      item('signal', { kind: 'signal', state: 'waiting', decision: null, newSignals: 3 }),
      item('new', { newSignals: 1 }),
      item('referral', { kind: 'referral', state: 'waiting', decision: null }),
      item('late', { overdue: true, due: '2026-02-01' }),
      item('later', { overdue: true, due: '2026-02-02' }),
      item('older signal', { kind: 'signal', state: 'waiting', decision: null, since: '2026-02-01' }),
    ];
    expect(inWorkingOrder(items).map(({ person }) => person)).toEqual([
      'late',
      'later',
      'referral',
      'new',
      'older signal',
      'signal',
      'waits',
      'closed',
    ]);
  });
});
