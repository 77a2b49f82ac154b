import { approvalList, decideApproval } from '#main/services/approvals/index.ts';
import { auditEntries, exportAudit, verifyAudit } from '#main/services/audit/index.ts';
import { backUp, backupsState, scheduleBackups } from '#main/services/backups/index.ts';
import {
  deleteAged,
  keepAged,
  retentionReview,
  retentionSettings,
  setRetention,
} from '#main/services/retention/index.ts';
import {
  erasePersonAsAgreed,
  erasures,
  exportPerson,
  personHeld,
  requestErasure,
} from '#main/services/rights/index.ts';
import {
  addUser,
  changePassphrase,
  checkVault,
  grantClinician,
  listUsers,
  rekeyVault,
  removeUser,
  setLockAfter,
  setRoles,
} from '#main/services/vault/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** The vault itself: people, keys, backups, the audit log, rights, retention and approvals. */
export const custodyHandlers = {
  'vault.check': (context, { head }) => ok(checkVault(context, head)),
  'vault.changePassphrase': (context, input) => changePassphrase(context, input),
  'vault.rekey': (context) => rekeyVault(context),
  'vault.setLockAfter': async (context, { minutes }) => {
    await setLockAfter(context, minutes);
    return ok({});
  },
  'vault.backup': (context, input) => backUp(context, input),
  'backups.state': (context) => ok(backupsState(context)),
  'backups.schedule': (context, input) => scheduleBackups(context, input),
  'users.list': (context) => ok(listUsers(context.vault)),
  'users.add': async (context, input) => {
    const added = await addUser(context, input);
    return added.ok ? ok({ user: added.value }) : added;
  },
  'users.remove': (context, { name }) => removeUser(context, name),
  'users.setRoles': (context, input) => setRoles(context, input),
  'users.grant': async (context, { name }) => {
    const granted = await grantClinician(context, name);
    return granted.ok ? ok({ user: granted.value }) : granted;
  },
  'audit.list': (context, input) => ok(auditEntries(context, input)),
  'audit.verify': (context) => ok(verifyAudit(context)),
  'audit.export': (context, input) => exportAudit(context, input),
  'approvals.list': (context) => ok(approvalList(context)),
  'approvals.decide': (context, input) => decideApproval(context, input),
  'rights.person': (context, input) => personHeld(context, input),
  'rights.export': (context, input) => exportPerson(context, input),
  'rights.requestErasure': (context, input) => requestErasure(context, input),
  'rights.erase': (context, input) => erasePersonAsAgreed(context, input),
  'rights.erasures': (context) => ok(erasures(context)),
  'retention.get': (context) => ok(retentionSettings(context)),
  'retention.set': (context, input) => setRetention(context, input),
  'retention.review': (context) => ok(retentionReview(context)),
  'retention.keep': (context, input) => keepAged(context, input),
  'retention.delete': (context, input) => deleteAged(context, input),
} satisfies Partial<VaultHandlers>;
