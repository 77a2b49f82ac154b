import { Button, Select } from '@mantine/core';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed, extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { formatShare } from '../../../ui/format.ts';
import { Badge, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { ColumnTable } from './column-table.tsx';
import { type Look, problemsOf, unusedHeaders } from './mapping-model.ts';
import { RecordList } from './record-list.tsx';
import { SaveMapping } from './save-mapping.tsx';
import { StepFoot } from './step-foot.tsx';
import { ValueMeanings } from './value-meanings.tsx';
import classes from './wizard.module.css';
import { changeMapping, chooseKind, goTo, startCheck } from './wizard-actions.ts';
import { wizard } from './words.ts';

type Props = { readonly look: Look; readonly mapping: Mapping | null };

/** Says what each column of the file is. The proposal is shown with its reasons, and can be changed throughout. */
export function MapStep({ look, mapping }: Props) {
  const kind = mapping ? extractKindNamed(mapping.kind) : null;
  const problems = mapping ? problemsOf(mapping) : { missing: [], twice: [] };
  const ready = kind !== null && problems.missing.length === 0;
  return (
    <Stack>
      <KindPanel look={look} mapping={mapping} />
      {mapping && kind ? (
        <Panel title={wizard.columnsTitle} note={`${kind.label}: each row is ${kind.one}.`}>
          <ColumnTable look={look} mapping={mapping} kind={kind} />
        </Panel>
      ) : null}
      {mapping?.records ? <RecordList mapping={mapping} records={mapping.records} /> : null}
      {mapping && kind ? <ValueMeanings look={look} mapping={mapping} kind={kind} /> : null}
      {mapping ? <Unused look={look} mapping={mapping} /> : null}
      {mapping ? <SaveMapping look={look} mapping={mapping} /> : null}
      {problems.missing.length > 0 ? (
        <Notice tone="warn" announce>
          <p>{wizard.missing(problems.missing.join(', '))}</p>
        </Notice>
      ) : null}
      {problems.twice.length > 0 ? (
        <Notice>
          <p>{wizard.twice(problems.twice.join(', '))}</p>
        </Notice>
      ) : null}
      <StepFoot onBack={() => goTo('look')} onNext={startCheck} nextLabel={wizard.check} nextDisabled={!ready} />
    </Stack>
  );
}

function KindPanel({ look, mapping }: Props) {
  const proposed = look.kind !== null && look.kind === mapping?.kind;
  const others = look.alternatives.filter((one) => one.kind !== null && one.kind !== mapping?.kind);
  return (
    <Panel
      title={wizard.mapTitle}
      actions={
        look.recognised ? (
          <Badge tone="good">{wizard.recognised(look.recognised.name)}</Badge>
        ) : proposed ? (
          <Badge tone="tide">{formatShare(look.confidence)} sure</Badge>
        ) : null
      }
    >
      <div className={classes.kind}>
        <Select
          label={wizard.kind}
          data={extractKinds.map((kind) => ({ value: kind.kind, label: kind.label }))}
          value={mapping?.kind ?? null}
          onChange={(value) => value && chooseKind(value)}
          placeholder="Choose"
          searchable
        />
        <div className={classes.reasons}>
          {look.kind === null ? 'No kind could be proposed. Choose one.' : proposed ? look.reasons.join(' ') : ''}
          {others.length > 0 ? (
            <div className={classes.others}>
              <span>{wizard.otherKinds}:</span>
              {others.map((one) => (
                <Button
                  key={one.kind}
                  variant="subtle"
                  size="compact-xs"
                  title={one.reasons.join(' ')}
                  onClick={() => one.mapping && changeMapping(one.mapping)}
                >
                  {extractKindNamed(one.kind ?? '')?.label} ({formatShare(one.confidence)})
                </Button>
              ))}
            </div>
          ) : null}
        </div>
      </div>
    </Panel>
  );
}

function Unused({ look, mapping }: { readonly look: Look; readonly mapping: Mapping }) {
  const unused = unusedHeaders(look, mapping);
  if (unused.length === 0) return null;
  return (
    <Panel title={wizard.unusedTitle} note={wizard.unusedNote}>
      <div className={classes.chips}>
        {unused.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may carry one name
          <Badge key={index}>{header || '(no name)'}</Badge>
        ))}
      </div>
    </Panel>
  );
}
