import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '#shared/contract/index.ts';
import { contractReference } from './contract/reference.ts';

const file = join(import.meta.dirname, '..', 'docs', 'contract.md');
writeFileSync(file, contractReference(contract));
process.stdout.write('docs/contract.md is written.\n');
