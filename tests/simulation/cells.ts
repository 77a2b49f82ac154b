import type { SimulationCell } from './cell.ts';
import { dyadCells } from './cells/dyads.ts';
import { mediationCells } from './cells/mediation.ts';
import { quasiExperimentCells } from './cells/quasi-experiments.ts';

/** Every cell that `npm run simulate` runs. */
export const simulationCells: readonly SimulationCell[] = [...dyadCells, ...mediationCells, ...quasiExperimentCells];
