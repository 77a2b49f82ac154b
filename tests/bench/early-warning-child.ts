import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { earlyWarning } from '#main/analysis/early-warning/early-warning.ts';
import { levelsToShow } from '#main/workers/early-warning/disclosed-result.ts';
import { madeCurrent, madeLandmarks, madeSpec } from '../unit/analysis/early-warning/made-landmarks.ts';
import { report } from './vault-for-bench.ts';

// One run over the landmarks of a made-up force, in a process of its own. Arguments: people, waves, resamples, units.
const [people = 12_000, waves = 20, resamples = 200, units = 40] = process.argv.slice(2).map(Number);
const force = { people, waves, units, seed: 7 };
const table = madeLandmarks(force);
const current = madeCurrent(table);
const spec = madeSpec(force, resamples);
const started = performance.now();
let last = started;
const stages: Record<string, number> = {};
let stage = '';
const close = (): void => {
  const now = performance.now();
  if (stage !== '') stages[stage] = (now - last) / 1_000;
  last = now;
};
const { result } = earlyWarning({ table, current, spec, definition: caseDefinition(spec), levelsToShow }, (name) => {
  close();
  stage = name;
});
close();
report({
  seconds: (performance.now() - started) / 1_000,
  landmarks: table.count,
  known: (result.landmarks.cases ?? 0) + (result.landmarks.nonCases ?? 0),
  folds: result.validation.folds.length,
  resamples: result.validation.optimism?.resamples ?? 0,
  fit: result.gate.fit ? 1 : 0,
  maxRssMiB: process.resourceUsage().maxRSS / 1_024,
  ...stages,
});
