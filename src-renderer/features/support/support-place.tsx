import { Tabs } from '@mantine/core';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { Page } from '../../ui/surface.tsx';
import { supportTabs } from './tabs.ts';
import { text } from './text.ts';

const tabMemory = createMemory<string>(supportTabs[0].name);

export function SupportPlace() {
  const tab = useMemory(tabMemory);
  return (
    <Page title={text.title} lead={text.lead}>
      <Tabs value={tab} onChange={(name) => tabMemory.set(name ?? supportTabs[0].name)} keepMounted={false}>
        <Tabs.List mb="md">
          {supportTabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {supportTabs.map(({ name, Content }) => (
          <Tabs.Panel key={name} value={name}>
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
