import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { QualityResult } from '#shared/contract/quality.ts';
import { useLongQuery } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { DataSections } from '../../ui/data-sections.tsx';
import { EmptyState, Page, Panel } from '../../ui/surface.tsx';
import { Section, WorkedOutDrawer } from '../../ui/worked-out.tsx';
import { CodesPanel, DuplicatesPanel, MissingPanel } from './columns-panels.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { Findings } from './findings.tsx';
import { FreshnessPanel } from './freshness-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { text, workedOut } from './text.ts';
import { VolumeCharts } from './volume-charts.tsx';

export function QualityPlace() {
  const quality = useLongQuery('quality.get', {});
  const canImport = hasRole(useSession(), 'analyst');
  return (
    <Page title={text.title} lead={text.lead} actions={<HowWorkedOut />}>
      <DataSections />
      <AnalysisGate analysis={quality} label={text.running}>
        {(data) =>
          data.freshness.length === 0 ? (
            <Panel>
              <EmptyState
                icon="data"
                title={text.emptyTitle}
                text={canImport ? text.emptyText : text.emptyTextReader}
                action={
                  canImport ? (
                    <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>{text.importFile}</Button>
                  ) : undefined
                }
              />
            </Panel>
          ) : (
            <Quality quality={data} canList={canImport} />
          )
        }
      </AnalysisGate>
    </Page>
  );
}

function Quality({ quality, canList }: { readonly quality: QualityResult; readonly canList: boolean }) {
  return (
    <>
      <Findings findings={quality.findings} />
      <FreshnessPanel quality={quality} />
      <CoveragePanel coverage={quality.coverage} />
      <VolumeCharts volumes={quality.volumes} />
      <MissingPanel missing={quality.missing} />
      <CodesPanel quality={quality} />
      <DuplicatesPanel duplicates={quality.duplicates} />
      <NotesPanel notes={quality.notes} canList={canList} />
    </>
  );
}

function HowWorkedOut() {
  return (
    <WorkedOutDrawer>
      {workedOut.map(({ title, lines }) => (
        <Section key={title} title={title}>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      ))}
    </WorkedOutDrawer>
  );
}
