import type { SimulationCell } from './cell.ts';
import { dyadCells } from './cells/dyads.ts';
import { mediationCells } from './cells/mediation.ts';
import { quasiExperimentCells } from './cells/quasi-experiments.ts';
import { measurementCells } from './cells/measurement.ts';
import { metaAnalysisCells } from './cells/meta-analysis.ts';
import { multipleImputationCells } from './cells/multiple-imputation.ts';

/** Every cell that `npm run simulate` runs. */
export const simulationCells: readonly SimulationCell[] = [...dyadCells, ...mediationCells, ...quasiExperimentCells, ...measurementCells, ...metaAnalysisCells, ...multipleImputationCells,
];
