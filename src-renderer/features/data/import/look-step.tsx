import { NumberInput, Select } from '@mantine/core';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { FilePreview } from './file-preview.tsx';
import type { Look } from './mapping-model.ts';
import { StepFoot } from './step-foot.tsx';
import classes from './wizard.module.css';
import { changeMapping, goTo, type LookChange, lookAgain, putAside } from './wizard-actions.ts';
import { dialectOf, type WizardState } from './wizard-state.ts';
import { delimiterNames, encodingNames, formatNames, wizard } from './words.ts';

type Props = { readonly state: WizardState; readonly look: Look };

/** The file as it is, how it was read, and ways to have it read otherwise. */
export function LookStep({ state, look }: Props) {
  const { mapping } = state;
  const isTable = look.format === 'csv' || look.format === 'xlsx';
  const busy = state.looking !== null;
  const again = (change: LookChange) => {
    const { encoding, delimiter, sheet, rowsAbove, headerRows } = dialectOf(look);
    void lookAgain({ encoding, delimiter, sheet, rowsAbove, headerRows: headerRows || undefined, ...change });
  };
  return (
    <Stack>
      {state.fileState === 'changed' ? (
        <Notice tone="warn" title={wizard.changedTitle} announce>
          <p>{wizard.changedText}</p>
        </Notice>
      ) : null}
      {state.lookError ? <ErrorPanel error={state.lookError} /> : null}
      {look.header ? null : (
        <Notice tone={mapping === null ? 'bad' : 'warn'} title={wizard.noHeader} announce>
          <p>{wizard.noHeaderText}</p>
        </Notice>
      )}
      {look.warnings.length > 0 ? (
        <Notice tone="warn">
          {look.warnings.map((warning) => (
            <p key={warning.code}>{warning.message}</p>
          ))}
        </Notice>
      ) : null}
      <Panel
        title={look.fileName}
        note={`${formatNames[look.format]}, ${formatBytes(look.sizeBytes)}, ${look.columns.length} columns. ${isTable ? wizard.lookNote : ''}`}
      >
        <div className={classes.options}>
          {isTable ? <TableOptions look={look} busy={busy} again={again} /> : null}
          {mapping ? <DateOptions mapping={mapping} /> : null}
        </div>
      </Panel>
      <Panel title={wizard.rows} note={isTable ? wizard.rowsNote : wizard.rowsNoteFixed}>
        <FilePreview look={look} mapping={mapping} onHeader={(row) => again({ rowsAbove: row - 1 })} />
      </Panel>
      <StepFoot
        onBack={putAside}
        onNext={() => goTo('map')}
        nextDisabled={(!look.header && mapping === null) || busy}
      />
    </Stack>
  );
}

type OptionsProps = { readonly look: Look; readonly busy: boolean; readonly again: (change: LookChange) => void };

/** How the table lies in the file; a change looks at it anew. */
function TableOptions({ look, busy, again }: OptionsProps) {
  return (
    <>
      {look.format === 'csv' ? (
        <>
          <Select
            label={wizard.encoding}
            data={Object.entries(encodingNames).map(([value, label]) => ({ value, label }))}
            value={look.encoding}
            disabled={busy}
            onChange={(value) => value && again({ encoding: value as LookChange['encoding'] })}
          />
          <Select
            label={wizard.delimiter}
            data={Object.entries(delimiterNames).map(([value, label]) => ({ value, label }))}
            value={look.delimiter}
            disabled={busy}
            onChange={(value) => value && again({ delimiter: value as LookChange['delimiter'] })}
          />
        </>
      ) : null}
      {look.sheets.length > 1 ? (
        <Select
          label={wizard.sheet}
          data={[...look.sheets]}
          value={look.sheet}
          disabled={busy}
          onChange={(value) => value && again({ sheet: value, rowsAbove: undefined, headerRows: undefined })}
        />
      ) : null}
      <NumberInput
        label={wizard.headerRow}
        value={look.header ? look.rowsAbove + 1 : ''}
        min={1}
        max={1_001}
        clampBehavior="strict"
        disabled={busy}
        onChange={(value) => typeof value === 'number' && value >= 1 && again({ rowsAbove: value - 1 })}
      />
      <Select
        label={wizard.headerRows}
        data={['1', '2', '3']}
        value={String(look.headerRows || 1)}
        disabled={busy}
        onChange={(value) => value && again({ headerRows: Number(value) })}
      />
    </>
  );
}

function DateOptions({ mapping }: { readonly mapping: Mapping }) {
  const columns = extractKindNamed(mapping.kind)?.columns ?? [];
  const hasDates = columns.some((column) => column.type === 'date' || column.type === 'time');
  if (!hasDates) return null;
  return (
    <>
      <Select
        label={wizard.dates}
        data={Object.entries(wizard.dateOrders).map(([value, label]) => ({ value, label }))}
        value={mapping.dateOrder ?? 'iso'}
        onChange={(value) => value && changeMapping({ ...mapping, dateOrder: value as keyof typeof wizard.dateOrders })}
      />
      {columns.some((column) => column.type === 'time') ? (
        <Select
          label={wizard.timeZone}
          data={Object.entries(wizard.timeZones).map(([value, label]) => ({ value, label }))}
          value={mapping.timeZone ?? 'Europe/London'}
          onChange={(value) => value && changeMapping({ ...mapping, timeZone: value as keyof typeof wizard.timeZones })}
        />
      ) : null}
    </>
  );
}
