import { descriptionCases } from './cases/description.ts';
import { mediationCases } from './cases/mediation.ts';
import { metaCases } from './cases/meta-analysis.ts';
import { quasiExperimentCases } from './cases/quasi-experiments.ts';
import { mixedCases } from './cases/mixed.ts';
import { poolCases } from './cases/multiple-imputation.ts';
import { regressionCases } from './cases/regression.ts';
import type { LiveCase } from './live-case.ts';

/** Every data set that R is asked about. */
export const liveCases: readonly LiveCase[] = [...descriptionCases, ...mediationCases, ...metaCases, ...quasiExperimentCases, ...mixedCases, ...poolCases, ...regressionCases];
