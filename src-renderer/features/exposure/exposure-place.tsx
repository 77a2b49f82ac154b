import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { NothingHeld } from '../../ui/nothing-held.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Notice, Page, Stack } from '../../ui/surface.tsx';
import { DoseTab } from './dose-tab.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filtersMemory, type Question } from './filters.ts';
import { PeopleTab } from './people-tab.tsx';
import { SignalsTab } from './signals-tab.tsx';
import { TeamsTab } from './teams-tab.tsx';
import { text } from './text.ts';
import { TrendTab } from './trend-tab.tsx';

type TabName = 'trend' | 'teams' | 'people' | 'dose' | 'signals';
const tabMemory = createMemory<TabName>('trend');

export function ExposurePlace() {
  const overview = useOperation('overview.get', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={overview}>
        {({ latestDay, firstDay, exposures }) =>
          latestDay === null || firstDay === null || exposures === 0 ? (
            <NoExposures />
          ) : (
            <Exposures latestDay={latestDay} firstDay={firstDay} />
          )
        }
      </QueryGate>
    </Page>
  );
}

function NoExposures() {
  return <NothingHeld icon="exposure" title={text.emptyTitle} text={text.emptyText} />;
}

function Exposures({ latestDay, firstDay }: { readonly latestDay: string; readonly firstDay: string }) {
  const filters = useMemory(filtersMemory);
  const tab = useMemory(tabMemory);
  // A person's timeline is for those who may call for one.
  const seesPeople = hasRole(useSession(), 'analyst', 'clinician');
  const schemes = useOperation('schemes.list', {}).data?.schemes ?? [];
  // A draft of one’s own answers no analysis until two others have approved it.
  const usable = schemes.filter(({ state, builtIn }) => builtIn || state === 'approved');
  const isApproved = usable.some(({ scheme, state }) => scheme === filters.scheme && state === 'approved');
  const question = useMemo<Question>(
    () => ({ asOf: filters.asOf ?? latestDay, windowDays: filters.windowDays, scheme: filters.scheme, firstDay }),
    [filters, latestDay, firstDay],
  );
  return (
    <Stack>
      <FilterBar latestDay={latestDay} question={question} schemes={usable} />
      {filters.scheme === 'count-v1' ? null : (
        <Notice tone="warn" title={text.sensitivity}>
          <p>{text.sensitivityText(filters.scheme, isApproved)}</p>
        </Notice>
      )}
      <Tabs value={tab} onChange={(value) => tabMemory.set((value ?? 'trend') as TabName)} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="trend">{text.tabs.trend}</Tabs.Tab>
          <Tabs.Tab value="teams">{text.tabs.teams}</Tabs.Tab>
          {seesPeople ? <Tabs.Tab value="people">{text.tabs.people}</Tabs.Tab> : null}
          <Tabs.Tab value="dose">{text.tabs.dose}</Tabs.Tab>
          <Tabs.Tab value="signals">{text.tabs.signals}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="trend">
          <TrendTab question={question} />
        </Tabs.Panel>
        <Tabs.Panel value="teams">
          <TeamsTab question={question} />
        </Tabs.Panel>
        {seesPeople ? (
          <Tabs.Panel value="people">
            <PeopleTab question={question} />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel value="dose">
          <DoseTab question={question} />
        </Tabs.Panel>
        <Tabs.Panel value="signals">
          <SignalsTab question={question} seesPeople={seesPeople} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
