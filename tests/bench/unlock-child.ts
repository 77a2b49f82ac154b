import { createEngine } from '#main/engine/index.ts';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { unwrapPrivateKey } from '#main/services/vault/keys.ts';
import { call, passphrase, report, user, vaultWithPeople } from './vault-for-bench.ts';

// `fill`: a vault with the rows of three extracts. `unlock`: unlocks it in a process of its own, and derives the key of the
// same passphrase before and after, so that what the derivation takes can be left out; then asks for the overview.
const [what = '', folder = '', peopleFile = '', incidentsFile = '', attendancesFile = ''] = process.argv.slice(2);

async function fill(): Promise<void> {
  const engine = await vaultWithPeople(folder, peopleFile);
  await call(engine, 'imports.load', { file: incidentsFile, kind: 'incidents', mapping: null });
  const { rows } = await call(engine, 'imports.load', { file: attendancesFile, kind: 'attendances', mapping: null });
  // What the screen asks for once the rows are in; it is kept with them.
  const started = performance.now();
  await call(engine, 'overview.get', {});
  const counting = (performance.now() - started) / 1_000;
  await engine.close();
  report({ rows: rows.accepted, counting });
}

async function derivationMs(): Promise<number> {
  const slot = readKeyring(folder).body.users.find(({ name }) => name === user);
  if (!slot) throw new Error('the bench has no key of its own vault');
  const started = performance.now();
  if (!(await unwrapPrivateKey(slot, passphrase))) throw new Error('the passphrase does not open the vault');
  return performance.now() - started;
}

async function unlock(): Promise<void> {
  const before = await derivationMs();
  const engine = createEngine({ settingsFolder: null, idleLock: false });
  const started = performance.now();
  await call(engine, 'vault.unlock', { folder, user, passphrase });
  const unlockMs = performance.now() - started;
  await call(engine, 'overview.get', {});
  const overviewMs = performance.now() - started - unlockMs;
  await engine.close();
  const after = await derivationMs();
  report({
    seconds: (unlockMs - Math.min(before, after)) / 1_000,
    derivation: Math.min(before, after) / 1_000,
    overview: overviewMs / 1_000,
  });
}

if (what === 'fill') await fill();
else await unlock();
