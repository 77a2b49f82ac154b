import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accuracyPage } from './statistics/accuracy.ts';

/** `npm run accuracy`: measures the statistics against NIST's certified values and against R, and writes what it found. */
const page = await accuracyPage((line) => process.stderr.write(`${line}\n`));
writeFileSync(join(import.meta.dirname, '..', 'docs', 'statistics-accuracy.md'), page);
process.stdout.write('docs/statistics-accuracy.md is written.\n');
