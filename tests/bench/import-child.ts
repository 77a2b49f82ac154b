import { call, report, vaultWithPeople } from './vault-for-bench.ts';

// Imports one exposures file into a new vault in a process of its own, so that its memory is its own.
const [vaultFolder = '', peopleFile = '', exposuresFile = ''] = process.argv.slice(2);
const engine = await vaultWithPeople(vaultFolder, peopleFile);
const started = performance.now();
const loaded = await call(engine, 'imports.load', { file: exposuresFile, kind: 'exposures', mapping: null });
const seconds = (performance.now() - started) / 1_000;
await engine.close();
report({ seconds, accepted: loaded.rows.accepted, maxRssMiB: process.resourceUsage().maxRSS / 1_024 });
