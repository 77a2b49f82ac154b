import { useOperation } from '../../bridge/hooks.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Columns, Notice, Page } from '../../ui/surface.tsx';
import { BuildReport } from './build-report.tsx';
import { PoolPanel } from './pooling/pool-panel.tsx';
import { ReleaseLog } from './release-log.tsx';
import { ReportList } from './report-list.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import { SharePanel } from './sharing/share-panel.tsx';
import { text } from './text.ts';
import { VerifyReport } from './verify-report.tsx';

export function ReportsPlace() {
  const overview = useOperation('overview.get', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={overview}>
        {({ latestDay }) =>
          latestDay === null ? (
            <Notice>
              <p>{text.noData}</p>
            </Notice>
          ) : (
            <>
              <BuildReport key={latestDay} latestDay={latestDay} />
              <RequestsPanel />
              <SharePanel latestDay={latestDay} />
            </>
          )
        }
      </QueryGate>
      <PoolPanel />
      <ReportList />
      <ReleaseLog />
      <Columns>
        <VerifyReport />
      </Columns>
    </Page>
  );
}
