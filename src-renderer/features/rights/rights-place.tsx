import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, type Session, useSession } from '../../bridge/session.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Page } from '../../ui/surface.tsx';
import { ApprovalsPanel } from './approvals-panel.tsx';
import { PeriodsPanel } from './periods-panel.tsx';
import { PersonPanel } from './person-panel.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { text } from './text.ts';

/** Subject access and erasure for clinicians, requests for whoever decides, retention for whoever looks after it. */
export function RightsPlace() {
  const session = useSession();
  return (
    <Page title={text.title} lead={text.lead}>
      {session ? <Panels session={session} /> : null}
    </Page>
  );
}

function Panels({ session }: { readonly session: Session }) {
  return (
    <>
      {hasRole(session, 'clinician', 'administrator') ? <Requests session={session} /> : null}
      {hasRole(session, 'analyst', 'clinician') ? <ReviewPanel session={session} /> : null}
      {hasRole(session, 'administrator') ? <PeriodsPanel /> : null}
    </>
  );
}

function Requests({ session }: { readonly session: Session }) {
  const approvals = useOperation('approvals.list', {}, { fresh: true });
  return (
    <>
      {hasRole(session, 'clinician') ? <PersonPanel alone={approvals.data?.othersCanDecide === false} /> : null}
      <QueryGate query={approvals} heightPx={120}>
        {(data) => <ApprovalsPanel data={data} session={session} />}
      </QueryGate>
    </>
  );
}
