import type { SimulationCell } from './cell.ts';

/** Every cell that `npm run simulate` runs. */
export const simulationCells: readonly SimulationCell[] = [];
