import type { Connection } from './connection.ts';
import { desc, eq, queries } from './drizzle.ts';
import type { ApprovalRecord } from './rights-records.ts';
import { approval, exportPermission } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type PermissionRecord = typeof exportPermission.$inferSelect & { readonly request: ApprovalRecord };

/** Enters who may take rows of single people out, once its request is agreed to; gives its number. */
export function addPermission(
  { connection }: WriteTransaction,
  permission: Pick<PermissionRecord, 'approvalId' | 'userName' | 'userSince' | 'untilDay'>,
): number {
  return Number(queries(connection).insert(exportPermission).values(permission).run().lastInsertRowid);
}

/** Every permission with its request, newest first. */
export function listPermissions(connection: Connection): PermissionRecord[] {
  return queries(connection)
    .select()
    .from(exportPermission)
    .innerJoin(approval, eq(exportPermission.approvalId, approval.id))
    .orderBy(desc(exportPermission.id))
    .all()
    .map((row) => ({ ...row.export_permission, request: row.approval as ApprovalRecord }));
}

export function setWithdrawn({ connection }: WriteTransaction, id: number, at: string, by: string): void {
  queries(connection)
    .update(exportPermission)
    .set({ withdrawnAt: at, withdrawnBy: by })
    .where(eq(exportPermission.id, id))
    .run();
}
