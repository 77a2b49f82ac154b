import { expect, it } from 'vitest';
import {
  fieldsOf,
  hasPower,
  numberOf,
  sizeFor,
  withField,
} from '../../src-renderer/features/pilots/plan/power-model.ts';

it('asks a design for what its size rests on, and hides nothing that is filled in', () => {
  expect(fieldsOf('randomised', {})).not.toContain('icc');
  expect(fieldsOf('cluster-randomised', {})).toEqual(expect.arrayContaining(['clusterSize', 'icc']));
  expect(fieldsOf('cluster-randomised', {})).not.toContain('periods');
  expect(fieldsOf('stepped-wedge', {})).toContain('periods');
  expect(fieldsOf('randomised', { periods: 4 })).toContain('periods');
  expect([hasPower('stepped-wedge'), hasPower('weighting'), hasPower(null)]).toEqual([true, false, false]);
});

it('leaves out what is empty, and is made for the design that the plan has now', () => {
  const spec = withField({ design: 'pre-post', sd: 5 }, 'randomised', 'effect', 2);
  expect(spec).toEqual({ design: 'randomised', sd: 5, effect: 2 });
  expect(withField(spec, 'randomised', 'sd', Number.NaN)).toEqual({ design: 'randomised', effect: 2 });
  expect([numberOf(spec, 'sd'), numberOf(spec, 'icc')]).toEqual([5, Number.NaN]);
});

it('follows the design: what the new one has not goes, and a design without a calculation has none', () => {
  const spec = { design: 'stepped-wedge', effect: 0.3, clusterSize: 20, icc: 0.05, periods: 5 };
  const size = { by: 'power' as const, spec };
  const ofClusters = { design: 'cluster-randomised', effect: 0.3, clusterSize: 20, icc: 0.05 };
  expect(sizeFor(size, 'cluster-randomised')).toEqual({ by: 'power', spec: ofClusters });
  expect(sizeFor(size, 'randomised')).toEqual({ by: 'power', spec: { design: 'randomised', effect: 0.3 } });
  expect(sizeFor({ by: 'power', spec: { design: 'randomised', share: 0.2 } }, 'pre-post')).toEqual({
    by: 'power',
    spec: { design: 'pre-post' },
  });
  expect(sizeFor(size, 'weighting')).toBeNull();
  const reason = { by: 'reason' as const, reason: 'every team' };
  expect(sizeFor(reason, 'weighting')).toBe(reason);
});
