import { Button, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { PilotView } from '#shared/contract/pilots.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Facts, Page, Panel } from '../../ui/surface.tsx';
import { SeriousNotice, useSeesHarms } from './harms/serious-notice.tsx';
import { StatusBadge } from './status-badge.tsx';
import { harmsTab, pilotTabs } from './tabs.ts';
import { text } from './text.ts';

const tabMemory = createMemory<string>(pilotTabs[0].name);

export function PilotPage({ pilot }: { readonly pilot: string }) {
  const view = useOperation('pilots.show', { pilot });
  return (
    <Page
      title={pilot}
      lead={text.lead}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/pilots" {...props} />}>
          {text.back}
        </Button>
      }
    >
      <QueryGate query={view}>{(data) => <PilotBody view={data} />}</QueryGate>
    </Page>
  );
}

function PilotBody({ view }: { readonly view: PilotView }) {
  const seesHarms = useSeesHarms();
  const tabs = pilotTabs.filter(({ isOfHarms }) => seesHarms || isOfHarms !== true);
  const tab = useMemory(tabMemory);
  return (
    <>
      <SeriousNotice pilot={view.pilot} onLook={() => tabMemory.set(harmsTab)} />
      <AboutPanel view={view} />
      <Tabs value={tab} onChange={(name) => tabMemory.set(name ?? pilotTabs[0].name)} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, Content }) => (
          <Tabs.Panel key={name} value={name}>
            <Content view={view} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function AboutPanel({ view }: { readonly view: PilotView }) {
  const { title, status, design, version, savedAt, savedBy, lock, finish, drop } = view;
  const { about } = text;
  return (
    <Panel>
      <Facts
        facts={[
          { term: about.title, value: title },
          { term: about.status, value: <StatusBadge status={status} /> },
          { term: about.design, value: design === null ? text.noDesign : text.designs[design] },
          { term: about.version, value: text.versionBy(version, formatInstant(savedAt), savedBy) },
          ...(lock ? [{ term: about.locked, value: text.doneBy(formatInstant(lock.at), lock.by) }] : []),
          ...(finish ? [{ term: about.finished, value: text.doneBy(formatInstant(finish.at), finish.by) }] : []),
          ...(drop ? [{ term: about.dropped, value: text.doneBy(formatInstant(drop.at), drop.by) }] : []),
        ]}
      />
    </Panel>
  );
}
