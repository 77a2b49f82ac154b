import { Tabs } from '@mantine/core';
import { useMemory } from '../../bridge/memory.ts';
import { Page } from '../../ui/surface.tsx';
import { tabMemory } from './tab-memory.ts';
import { planTabs } from './tabs.ts';
import { text } from './text.ts';

export function PlanPlace() {
  const tab = useMemory(tabMemory);
  return (
    <Page title={text.title} lead={text.lead}>
      <Tabs value={tab} onChange={(name) => tabMemory.set(name ?? planTabs[0].name)} keepMounted={false}>
        <Tabs.List mb="md">
          {planTabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {planTabs.map(({ name, Content }) => (
          <Tabs.Panel key={name} value={name}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
