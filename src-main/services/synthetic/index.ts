export { type BulkOptions, writeExposuresFile, writePeopleFile } from './bulk.ts';
export { generateForce, type SyntheticForce } from './force.ts';
export { checkedForceOptions, defaultForceOptions, type ForceOptions } from './options.ts';
export type { ForceTruth } from './truth.ts';
export { type ExtractFile, type ForceProgress, type WrittenForce, writeForce } from './write-force.ts';
export { writeSynthetic } from './write-synthetic.ts';
