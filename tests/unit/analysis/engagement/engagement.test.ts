import { describe, expect, it } from 'vitest';
import { engagement, minimumFor } from '#main/analysis/engagement/engagement.ts';
import type { EngagementInput } from '#main/analysis/engagement/input.ts';
import { engagementScript } from '#main/analysis/engagement/r-script.ts';
import { engagementWarnings, readEngagement } from '#main/analysis/engagement/reading.ts';
import { rowsOfSafeTable } from '#main/disclosure/safe-rows.ts';
import { listToShow } from '#main/workers/counts-to-show.ts';
import { type Activity, activitySchema } from '#shared/domain/engagement.ts';
import { readCounts } from '#shared/domain/engagement-counts.ts';

const base = {
  ...{ activity: 'E1', title: 'Spring survey', kind: 'survey', audience: 'officers and staff' },
  ...{ from: '2026-03-01', to: '2026-03-31', invited: 200, responded: 80 },
};
const groups = (...rows: readonly (readonly [group: string, invited: number, responded: number])[]) =>
  rows.map(([group, invited, responded]) => ({ by: 'role', group, invited, responded }));
const workforce = new Map([
  ['CID', 100],
  ['Response', 150],
]);

function found(more: object, input: Partial<EngagementInput> = {}) {
  const activity: Activity = activitySchema.parse({ ...base, ...more });
  return engagement({
    ...{ activity, by: ['role'], minimum: 5, workforceBy: () => workforce, rowsToShow: rowsOfSafeTable, listToShow },
    ...input,
  });
}

describe('who was reached', () => {
  it('is a rate with its Wilson interval, as prop.test(80, 200, correct = FALSE) gives it in R', () => {
    const { response } = found({});
    expect(response).toMatchObject({ invited: 200, responded: 80, reason: null });
    expect(response.rate?.share).toBe(0.4);
    expect(response.rate?.low).toBeCloseTo(0.334606, 6);
    expect(response.rate?.high).toBeCloseTo(0.469163, 6);
  });

  it('is set beside the workforce: response has half its share of those who answered', () => {
    const { reach } = found({ groups: groups(['CID', 80, 56], ['Response', 120, 24]) });
    const response = reach[0]?.groups.find(({ group }) => group === 'Response');
    expect(response).toMatchObject({ ofRespondents: 0.3, ofWorkforce: 0.6, workforce: 150 });
    expect(response?.ratio?.estimate).toBeCloseTo(0.5, 12);
    expect(response?.ratio?.high).toBeLessThan(1);
    expect(response?.difference).toBeCloseTo(-0.3 / Math.sqrt((0.21 + 0.24) / 2), 12);
    expect(readEngagement(found({ groups: groups(['CID', 80, 56], ['Response', 120, 24]) })).join(' ')).toContain(
      'Response are fewer among those who answered than in the workforce',
    );
  });

  it('withholds a small group and a second one from which it would follow', () => {
    const { reach } = found({
      groups: groups(['CID', 80, 30], ['Dogs', 6, 3], ['Response', 80, 40], ['Traffic', 34, 7]),
    });
    const withheld = reach[0]?.groups.filter(({ reason }) => reason === 'few') ?? [];
    expect(withheld.map(({ group }) => group)).toContain('Dogs');
    expect(withheld.length).toBeGreaterThan(1);
    for (const row of withheld) {
      expect([row.invited, row.responded, row.rate, row.workforce, row.ratio]).toEqual(Array(5).fill(null));
    }
  });

  it('withholds a group of fewer than ten, of which a rate would be told by its counts', () => {
    const { reach } = found({
      groups: groups(['CID', 91, 30], ['Dogs', 19, 10], ['Response', 81, 35], ['Ports', 9, 5]),
    });
    const told = reach[0]?.groups.filter(({ reason }) => reason === null).map(({ group }) => group) ?? [];
    expect(told).not.toContain('Ports');
    expect(told.length).toBeLessThan(3);
  });

  it('lets no group follow from those whose group nobody noted', () => {
    const { reach } = found({ groups: groups(['CID', 80, 30], ['Response', 117, 48]) });
    expect(reach[0]?.groups.filter(({ reason }) => reason === 'few').length).toBeGreaterThan(1);
  });

  it('shows nothing at all where too few answered, or all but a few', () => {
    for (const responded of [4, 197]) {
      const result = found({ responded, themes: [{ theme: 'T1', title: 'Shifts', people: 4 }] });
      expect(result).toMatchObject({ response: { invited: null, responded: null, rate: null }, reach: [], items: [] });
      expect(result.themes).toEqual([]);
    }
  });

  it('asks for ten of families, whatever is asked for', () => {
    const activity = activitySchema.parse({ ...base, audience: 'families' });
    expect([minimumFor(activity, 5), minimumFor(activity, 20)]).toEqual([10, 20]);
  });
});

describe('what people agreed to', () => {
  const item = (...answers: number[]) => ({ items: [{ item: 'Q1', words: 'I can speak up', answers }] });

  it('is told at all five levels where nobody is few, with the median', () => {
    expect(found(item(10, 10, 10, 30, 20)).items[0]).toMatchObject({
      ...{ grain: 'levels', counts: [10, 10, 10, 30, 20], median: 4, top: { share: 50 / 80 } },
    });
  });

  it('is told more coarsely where a level has few, and not at all where agreement has', () => {
    expect(found(item(3, 12, 15, 30, 20)).items[0]).toMatchObject({ grain: 'thirds', counts: [15, 15, 50] });
    expect(found(item(3, 1, 26, 30, 20)).items[0]).toMatchObject({ grain: 'top', counts: [30, 50], median: null });
    expect(found(item(40, 20, 17, 2, 1)).items[0]).toMatchObject({ grain: null, counts: null, top: null });
    expect(engagementWarnings(found(item(40, 20, 17, 2, 1)))).toHaveLength(1);
  });

  it('counts whoever left it out with the middle, so that how many did is told by nothing', () => {
    expect(found(item(10, 10, 8, 30, 20)).items[0]?.counts).toEqual([10, 10, 10, 30, 20]);
  });

  it('is told of a group only where it is not few, and no other group follows', () => {
    const own = groups(['CID', 100, 42], ['Response', 96, 35]);
    const answers = [
      { by: 'role', group: 'CID', answers: [5, 5, 5, 15, 12] },
      { by: 'role', group: 'Response', answers: [5, 5, 4, 14, 7] },
    ];
    const items = [{ item: 'Q1', words: 'I can speak up', answers: [10, 10, 10, 30, 20], groups: answers }];
    // Three people are in no group: were both shown, what those said would follow.
    expect(found({ groups: own, items }).items[0]?.groups.filter(({ top }) => top === null)).toHaveLength(1);
    const all = groups(['CID', 100, 42], ['Response', 100, 38]);
    const told = found({
      groups: all,
      items: [{ ...items[0], groups: [answers[0], { ...answers[1], answers: [5, 5, 5, 15, 8] }] }],
    });
    expect(told.items[0]?.groups.map(({ people }) => people)).toEqual([42, 38]);
  });
});

it('tells a theme where neither those who named it nor the others are few', () => {
  const themes = [4, 40, 78].map((people, at) => ({ theme: `T${at}`, title: `Theme ${at}`, people }));
  expect(found({ themes }).themes.map(({ people }) => people)).toEqual([null, 40, null]);
});

it('gives R the counts that are shown, and no others', () => {
  const result = found({
    groups: groups(['CID', 80, 56], ['Response', 120, 24]),
    items: [{ item: 'Q1', words: 'I can speak up', answers: [3, 12, 15, 30, 20] }],
  });
  const script = engagementScript(result);
  expect(script).toContain('wilson(80, 200)');
  expect(script).toContain('wilson(24, 80) / 0.6');
  expect(script).toContain('c(15, 15, 50)');
});

describe('counts that are pasted', () => {
  it('are read by group and level, whatever separates them', () => {
    const lines = [
      'of\tby\tgroup\tlevel\tcount',
      'invited\trole\tCID\t\t80',
      'responded\trole\tCID\t\t56',
      'I can speak up\t\t\t4\t30',
    ];
    for (const separator of ['\t', ',', ';']) {
      const read = readCounts(lines.join('\n').replaceAll('\t', separator));
      expect(read).toMatchObject({
        ok: true,
        value: {
          groups: [{ group: 'CID', invited: 80, responded: 56 }],
          items: [{ item: 'Q1', answers: [0, 0, 0, 30, 0] }],
        },
      });
    }
    expect(readCounts('of,by,group,level,count\n"Asked, and heard",,,5,7')).toMatchObject({
      value: { items: [{ words: 'Asked, and heard' }] },
    });
  });

  it('are refused with the line where they cannot be', () => {
    const refused = (line: string) => {
      const read = readCounts(`of,by,group,level,count\n${line}`);
      return read.ok ? null : read.error.message;
    };
    expect(refused('invited,role,CID,,many')).toContain('Line 2: the count is no whole number');
    expect(refused('invited,age,Old,,3')).toContain('none of role');
    expect(refused('I can speak up,,,6,3')).toContain('none of 1 to 5');
    expect(readCounts('a,b\n1,2').ok).toBe(false);
  });

  it('are refused with the activity where more answered than were asked, or groups outgrow the whole', () => {
    const refused = (more: object) => !activitySchema.safeParse({ ...base, ...more }).success;
    expect(refused({ responded: 201 })).toBe(true);
    expect(refused({ groups: groups(['CID', 150, 50], ['Response', 60, 20]) })).toBe(true);
    expect(refused({ items: [{ item: 'Q1', words: 'I can speak up', answers: [80, 1, 0, 0, 0] }] })).toBe(true);
    expect(refused({ to: '2026-02-01' })).toBe(true);
  });
});
