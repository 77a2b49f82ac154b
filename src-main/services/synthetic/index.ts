export { writeExposuresFile, writePeopleFile } from './bulk.ts';
export { extractNames } from './extract-chunks.ts';
export { generateForce } from './force.ts';
export type { ForceOptions } from './options.ts';
export { type ForceProgress, writeForce } from './write-force.ts';
export { writeSynthetic } from './write-synthetic.ts';
