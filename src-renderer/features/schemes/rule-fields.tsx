import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import {
  fieldsOf,
  newRule,
  numberTyped,
  type PartProps,
  type RuleFields,
  type RuleKind,
  ruleInWords,
  ruleOf,
} from './draft.ts';
import classes from './schemes.module.css';
import { text } from './text.ts';

const kinds: readonly { readonly value: RuleKind; readonly label: string }[] = [
  { value: 'count', label: 'Number of exposures' },
  { value: 'tier', label: 'Number of a tier' },
  { value: 'percentile', label: 'Place within the role' },
  { value: 'single', label: 'A single event' },
];
const categoryOptions = exposureCategories.map(({ code, label }) => ({
  value: code as string,
  label: label as string,
}));

/** The rules that raise a signal, each as fields and in words. */
export function RuleFieldsList({ document, onChange }: PartProps) {
  const add = useRef<HTMLButtonElement>(null);
  const rules = document.review_triggers.map(({ rule }) => rule);
  const put = (next: readonly string[]) => onChange({ review_triggers: next.map((rule) => ({ rule })) });
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{text.triggers}</legend>
      <p className={classes.note}>{rules.length === 0 ? text.noRules : text.rulesNote}</p>
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name but its text, which is what is edited
        <div key={at} className={classes.rule}>
          <Rule
            number={at + 1}
            fields={fieldsOf(rule, document.tiers, document.cooldown_days)}
            rule={rule}
            tiers={Object.keys(document.tiers)}
            onChange={(next) => put(rules.map((own, index) => (index === at ? next : own)))}
          />
          <p className={classes.ruleWords}>{ruleInWords(rule, document)}</p>
          <Button
            variant="subtle"
            aria-label={`${text.remove} rule ${at + 1}`}
            onClick={() => {
              add.current?.focus();
              put(rules.filter((_, index) => index !== at));
            }}
          >
            {text.remove}
          </Button>
        </div>
      ))}
      <Button ref={add} variant="default" size="xs" onClick={() => put([...rules, ruleOf(newRule)])}>
        {text.addRule}
      </Button>
    </fieldset>
  );
}

type RuleProps = {
  readonly number: number;
  /** Null where the rule is written in a way that the fields do not know. */
  readonly fields: RuleFields | null;
  readonly rule: string;
  readonly tiers: readonly string[];
  readonly onChange: (rule: string) => void;
};

function Rule({ number, fields, rule, tiers, onChange }: RuleProps) {
  if (!fields) {
    return (
      <TextInput label={`Rule ${number}`} value={rule} onChange={(event) => onChange(event.currentTarget.value)} />
    );
  }
  const change = (next: Partial<RuleFields>) => onChange(ruleOf({ ...fields, ...next }));
  return (
    <>
      <Select
        label={text.ruleKind}
        aria-label={`${text.ruleKind}, rule ${number}`}
        w={200}
        data={[...kinds]}
        value={fields.kind}
        onChange={(kind) => kind && change({ kind: kind as RuleKind, tier: tiers[0] ?? fields.tier })}
      />
      {fields.kind === 'single' ? (
        <Select
          label={text.category}
          aria-label={`${text.category}, rule ${number}`}
          w={280}
          data={categoryOptions}
          value={fields.category}
          onChange={(category) => category && change({ category })}
          searchable
        />
      ) : (
        <>
          {fields.kind === 'tier' ? (
            <Select
              label={text.tier}
              aria-label={`${text.tier}, rule ${number}`}
              w={90}
              data={[...new Set([...tiers, fields.tier])].filter((tier) => tier !== '')}
              value={fields.tier}
              onChange={(tier) => tier && change({ tier })}
            />
          ) : null}
          <NumberInput
            label={fields.kind === 'percentile' ? text.percent : text.least}
            aria-label={`${fields.kind === 'percentile' ? text.percent : text.least}, rule ${number}`}
            w={90}
            min={1}
            max={fields.kind === 'percentile' ? 100 : 999_999}
            value={fields.kind === 'percentile' ? fields.percent : fields.least}
            onChange={(value) =>
              change(
                fields.kind === 'percentile'
                  ? { percent: numberTyped(value) ?? 95 }
                  : { least: Math.round(numberTyped(value) ?? 1) },
              )
            }
          />
          <NumberInput
            label={text.window}
            aria-label={`${text.window}, rule ${number}`}
            w={90}
            min={1}
            max={36_600}
            allowDecimal={false}
            value={fields.windowDays}
            onChange={(value) => change({ windowDays: numberTyped(value) ?? 1 })}
          />
        </>
      )}
    </>
  );
}
