import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Connection } from './connection.ts';
import { drawHash, listPilotAllocations, listPilotDraws } from './pilot-allocation-records.ts';
import {
  deviationHash,
  finishHash,
  listPilotDeviations,
  listPilotDrops,
  listPilotFinishes,
  listPilotLocks,
  listPilotPlans,
  lockHash,
} from './pilot-records.ts';

/** What an audit log says of one pilot. */
type Entry = { readonly pilot: string; readonly action: string; readonly hash: string | null };
const checkedActions = [
  'pilot.save',
  'pilot.lock',
  'pilot.deviate',
  'pilot.allocate',
  'pilot.finish',
  'pilot.drop',
] as const;

function entriesOf(connection: Connection): readonly Entry[] {
  return connection
    .prepare<[string], Entry>(
      `SELECT substr(event ->> 'object', 7) AS pilot, action, event ->> '$.details.hash' AS hash
       FROM audit WHERE action IN (SELECT value FROM json_each(?)) AND event ->> 'outcome' = 'done' ORDER BY sequence`,
    )
    .all(JSON.stringify(checkedActions));
}

/** What the rows say, in the words of the audit log. */
function rowsOf(connection: Connection): readonly Entry[] {
  const plans = listPilotPlans(connection);
  const entries: Entry[] = plans.map(({ pilot, body }) => ({ pilot, action: 'pilot.save', hash: sha256Hex(body) }));
  for (const lock of listPilotLocks(connection)) {
    const plan = plans.find(({ id }) => id === lock.planId);
    const isWhole =
      plan?.pilot === lock.pilot &&
      plan.bodyHash === lock.planHash &&
      sha256Hex(plan.body) === lock.planHash &&
      sha256Hex(lock.seed) === lock.seedHash;
    entries.push({ pilot: lock.pilot, action: 'pilot.lock', hash: isWhole ? lockHash(lock) : null });
    for (const draw of listPilotDraws(connection, lock.pilot)) {
      const drawn = listPilotAllocations(connection, lock.pilot).filter(({ drawId }) => drawId === draw.id);
      entries.push({ pilot: lock.pilot, action: 'pilot.allocate', hash: drawHash(draw, drawn) });
    }
  }
  for (const deviation of listPilotDeviations(connection)) {
    entries.push({ pilot: deviation.pilot, action: 'pilot.deviate', hash: deviationHash(deviation) });
  }
  for (const finish of listPilotFinishes(connection)) {
    entries.push({ pilot: finish.pilot, action: 'pilot.finish', hash: finishHash(finish) });
  }
  for (const drop of listPilotDrops(connection)) {
    entries.push({ pilot: drop.pilot, action: 'pilot.drop', hash: finishHash(drop) });
  }
  return entries;
}

function listed(entries: readonly Entry[], pilot: string): string {
  const own = entries.filter((entry) => entry.pilot === pilot);
  return checkedActions
    .flatMap((action) => own.filter((entry) => entry.action === action).map(({ hash }) => `${action} ${hash}`))
    .join('\n');
}

/** A copy of an older store, as it is made before it is changed, has not all tables of pilots. */
function holdsPilots(connection: Connection): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'pilot_drop'").get() !== undefined;
}

/**
 * Compares every plan, lock, deviation and draw with what the audit log kept of it when it was made. Throws an `ExpectedError`
 * naming the first pilot of which something was changed, left out or put in outside Tidemark.
 * @param only the one pilot that is looked at; all where it is left out
 */
export function checkPilots(connection: Connection, only?: string): void {
  if (!holdsPilots(connection)) return;
  const told = entriesOf(connection);
  const held = rowsOf(connection);
  const pilots = new Set([...told, ...held].map(({ pilot }) => pilot));
  for (const pilot of only === undefined ? pilots : [only]) {
    if (listed(told, pilot) === listed(held, pilot)) continue;
    throw new ExpectedError(
      'CORRUPT',
      `What is kept of the pilot “${pilot}” is not what the audit log says of it: it was changed outside Tidemark.`,
      'Nothing was changed. Keep this folder as it is, tell your information-security lead, and restore the latest backup into a new folder.',
    );
  }
}
