import { describe, expect, it } from 'vitest';
import { actionGaps, actionSchema, actionStatuses, circleOf, movesFrom } from '#shared/domain/action-plan.ts';
import { nameLike } from '#shared/domain/name-like.ts';
import { breaksOf, type LoopTurn } from '#shared/domain/plan-loop.ts';
import { nextCode } from '#shared/domain/plan-parts.ts';
import { byGap, resourceSchema } from '#shared/domain/resource-audit.ts';

const waiting = (action: string, ...dependsOn: string[]) => ({ action, dependsOn });

describe('actions that wait for each other', () => {
  it('are in no circle where every chain ends, however often they meet', () => {
    expect(circleOf([waiting('A1'), waiting('A2', 'A1'), waiting('A3', 'A1', 'A2')])).toBeNull();
    expect(circleOf([waiting('A1', 'GONE')])).toBeNull();
  });

  it('are told with the way round where they wait in a circle', () => {
    const circle = [waiting('A0', 'A1'), waiting('A1', 'A2'), waiting('A2', 'A3'), waiting('A3', 'A1')];
    expect(circleOf(circle)).toEqual(['A1', 'A2', 'A3', 'A1']);
  });
});

describe('the status of an action', () => {
  it('becomes agreed by no move, and every other is reached from some status', () => {
    const reached = new Set(actionStatuses.flatMap((status) => movesFrom(status)));
    expect(actionStatuses.filter((status) => !reached.has(status))).toEqual(['agreed']);
    expect(movesFrom('proposed')).toEqual(['stopped']);
  });
});

describe('an action', () => {
  it('may be as short as a title, and then says what it lacks', () => {
    const short = actionSchema.parse({ action: 'A1', title: 'Screen every year' });
    expect(actionGaps(short)).toEqual([
      'an owner',
      'the day it begins',
      'the day it is due',
      'the indicator that it is to move',
    ]);
  });

  it('is due no earlier than it begins, and does not wait for itself', () => {
    const body = { action: 'A1', title: 'Screen every year', start: '2026-05-01', due: '2026-04-30' };
    expect(actionSchema.safeParse(body).error?.issues[0]?.path).toEqual(['due']);
    expect(actionSchema.safeParse({ ...body, due: null, dependsOn: ['A1'] }).success).toBe(false);
  });

  it('is given the next code after the highest, whatever others are called', () => {
    expect(nextCode('A', ['A2', 'A10', 'B40', 'Screening'])).toBe('A11');
    expect(nextCode('A', [])).toBe('A1');
  });
});

it('orders resources by the width of their gap, then by how little is there', () => {
  const resource = (code: string, maturity: number, target: number) =>
    resourceSchema.parse({
      ...{ resource: code, theme: 'Screening', title: code, maturity, target },
      ...{ assessedOn: '2026-06-30', assessedBy: 'Head of Wellbeing' },
    });
  const found = byGap([resource('R1', 4, 2), resource('R2', 2, 4), resource('R3', 0, 2), resource('R4', 0, 4)]);
  expect(found.map((one) => one.resource)).toEqual(['R4', 'R3', 'R2', 'R1']);
});

describe('a turn of the loop', () => {
  const whole: LoopTurn = {
    ...{ action: 'A1', status: 'under way', isSigned: true, isOverdue: false, blockedBy: [] },
    ...{ guidance: { review: 'Mindfulness', guidance: 'G1' }, hasOtherReason: false, pilot: null, study: null },
    indicator: { indicator: 'absence-rate', target: 4 },
  };

  it('is whole with guidance, a sign-off and an indicator with its target', () => {
    expect(breaksOf(whole)).toEqual([]);
  });

  it('is broken where a finished pilot is in no review, or the indicator has no target', () => {
    const pilot = { pilot: 'Brief mindfulness', status: 'finished' } as const;
    const study = { review: 'Mindfulness', study: 'S1' };
    expect(breaksOf({ ...whole, pilot })).toEqual(['pilot not a study']);
    expect(breaksOf({ ...whole, pilot, study })).toEqual([]);
    expect(breaksOf({ ...whole, indicator: { indicator: 'absence-rate', target: null } })).toEqual(['no target']);
  });

  it('is not called broken once the action was stopped', () => {
    expect(breaksOf({ ...whole, status: 'stopped', guidance: null, indicator: null, isSigned: false })).toEqual([]);
  });
});

describe('free words', () => {
  it('are warned of where they look like a name, a collar number or an address', () => {
    expect(
      nameLike(['PC Harlow said so', 'ask 4471 or PC 4471', 'Amara Whitlock was there', 'a.b@force.uk']),
    ).toHaveLength(4);
    expect(nameLike(['PC Harlow said so'])).toEqual([
      '“PC Harlow” looks like a name. Take it out if it is somebody’s.',
    ]);
  });

  it('are left alone where they name posts, teams and what a force has', () => {
    expect(nameLike(['Occupational Health and the Assistant Chief Constable', 'Response North, March 2026'])).toEqual(
      [],
    );
  });
});
