import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '#shared/contract/index.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { extractsReference } from './contract/extracts.ts';
import { contractReference } from './contract/reference.ts';
import { statisticsReference } from './statistics/reference.ts';

const docs = join(import.meta.dirname, '..', 'docs');
writeFileSync(join(docs, 'contract.md'), contractReference(contract));
writeFileSync(join(docs, 'extracts.md'), extractsReference(extractKinds));
writeFileSync(join(docs, 'statistics.md'), await statisticsReference());
process.stdout.write('docs/contract.md, docs/extracts.md and docs/statistics.md are written.\n');
