import { describe, expect, it } from 'vitest';
import { adverseEventsOf } from '#main/analysis/pilots/locked/adverse-events.ts';
import { recruitmentOf } from '#main/analysis/pilots/locked/recruitment.ts';
import { listToShow, tableToShow } from '#main/workers/counts-to-show.ts';
import { participant } from '#tests/fixtures/pilot-records.ts';

const shown = { mayShow: listToShow, mayShowTable: tableToShow };

function inArm(arm: string | null, count: number, from: number) {
  return Array.from({ length: count }, (_, at) => participant(from + at, { arm, consentedDay: 1 }));
}

describe('how people came to be in the arms', () => {
  const people = [...inArm('sessions', 20, 0), ...inArm('as usual', 21, 100)];

  it('is told by arm and reason, and withheld where few were not enrolled', () => {
    const declined = (reason: string, count: number, from: number) =>
      inArm(null, count, from).map((one) => ({ ...one, notEnrolledReason: reason }));
    const { arms, notEnrolled, withheld } = recruitmentOf(
      [...people, ...declined('no time', 12, 200), ...declined('leave', 3, 300), ...declined('other', 9, 400)],
      new Set(),
      listToShow,
    );
    expect(arms).toEqual([
      { what: 'as usual', count: 21 },
      { what: 'sessions', count: 20 },
    ]);
    expect(notEnrolled.find(({ what }) => what === 'leave')?.count).toBeNull();
    // Told with the total, two of three would give the third away.
    expect(notEnrolled.filter(({ count }) => count === null).length).toBeGreaterThan(1);
    expect(withheld).toContain('fewer than 5');
  });

  it('leaves out an arm whose people would tell of few who did not answer, and few who withdrew', () => {
    const left = people.map((one, at) => (at < 3 ? { ...one, withdrawnDay: 9 } : one));
    const { arms, withdrawn } = recruitmentOf(left, new Set(['as usual']), listToShow);
    expect(arms.map(({ count }) => count)).toEqual([null, 20]);
    expect(withdrawn.map(({ count }) => count)).toEqual([null, null]);
    expect(recruitmentOf(people, new Set(), listToShow).withdrawn.map(({ count }) => count)).toEqual([0, 0]);
  });

  it('calls everybody enrolled where a design has no arms', () => {
    expect(recruitmentOf(inArm(null, 30, 0), new Set(), listToShow).arms).toEqual([{ what: 'enrolled', count: 30 }]);
  });
});

describe('adverse events', () => {
  const people = [...inArm('sessions', 40, 0), ...inArm('as usual', 40, 100)];
  const events = (category: string, seriousness: string, persons: readonly number[]) =>
    persons.map((person) => ({ person, category, seriousness }));
  const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

  it('count a person once for a category and seriousness, and stand from ten people on', () => {
    const twice = [...events('worry', 'mild', range(0, 12)), ...events('worry', 'mild', range(0, 12))];
    const told = adverseEventsOf([...twice, ...events('sleep', 'mild', range(0, 15))], people, shown);
    expect(told).toMatchObject({ categories: ['sleep', 'worry'], seriousness: ['mild'] });
    expect('refused' in told ? [] : told.counts).toEqual([
      [15, 15],
      [12, 12],
      [27, 27],
    ]);
    expect(told).toMatchObject({ people: [{ what: 'sessions', count: 15 }], withheld: null });
  });

  it('of few people are withheld, and a total of many reports of few people too', () => {
    const few = [...events('worry', 'mild', range(0, 9)), ...events('worry', 'serious', range(0, 9))];
    const told = adverseEventsOf(few, people, shown);
    if ('refused' in told) throw new Error(told.refused);
    // Eighteen reports, of nine people.
    expect(told.counts.flat()).toEqual([null, null, null, null, null, null]);
    expect(told.people).toEqual([{ what: 'sessions', count: null }]);
    expect(told.withheld).toContain('fewer than 10');
  });

  it('that nobody recorded are not said not to have happened', () => {
    expect(adverseEventsOf([], people, shown)).toMatchObject({ refused: expect.stringContaining('asked for') });
  });
});
