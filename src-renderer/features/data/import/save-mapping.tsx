import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Mapping } from '#shared/contract/mapping.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useCommand } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Badge, Panel } from '../../../ui/surface.tsx';
import type { Look } from './mapping-model.ts';
import classes from './wizard.module.css';
import { wizard } from './words.ts';

/** Saves the mapping by name, so that the next such file needs none of this. */
export function SaveMapping({ look, mapping }: { readonly look: Look; readonly mapping: Mapping }) {
  const save = useCommand('mappings.save');
  const [name, setName] = useState(look.recognised?.name ?? mapping.name ?? '');
  const submit = () => save.mutate({ name: name.trim(), mapping, fileName: look.fileName });
  return (
    <Panel title={wizard.saveTitle} note={wizard.saveNote}>
      <form
        className={classes.addValue}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          size="xs"
          label={wizard.saveName}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" disabled={name.trim() === ''} loading={save.isPending}>
          {wizard.save}
        </Button>
        <span role="status">
          {save.isSuccess ? (
            <Badge tone="good">
              {save.data.saved ? wizard.saved(save.data.name, save.data.version) : wizard.sameSaved(save.data.name)}
            </Badge>
          ) : null}
        </span>
      </form>
      {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
    </Panel>
  );
}
