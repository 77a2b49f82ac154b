import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DirectoryService } from '#shared/contract/services.ts';
import { costBases, serviceAudiences, serviceTypes } from '#shared/domain/support-services.ts';
import { useCommand } from '../../bridge/hooks.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { formOf, inputOf, isDay, type ServiceForm } from './service-form.ts';
import { serviceText as text } from './service-text.ts';
import classes from './support.module.css';

/** The directory, and the analyses that read it, are asked for anew. */
function useForgetDirectory(): () => void {
  const client = useQueryClient();
  return () => {
    for (const name of ['services.list', 'analyses.run']) void client.invalidateQueries({ queryKey: [name] });
  };
}

type EnterProps = {
  /** Null for a new one. */
  readonly service: DirectoryService | null;
  /** Names that the extracts have and the directory has not. */
  readonly names: readonly string[];
  readonly onClose: () => void;
};

export function EnterServiceDialog({ service, names, onClose }: EnterProps) {
  const [form, setForm] = useState(() => formOf(service?.service ?? names[0] ?? '', service?.current ?? null));
  const change = (part: Partial<ServiceForm>) => setForm((now) => ({ ...now, ...part }));
  const forget = useForgetDirectory();
  const enter = useCommand('services.enter');
  const input = inputOf(form);
  const save = () => {
    if (input === null) return;
    enter.mutate(input, {
      onSuccess: () => {
        forget();
        onClose();
      },
    });
  };
  return (
    <ReasonDialog
      size="lg"
      title={service === null ? text.enterTitle : `${text.correctTitle}: ${service.service}`}
      note={service === null ? null : text.correctNote}
      confirm={text.save}
      command={enter}
      isComplete={input !== null}
      onConfirm={save}
      onClose={onClose}
      reason={form.reason}
      reasonHint={text.reasonHint}
      onReason={(reason) => change({ reason })}
    >
      {service === null ? (
        <Autocomplete
          label={text.name}
          description={text.nameHint}
          data={[...names]}
          value={form.service}
          onChange={(name) => change({ service: name })}
          maxLength={200}
          required
          data-autofocus
        />
      ) : null}
      <OfferFields form={form} onChange={change} />
    </ReasonDialog>
  );
}

type FieldsProps = { readonly form: ServiceForm; readonly onChange: (part: Partial<ServiceForm>) => void };

function OfferFields({ form, onChange }: FieldsProps) {
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={text.type}
          data={serviceTypes.map((value) => ({ value, label: text.types[value] }))}
          value={form.type}
          onChange={(value) => onChange({ type: (value ?? form.type) as ServiceForm['type'] })}
          allowDeselect={false}
        />
        <Select
          label={text.audience}
          data={serviceAudiences.map((value) => ({ value, label: text.audiences[value] }))}
          value={form.audience}
          onChange={(value) => onChange({ audience: (value ?? form.audience) as ServiceForm['audience'] })}
          allowDeselect={false}
        />
        <NumberInput
          label={text.cost}
          description={text.costHint}
          value={form.cost}
          onChange={(cost) => onChange({ cost })}
          min={0}
          decimalScale={2}
        />
        <Select
          label={text.basis}
          data={costBases.map((value) => ({ value, label: text.bases[value] }))}
          value={form.basis}
          onChange={(value) => onChange({ basis: (value ?? form.basis) as ServiceForm['basis'] })}
          allowDeselect={false}
        />
        <DayField label={text.from} value={form.from} onChange={(from) => onChange({ from })} />
        <DayField label={text.to} value={form.to} onChange={(to) => onChange({ to })} />
      </div>
      <NumberInput
        label={text.capacity}
        description={text.capacityHint}
        value={form.capacity}
        onChange={(capacity) => onChange({ capacity })}
        min={0.01}
        decimalScale={2}
      />
      <TextInput
        label={text.contact}
        description={text.contactHint}
        value={form.contact}
        onChange={(event) => onChange({ contact: event.currentTarget.value })}
        maxLength={500}
      />
    </>
  );
}

type DayProps = { readonly label: string; readonly value: string; readonly onChange: (typed: string) => void };

/** A day that may be left open. */
function DayField({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      label={label}
      description={text.dayHint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={isDay(value) ? null : text.dayWrong}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

type WithdrawProps = { readonly service: string; readonly onClose: () => void };

export function WithdrawServiceDialog({ service, onClose }: WithdrawProps) {
  const [reason, setReason] = useState('');
  const forget = useForgetDirectory();
  const withdraw = useCommand('services.withdraw');
  const save = () =>
    withdraw.mutate(
      { service, reason: reason.trim() },
      {
        onSuccess: () => {
          forget();
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      size="lg"
      title={text.withdrawTitle(service)}
      note={text.withdrawNote}
      confirm={text.withdraw}
      command={withdraw}
      isComplete={reason.trim().length >= 3}
      onConfirm={save}
      onClose={onClose}
      reason={reason}
      reasonHint={text.reasonHint}
      onReason={setReason}
    />
  );
}
