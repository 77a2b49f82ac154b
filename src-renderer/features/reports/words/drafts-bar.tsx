import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReportDraft } from '#shared/contract/report-drafts.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useCommand, useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Notice } from '../../../ui/surface.tsx';
import { useWords } from './words-memory.ts';
import { wordsText as text } from './words-text.ts';

/** Keeps the words in the vault, and brings those that were kept back. */
export function DraftsBar({ spec }: { readonly spec: ReportSpec }) {
  const { words, change } = useWords(spec.template);
  const client = useQueryClient();
  const held = useOperation('reports.drafts', {});
  const save = useCommand('reports.saveDraft');
  const remove = useCommand('reports.removeDraft');
  const [typed, setTyped] = useState<string | null>(null);
  const [picked, setPicked] = useState('');
  const [told, setTold] = useState<string | null>(null);
  const { draft } = words;
  const name = typed ?? draft?.name ?? '';
  const drafts = (held.data?.drafts ?? []).filter(({ template }) => template === spec.template);
  const chosen = drafts.find((each) => String(each.draft) === picked);
  const refresh = () => void client.invalidateQueries({ queryKey: ['reports.drafts'] });
  const keep = (over: { readonly draft: number; readonly version: number } | null) =>
    save.mutate(
      { name: name.trim(), spec, over: over === null ? null : { draft: over.draft, version: over.version } },
      {
        onSuccess: (kept) => {
          change((now) => ({ ...now, draft: { ...kept, name: name.trim() } }));
          setTold(text.saved(name.trim()));
          refresh();
        },
        onError: () => setTold(null),
      },
    );
  const open = ({ draft: id, version, name: called, spec: kept }: ReportDraft) => {
    const passages = kept !== null && 'narrative' in kept ? (kept.narrative ?? []) : [];
    change((now) => ({ ...now, passages, draft: { draft: id, version, name: called } }));
    setTyped(null);
    setTold(text.opened(called));
    save.reset();
  };
  const isNothing = words.passages.every((passage) => !/\S/.test(passage.text));
  return (
    <>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={text.draftName}
          value={name}
          maxLength={100}
          w={260}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={name.trim() === '' || isNothing || save.isPending}
          onClick={() => keep(draft)}
        >
          {text.save}
        </Button>
        {draft === null ? null : (
          <Button
            variant="default"
            disabled={name.trim() === '' || isNothing || save.isPending}
            onClick={() => keep(null)}
          >
            {text.saveNew}
          </Button>
        )}
      </Group>
      {drafts.length === 0 ? null : (
        <Group align="flex-end" gap="xs">
          <NativeSelect
            label={text.drafts}
            description={isNothing ? undefined : text.unsaved}
            value={picked}
            w={420}
            onChange={(event) => setPicked(event.currentTarget.value)}
            data={[
              { value: '', label: text.chooseDraft },
              ...drafts.map((each) => ({
                value: String(each.draft),
                label: text.draftOf(each.name, each.savedBy, each.savedAt),
              })),
            ]}
          />
          <Button variant="default" disabled={chosen === undefined} onClick={() => chosen && open(chosen)}>
            {text.open}
          </Button>
          <Button
            variant="subtle"
            disabled={chosen === undefined || remove.isPending}
            onClick={() =>
              chosen && remove.mutate({ draft: chosen.draft, version: chosen.version }, { onSettled: refresh })
            }
          >
            {text.removeDraft}
          </Button>
        </Group>
      )}
      {told === null ? null : (
        <Notice tone="good" announce>
          <p>{told}</p>
        </Notice>
      )}
      {[save, remove].map(({ isError, error }, at) =>
        isError ? <ErrorPanel key={at === 0 ? 'save' : 'remove'} error={errorOf(error)} /> : null,
      )}
      {held.isError ? <ErrorPanel error={errorOf(held.error)} /> : null}
    </>
  );
}
