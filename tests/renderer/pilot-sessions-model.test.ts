import { describe, expect, it } from 'vitest';
import {
  fidelityFigures,
  fidelitySpec,
  newestSessionDay,
} from '../../src-renderer/features/pilots/sessions/sessions-model.ts';
import { pilotPlanSchema } from '../../src-shared/domain/pilot.ts';
import type { PilotFidelityResult } from '../../src-shared/domain/pilot-fidelity.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';

const result: PilotFidelityResult = {
  pilot: 'Brief mindfulness',
  from: '2026-03-02',
  to: '2026-03-31',
  minimum: 5,
  enoughShare: 0.75,
  all: {
    people: 24,
    byDose: { none: 6, part: 10, enough: 8 },
    plannedEach: 10,
    sessionsEach: 4.25,
    minutesEach: 63,
    withinShift: 0.8,
    planned: 40,
    held: 32,
    checklist: null,
  },
  clusters: [],
  weeks: [],
};

describe('the sessions of a pilot', () => {
  it('are asked of the arms that are offered something, to the newest day that is held', () => {
    expect(fidelitySpec(pilotPlanSchema.parse(pilotPlan()), '2026-03-31')).toEqual({
      asOf: '2026-03-31',
      pilot: 'Brief mindfulness',
      arms: ['sessions'],
      sessionsEach: 10,
    });
    expect(fidelitySpec(pilotPlanSchema.parse({ pilot: 'Walks', title: 'Walks' }), '2026-03-31')).toMatchObject({
      arms: null,
      sessionsEach: null,
    });
    const planned = { kind: 'pilot_session_plan', rows: 4, to: '2026-05-01' };
    expect(newestSessionDay([planned, { kind: 'pilot_sessions', rows: 9, to: '2026-03-23' }])).toBe('2026-03-23');
    expect(newestSessionDay([planned, { kind: 'pilot_sessions', rows: 0, to: null }])).toBe('2026-05-01');
    expect(newestSessionDay([{ kind: 'absences', rows: 3, to: '2026-05-01' }])).toBeNull();
  });

  it('are told with what each figure is out of', () => {
    expect(fidelityFigures(result).map(({ value, note }) => [value, note])).toEqual([
      ['24', undefined],
      ['18', '75.0% of those offered'],
      ['8', 'at least 75% of what was planned for them'],
      ['4.3', '10 planned'],
      ['80.0%', 'of sessions attended'],
      ['32', 'of 40 planned'],
    ]);
  });

  it('say why a figure is withheld, and never show nought in its place', () => {
    const all = { ...result.all, people: 24, byDose: { none: null, part: null, enough: 8 }, sessionsEach: null };
    const figures = fidelityFigures({ ...result, all: { ...all, withinShift: null, held: null } });
    expect(figures.map(({ value }) => value)).toEqual(['24', '–', '8', '–', '–', '–']);
    expect(figures[1]?.note).toBe('withheld: fewer than 5 people, or they would follow');
    expect(figures.filter(({ value }) => value === '–').every(({ note }) => note !== undefined)).toBe(true);
  });
});
