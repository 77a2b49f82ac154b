import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Passage } from '#shared/contract/narrative.ts';
import { isAt, type Words } from './words-memory.ts';
import { wordsText as text } from './words-text.ts';

export const places = ['start', 'end'] as const satisfies readonly Passage['place'][];

type Props = Pick<Words, 'sections' | 'passages'> & { readonly onAdd: (passage: Passage) => void };

/** Begins a passage at one end of a section. */
export function AddPassage({ sections, passages, onAdd }: Props) {
  const [picked, setPicked] = useState<string | null>(null);
  const section = sections.find(({ id }) => id === picked)?.id ?? sections[0]?.id ?? '';
  return (
    <Group align="flex-end" gap="xs">
      <NativeSelect
        label={text.section}
        w={320}
        value={section}
        onChange={(event) => setPicked(event.currentTarget.value)}
        data={sections.map(({ id, heading }) => ({ value: id, label: heading }))}
      />
      {places.map((place) => (
        <Button
          key={place}
          variant="default"
          disabled={passages.some((each) => isAt(each, { section, place }))}
          onClick={() => onAdd({ section, place, text: '' })}
        >
          {place === 'start' ? text.addStart : text.addEnd}
        </Button>
      ))}
    </Group>
  );
}
