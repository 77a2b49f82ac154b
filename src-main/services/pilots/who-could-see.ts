import { openedWithRoles } from '#main/store/audit-records.ts';
import type { Connection } from '#main/store/connection.ts';
import type { CouldSee } from '#shared/contract/pilots.ts';
import { outcomesOf } from '#shared/domain/pilot.ts';
import type { Role } from '#shared/domain/roles.ts';
import { type HeldPilot, planOf } from './held-pilots.ts';

/** Roles that see outcomes whether or not a plan is locked. */
export const seeingRoles: readonly Role[] = ['analyst', 'clinician'];

/**
 * Who had the vault open and could see outcomes before the plan was locked, by the roles that the audit log says they had:
 * analysts and clinicians until then, and evaluators until a version of the plan named what it measures.
 */
export function whoCouldSee(connection: Connection, { versions, lock }: HeldPilot): CouldSee[] {
  const naming = versions.find((version) => outcomesOf(planOf(version)).length > 0);
  const byRole = new Map<string, Set<Role>>();
  const early = new Set<string>();
  for (const { user, roles, at } of openedWithRoles(connection)) {
    const seeing = lock === null || at <= lock.at ? seeingRoles.filter((role) => roles.includes(role)) : [];
    for (const role of seeing) byRole.set(user, (byRole.get(user) ?? new Set()).add(role));
    if (roles.includes('evaluator') && (naming === undefined || at <= naming.at)) early.add(user);
  }
  return [
    ...[...byRole].map(([user, roles]) => ({ user, roles: [...roles].sort(), why: 'by role' as const })),
    ...[...early]
      .filter((user) => !byRole.has(user))
      .map((user) => ({ user, roles: ['evaluator' as const], why: 'before the plan named its outcomes' as const })),
  ].sort((a, b) => (a.user < b.user ? -1 : 1));
}
