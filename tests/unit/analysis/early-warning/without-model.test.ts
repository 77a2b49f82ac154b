import { describe, expect, it } from 'vitest';
import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { earlyWarning } from '#main/analysis/early-warning/early-warning.ts';
import type { LandmarkTable } from '#main/analysis/early-warning/landmark-table.ts';
import { levelsToShow } from '#main/workers/early-warning/disclosed-result.ts';
import { madeCurrent, madeLandmarks, madeSpec } from './made-landmarks.ts';

const force = { people: 30, waves: 2, seed: 4 };
const table = madeLandmarks(force);

function gateOf(given: LandmarkTable) {
  const spec = madeSpec(force);
  const { result } = earlyWarning({
    table: given,
    current: madeCurrent(table),
    spec,
    definition: caseDefinition(spec),
    levelsToShow,
  });
  expect(result).toMatchObject({ model: null, signals: 0 });
  return result.gate;
}

describe('an early warning without a model', () => {
  it('says whether nobody is at risk, nothing is known yet, or there are too few cases', () => {
    expect(gateOf({ ...table, count: 0, outcome: new Int8Array(0), complete: new Uint8Array(0) }).words).toContain(
      'no screening of anybody at risk',
    );
    expect(gateOf({ ...table, complete: new Uint8Array(table.count) }).words).toContain('known yet what followed');
    expect(gateOf({ ...table, outcome: new Int8Array(table.count) })).toMatchObject({
      fit: false,
      words: expect.stringContaining('Fewer than 10 screenings were followed by a case; a model needs at least 10'),
    });
  });
});
