import { hasRole, useSession } from '../../bridge/session.ts';
import { Columns, Page } from '../../ui/surface.tsx';
import { AddUser } from './add-user.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { BackupsPanel } from './backups-panel.tsx';
import { CheckVault } from './check-vault.tsx';
import { ExportsPanel } from './exports-panel.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { ReleaseRule } from './release-rule.tsx';
import { text } from './text.ts';
import { UsersPanel } from './users-panel.tsx';

export function AdministrationPlace() {
  const administrator = hasRole(useSession(), 'administrator');
  return (
    <Page title={text.title} lead={text.lead}>
      <UsersPanel />
      {administrator ? (
        <Columns>
          <AddUser />
          <KeysPanel />
        </Columns>
      ) : (
        <KeysPanel />
      )}
      {administrator ? (
        <>
          <ReleaseRule />
          <ExportsPanel />
        </>
      ) : null}
      <CheckVault />
      {administrator ? (
        <>
          <BackupsPanel />
          <AuditPanel />
        </>
      ) : null}
    </Page>
  );
}
