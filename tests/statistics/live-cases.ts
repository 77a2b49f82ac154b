import { apimCases } from './cases/apim.ts';
import { contingencyCases } from './cases/contingency.ts';
import { controlChartCases } from './cases/control-charts.ts';
import { correlationCases } from './cases/correlation.ts';
import { descriptionCases } from './cases/description.ts';
import { geeCases } from './cases/gee.ts';
import { groupComparisonCases } from './cases/group-comparison.ts';
import { measurementCases } from './cases/measurement.ts';
import { mediationCases } from './cases/mediation.ts';
import { metaCases } from './cases/meta-analysis.ts';
import { mixedCases } from './cases/mixed.ts';
import { poolCases } from './cases/multiple-imputation.ts';
import { multiplicityCases } from './cases/multiplicity.ts';
import { powerCases } from './cases/power.ts';
import { predictionCases } from './cases/prediction.ts';
import { quasiExperimentCases } from './cases/quasi-experiments.ts';
import { regressionCases } from './cases/regression.ts';
import { survivalCases } from './cases/survival.ts';
import type { LiveCase } from './live-case.ts';

/** Every data set that R is asked about. */
export const liveCases: readonly LiveCase[] = [
  ...apimCases,
  ...controlChartCases,
  ...descriptionCases,
  ...mediationCases,
  ...metaCases,
  ...mixedCases,
  ...quasiExperimentCases,
  ...powerCases,
  ...predictionCases,
  ...poolCases,
  ...regressionCases,
  ...geeCases,
  ...survivalCases,
  ...measurementCases,
  ...contingencyCases,
  ...correlationCases,
  ...groupComparisonCases,
  ...multiplicityCases,
];
