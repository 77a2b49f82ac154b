import { Select } from '@mantine/core';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { templates } from './templates/templates.ts';
import { text } from './text.ts';

const memory = createMemory<string>(templates[0].template);

/** Which report, and the form of that one. */
export function BuildReport({ latestDay }: { readonly latestDay: string }) {
  const chosen = useMemory(memory);
  const { template, Form } = templates.find((each) => each.template === chosen) ?? templates[0];
  return (
    <Form
      key={template}
      latestDay={latestDay}
      choose={
        <Select
          label={text.template}
          allowDeselect={false}
          w={360}
          value={template}
          onChange={(value) => memory.set(() => value ?? template)}
          data={templates.map(({ template: value, label }) => ({ value, label }))}
        />
      }
    />
  );
}
