import type { SimulationCell } from './cell.ts';
import { absenceCells } from './cells/absence.ts';
import { controlChartCells } from './cells/control-charts.ts';
import { dyadCells } from './cells/dyads.ts';
import { earlyWarningCells } from './cells/early-warning.ts';
import { exposureOutcomeCells } from './cells/exposure-outcome.ts';
import { familyCells } from './cells/families.ts';
import { geeCells } from './cells/gee.ts';
import { groupComparisonCells } from './cells/group-comparison.ts';
import { measurementCells } from './cells/measurement.ts';
import { mediationCells } from './cells/mediation.ts';
import { metaAnalysisCells } from './cells/meta-analysis.ts';
import { mixedCells } from './cells/mixed.ts';
import { multipleImputationCells } from './cells/multiple-imputation.ts';
import { pilotCells } from './cells/pilots.ts';
import { powerCells } from './cells/power.ts';
import { predictionCells } from './cells/prediction.ts';
import { quasiExperimentCells } from './cells/quasi-experiments.ts';
import { regressionCells } from './cells/regression.ts';
import { supportCells } from './cells/support.ts';
import { survivalCells } from './cells/survival.ts';
import { syntheticForceCells } from './cells/synthetic-force.ts';

/** Every cell that `npm run simulate` runs. */
export const simulationCells: readonly SimulationCell[] = [
  ...absenceCells,
  ...dyadCells,
  ...mediationCells,
  ...familyCells,
  ...quasiExperimentCells,
  ...groupComparisonCells,
  ...measurementCells,
  ...metaAnalysisCells,
  ...multipleImputationCells,
  ...geeCells,
  ...mixedCells,
  ...regressionCells,
  ...supportCells,
  ...survivalCells,
  ...controlChartCells,
  ...pilotCells,
  ...powerCells,
  ...predictionCells,
  ...exposureOutcomeCells,
  ...earlyWarningCells,
  ...syntheticForceCells,
];
