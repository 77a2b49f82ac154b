import { changesSince, lastSeen } from '#main/store/audit-changes.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { VaultContext } from '../call-context.ts';

/** What is told of, and to whom; in this order. A case is told of to clinicians only. */
const toldChanges: readonly (readonly [action: string, roles: readonly Role[]])[] = [
  ['import.load', ['analyst', 'clinician', 'evaluator']],
  ['import.undo', ['analyst', 'clinician', 'evaluator']],
  ['codes.save', ['analyst', 'clinician', 'evaluator']],
  ['scheme.submit', ['analyst', 'clinician', 'evaluator']],
  ['scheme.approve', ['analyst', 'clinician', 'evaluator']],
  ['earlyWarning.keep', ['analyst', 'clinician', 'evaluator']],
  ['earlyWarning.use', ['analyst', 'clinician', 'evaluator']],
  ['earlyWarning.stop', ['analyst', 'clinician', 'evaluator']],
  ['target.set', ['analyst', 'clinician', 'evaluator']],
  ['target.withdraw', ['analyst', 'clinician', 'evaluator']],
  ['pilot.lock', ['analyst', 'clinician', 'evaluator']],
  ['pilot.deviate', ['analyst', 'clinician', 'evaluator']],
  ['pilot.allocate', ['analyst', 'clinician', 'evaluator']],
  ['pilot.finish', ['analyst', 'clinician', 'evaluator']],
  ['pilot.drop', ['analyst', 'clinician', 'evaluator']],
  ['plan.action', ['analyst', 'clinician', 'evaluator']],
  ['plan.signOff', ['analyst', 'clinician', 'evaluator']],
  ['plan.move', ['analyst', 'clinician', 'evaluator']],
  ['plan.meeting', ['analyst', 'clinician', 'evaluator']],
  ['release.record', ['analyst', 'evaluator']],
  ['case.open', ['clinician']],
  ['case.decide', ['clinician']],
  ['user.add', ['administrator']],
  ['user.remove', ['administrator']],
  ['user.roles', ['administrator']],
  ['vault.backup', ['administrator']],
];

/**
 * Unlocking within these hours belongs to one visit: a vault locks after minutes, and whoever comes back from a coffee has not
 * yet seen what was done overnight. No mark has to be set, and none is lost.
 */
const visitHours = 12;

/** What was done since the user's visit before this one, in numbers. */
export function changes({ vault, nowMs }: VaultContext): Result<OutputOf<'work.changes'>> {
  const { connection } = vault.store;
  const visitFrom = new Date(nowMs - visitHours * 3_600_000).toISOString();
  const seen = lastSeen(connection, vault.user, visitFrom);
  if (seen === null) return ok({ since: null, changes: [] });
  const told = toldChanges
    .filter(([, roles]) => roles.some((role) => vault.roles.includes(role)))
    .map(([action]) => action);
  const found = changesSince(connection, seen.sequence, told);
  return ok({
    since: seen.at,
    changes: told.flatMap((action) => found.filter((change) => change.action === action)),
  });
}
