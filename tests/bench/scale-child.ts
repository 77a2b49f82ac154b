import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Engine } from '#main/engine/index.ts';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { openUserKeys, unwrapPrivateKey } from '#main/services/vault/keys.ts';
import { openConnection } from '#main/store/connection.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { call, passphrase, report, user, vaultWithPeople } from './vault-for-bench.ts';

// Imports incidents and attendances into a new vault in a process of its own, asks it for small things meanwhile as somebody
// who clicks would, takes the attendances out again, and counts with the data key what is left of them.
const [vaultFolder = '', peopleFile = '', incidentsFile = '', attendancesFile = ''] = process.argv.slice(2);

const clickEveryMs = 150;

async function clicksDuring<T>(engine: Engine, work: Promise<T>): Promise<{ value: T; slowestMs: number }> {
  let slowestMs = 0;
  let ended = false;
  const clicking = (async () => {
    while (!ended) {
      const asked = performance.now();
      await call(engine, 'imports.list', {});
      await call(engine, 'vault.touch', {});
      slowestMs = Math.max(slowestMs, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, clickEveryMs));
    }
  })();
  const value = await work;
  ended = true;
  await clicking;
  return { value, slowestMs };
}

async function rowsLeft(): Promise<number> {
  const { body } = readKeyring(vaultFolder);
  const slot = body.users.find(({ name }) => name === user);
  if (!slot) throw new Error('the bench has no key of its own vault');
  const privateKey = await unwrapPrivateKey(slot, passphrase);
  if (!privateKey) throw new Error('the passphrase of the bench does not open its vault');
  const { dataKey } = openUserKeys(body, slot, privateKey);
  const connection = openConnection(storeFile(vaultFolder), dataKey);
  try {
    return ['attendances', 'attendances_history', 'attendances_confirmed']
      .map((table) => connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0)
      .reduce((sum, count) => sum + count, 0);
  } finally {
    connection.close();
  }
}

const engine = await vaultWithPeople(vaultFolder, peopleFile);
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const began = performance.now();
const incidents = await call(engine, 'imports.load', { file: incidentsFile, kind: 'incidents', mapping: null });
const between = performance.now();
const loading = call(engine, 'imports.load', { file: attendancesFile, kind: 'attendances', mapping: null });
const attendances = await clicksDuring(engine, loading);
const loaded = performance.now();
const loadedMiB = process.resourceUsage().maxRSS / 1_024;
const undoing = call(engine, 'imports.undo', { batch: attendances.value.batch ?? 0 });
const undone = await clicksDuring(engine, undoing);
const ended = performance.now();
delay.disable();
await engine.close();
report({
  incidents: incidents.rows.accepted,
  attendances: attendances.value.rows.accepted,
  incidentSeconds: (between - began) / 1_000,
  attendanceSeconds: (loaded - between) / 1_000,
  undoSeconds: (ended - loaded) / 1_000,
  slowestClickMs: Math.max(attendances.slowestMs, undone.slowestMs),
  loadedMiB,
  maxRssMiB: process.resourceUsage().maxRSS / 1_024,
  rowsLeft: await rowsLeft(),
});
