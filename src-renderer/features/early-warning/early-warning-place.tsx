import { Tabs } from '@mantine/core';
import type { InstrumentChoice } from '#shared/contract/instruments.ts';
import { useAnalysis, useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { AnalysisGate } from '../../ui/analysis-gate.tsx';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Notice, Page, Panel, Stack } from '../../ui/surface.tsx';
import { AccuracyTab } from './accuracy-tab.tsx';
import { CapacityTab } from './capacity-tab.tsx';
import { CardTab } from './card-tab.tsx';
import { askedMemory, choicesMemory, fillChoices, type RunSpec, sameSpec, specOf } from './choices.ts';
import { DriftTab } from './drift-tab.tsx';
import { FairnessTab } from './fairness-tab.tsx';
import { KeepRun } from './keep-run.tsx';
import { KeptPanel } from './kept-panel.tsx';
import { RunForm } from './run-form.tsx';
import type { RunProps } from './run-props.ts';
import { SummaryTab } from './summary-tab.tsx';
import { text } from './text.ts';
import { Verdict } from './verdict.tsx';
import { readEarlyWarning } from './words.ts';

type TabName = keyof typeof text.tabs;
const tabNames = Object.keys(text.tabs) as readonly TabName[];
const tabMemory = createMemory<TabName>('summary');

export function EarlyWarningPlace() {
  const overview = useOperation('overview.get', {});
  const held = useOperation('instruments.held', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={overview}>
        {({ latestDay, screenings }) =>
          latestDay === null || screenings === 0 ? (
            <Nothing title={text.noScreeningsTitle} words={text.noScreeningsText} />
          ) : (
            <QueryGate query={held}>
              {({ instruments }) => <EarlyWarning held={instruments} latestDay={latestDay} />}
            </QueryGate>
          )
        }
      </QueryGate>
    </Page>
  );
}

function Nothing({ title, words }: { readonly title: string; readonly words: string }) {
  return <NothingHeld icon="warning" title={title} text={words} />;
}

type Props = { readonly held: readonly InstrumentChoice[]; readonly latestDay: string };

function EarlyWarning({ held, latestDay }: Props) {
  const choices = useMemory(choicesMemory);
  const asked = useMemory(askedMemory);
  const filled = fillChoices(choices, held, latestDay);
  if (filled === null) return <Nothing title={text.noInstrumentTitle} words={text.noInstrumentText} />;
  const spec = specOf(filled);
  return (
    <Stack>
      <RunForm
        held={held}
        filled={filled}
        latestDay={latestDay}
        hasRun={asked !== null}
        onRun={() => askedMemory.set(spec)}
      />
      {asked !== null && (spec === null || !sameSpec(asked, spec)) ? (
        <Notice>
          <p>{text.changed}</p>
        </Notice>
      ) : null}
      {asked === null ? (
        <Panel>
          <EmptyState icon="early-warning" title={text.beforeTitle} text={text.beforeText} />
        </Panel>
      ) : (
        <Run key={JSON.stringify(asked)} spec={asked} />
      )}
      <KeptPanel />
    </Stack>
  );
}

/** The result is kept for the session, so that coming back runs nothing again. */
function Run({ spec }: { readonly spec: RunSpec }) {
  const analysis = useAnalysis('early-warning', spec);
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(run) => <ModelCard run={run} result={readEarlyWarning(run)} spec={spec} />}
    </AnalysisGate>
  );
}

function ModelCard({ spec, ...props }: RunProps & { readonly spec: RunSpec }) {
  const tab = useMemory(tabMemory);
  return (
    <Stack>
      <Verdict {...props} />
      {props.result.gate.fit ? <KeepRun spec={spec} snapshot={props.run.provenance.snapshot} /> : null}
      <Tabs value={tab} onChange={(value) => tabMemory.set((value ?? 'summary') as TabName)} keepMounted={false}>
        <Tabs.List mb="md">
          {tabNames.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="summary">
          <SummaryTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="accuracy">
          <AccuracyTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="capacity">
          <CapacityTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="fairness">
          <FairnessTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="drift">
          <DriftTab {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="card">
          <CardTab {...props} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
