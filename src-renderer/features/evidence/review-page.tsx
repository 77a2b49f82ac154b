import { Button, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Page } from '../../ui/surface.tsx';
import { reviewTabs } from './tabs.ts';
import { text } from './text.ts';

const tabMemory = createMemory<string>(reviewTabs[0].name);

export function ReviewPage({ review }: { readonly review: string }) {
  const view = useOperation('reviews.show', { review });
  return (
    <Page
      title={review}
      lead={text.pageLead}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/evidence" {...props} />}>
          {text.back}
        </Button>
      }
    >
      <QueryGate query={view}>{(data) => <ReviewBody view={data} />}</QueryGate>
    </Page>
  );
}

function ReviewBody({ view }: { readonly view: ReviewView }) {
  const tab = useMemory(tabMemory);
  return (
    <Tabs value={tab} onChange={(name) => tabMemory.set(name ?? reviewTabs[0].name)} keepMounted={false}>
      <Tabs.List mb="md">
        {reviewTabs.map(({ name, label }) => (
          <Tabs.Tab key={name} value={name}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {reviewTabs.map(({ name, Content }) => (
        <Tabs.Panel key={name} value={name}>
          <Content view={view} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
