import { describe, expect, test } from 'vitest';
import { pilotEffects } from '#main/cli/commands/demo-pilots.ts';

const calls = {
  ...{ pilot: 'Calls', design: 'randomised', outcome: 'WEMWBS, total', effectPoints: 3.75 },
  figures: { pointsOfThoseWhoTakePart: 5, shareWhoTakePart: 0.75 },
};
const sessions = {
  ...{ pilot: 'Sessions', design: 'cluster-randomised', outcome: 'PSS-10, total', effectPoints: -3 },
  figures: { pointsPerSession: -0.6, icc: 0.05 },
};

function interval(estimate: number) {
  return { estimate, low: estimate - 1, high: estimate + 1, method: 'as planned' };
}

function resultOf(evaluation: Readonly<Record<string, unknown>>, dose: number | null = null) {
  const doseResponse = dose === null ? null : { exploratory: true, found: interval(dose) };
  return { comparisons: [{ arm: 'offered', comparison: 'as usual', evaluation, doseResponse }] };
}

describe('what was planted in pilots beside what their evaluations found', () => {
  test('the main estimate, the effect in those who took part and the points for each session stand beside their own', () => {
    const complier = { name: 'Those who took part', found: interval(5.2) };
    const found = new Map([
      ['Calls', resultOf({ primary: interval(4), further: [{ name: 'Other', found: interval(9) }, complier] })],
      ['Sessions', resultOf({ primary: interval(-2.5), further: [] }, -0.5)],
    ]);
    const rows = pilotEffects(found, { pilots: [calls, sessions] });
    expect(rows.map((row) => [row.effect, row.planted, row.found])).toEqual([
      ['Calls: WEMWBS, total', 3.75, 4],
      ['Calls: of those who took part', 5, 5.2],
      ['Sessions: PSS-10, total', -3, -2.5],
      ['Sessions: for each session', -0.6, -0.5],
    ]);
    expect(rows[0]).toMatchObject({ low: 3, high: 5, note: 'randomised', method: 'pilot-evaluation' });
  });

  test('nothing is found where an evaluation, or a part of one, was refused', () => {
    const refused = { refused: 'too few' };
    const found = new Map([
      ['Calls', resultOf({ primary: interval(4), further: [{ name: 'Those who took part', found: refused }] })],
    ]);
    const rows = pilotEffects(found, { pilots: [calls, sessions] });
    expect(rows.map((row) => row.found)).toEqual([4, null, null, null]);
    const none = new Map([['Calls', resultOf(refused)]]);
    expect(pilotEffects(none, { pilots: [calls] }).map(({ low, high }) => [low, high])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
