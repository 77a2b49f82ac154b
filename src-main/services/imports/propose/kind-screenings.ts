import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { MappingRecord } from '#shared/contract/mapping.ts';
import type { Draft, Evidence } from './draft.ts';
import {
  answerMeanings,
  findInstruments,
  type InstrumentColumns,
  type InstrumentsFound,
  instrumentOfTexts,
  scaleByRange,
} from './instrument-columns.ts';

const cache = new WeakMap<Evidence, InstrumentsFound>();

export function instrumentsIn(evidence: Evidence): InstrumentsFound {
  const known = cache.get(evidence);
  if (known) return known;
  const found = findInstruments(evidence);
  cache.set(evidence, found);
  return found;
}

/** Columns of the file that hold answers or totals, which no other column of the kind may claim. */
export function instrumentFields(evidence: Evidence): ReadonlySet<number> {
  const { groups, unnamed } = instrumentsIn(evidence);
  const fields = groups.flatMap((group) => [...group.items.values(), ...(group.total ? [group.total] : [])]);
  return new Set([...fields, ...unnamed.values()].map((profile) => profile.index));
}

/** Completes a screening or an answer of a family: items and totals of one instrument, or a record for each of several. */
export function completeInstruments(draft: Draft): void {
  const { evidence } = draft;
  const { groups, unnamed } = instrumentsIn(evidence);
  const column = draft.matches.get('instrument');
  if (groups.length > 0 && column && !namesInstruments(column.profile.values)) draft.drop('instrument');
  if (groups.length > 0 && draft.columns['instrument'] === undefined) takeGroups(draft, groups);
  else if (unnamed.size > 0) takeUnnamed(draft, unnamed);
  else if (draft.columns['instrument'] === undefined && draft.columns['score'] !== undefined) nameByTexts(draft, 0);
  meanAnswers(draft);
  keepWhatSomebodyAnswered(draft);
}

function namesInstruments(values: readonly (readonly [string, number])[]): boolean {
  return values.some(([text]) => instrumentNamed(text) !== null);
}

function recordOf(group: InstrumentColumns): MappingRecord {
  const { definition, total } = group;
  const scale = scaleByRange(group);
  if (total) {
    const constants = { instrument: definition.code, ...(scale === null ? {} : { scale }) };
    return { columns: { score: total.name }, constants, when: total.name };
  }
  const items = [...group.items].sort((a, b) => a[0] - b[0]);
  return {
    columns: Object.fromEntries(items.map(([number, profile]) => [`item_${number}`, profile.name])),
    constants: { instrument: definition.code },
    whenAny: items.map(([, profile]) => profile.name),
  };
}

function sayGroup(draft: Draft, group: InstrumentColumns): void {
  const { definition, items, total } = group;
  if (total) {
    draft.note('score', total, 0.9, `the total of ${definition.code}`);
    return;
  }
  for (const [number, profile] of items) {
    draft.note(
      `item_${number}`,
      profile,
      items.size === definition.items.length ? 0.98 : 0.85,
      `item ${number} of ${definition.code}`,
    );
  }
}

function takeGroups(draft: Draft, groups: readonly InstrumentColumns[]): void {
  const names = [...new Set(groups.map((group) => group.definition.code))];
  for (const group of [...groups].reverse()) sayGroup(draft, group);
  draft.sureness.set('instrument', 0.95);
  const prefixes = new Set(groups.map((group) => group.prefix));
  const waves = prefixes.size > 1 && draft.columns['wave'] === undefined;
  draft.columnReasons.push({
    column: 'instrument',
    from: names.join(', '),
    confidence: 0.95,
    reason: 'the names of the columns say so',
  });
  if (draft.columns['score'] !== undefined) {
    delete draft.columns['score'];
  }
  delete draft.columns['scale'];
  const [only] = groups;
  if (groups.length === 1 && only && draft.columns['status'] !== undefined) {
    const { columns = {}, constants = {} } = recordOf(only);
    Object.assign(draft.columns, columns);
    Object.assign(draft.constants, constants);
  } else {
    for (const group of groups) {
      const record = recordOf(group);
      const wave = waves && group.prefix !== '' ? { wave: group.prefix } : {};
      draft.records.push({ ...record, constants: { ...record.constants, ...wave } });
    }
  }
  draft.bonus += 0.25;
  draft.reasons.push(`Columns of ${names.join(', ')} were found.`);
}

function takeUnnamed(draft: Draft, unnamed: InstrumentsFound['unnamed']): void {
  if (draft.columns['instrument'] === undefined && !nameByTexts(draft, unnamed.size)) return;
  for (const [number, profile] of unnamed)
    draft.take(`item_${number}`, profile, 0.85, `item ${number}, by the number in its name`);
  draft.bonus += 0.15;
}

/** Takes the instrument from the file's name or titles. */
function nameByTexts(draft: Draft, items: number): boolean {
  const definition = instrumentOfTexts(draft.evidence.texts, items);
  if (!definition) return false;
  draft.fill('instrument', definition.code, 0.8, 'the name of the file or its title says so');
  return true;
}

/** Texts of answers into the numbers that they stand for. */
function meanAnswers(draft: Draft): void {
  const { groups, unnamed } = instrumentsIn(draft.evidence);
  const named = [
    draft.constants['instrument'],
    ...(draft.matches.get('instrument')?.profile.values.map(([text]) => text) ?? []),
  ];
  const definitions = named.flatMap((name) => (name === undefined ? [] : [instrumentNamed(name)]));
  const meanings: Record<string, string> = {};
  for (const group of groups)
    Object.assign(meanings, answerMeanings([...group.items.values()], group.definition) ?? {});
  for (const definition of definitions) {
    if (definition && unnamed.size > 0)
      Object.assign(meanings, answerMeanings([...unnamed.values()], definition) ?? {});
  }
  if (Object.keys(meanings).length > 0) draft.values['items'] = meanings;
}

/** Rows in which nobody answered are no records, where no status tells what they are. */
function keepWhatSomebodyAnswered(draft: Draft): void {
  if (draft.records.length > 0 || draft.columns['status'] !== undefined) return;
  const fields = Object.entries(draft.columns)
    .filter(([name]) => name === 'score' || /^item_\d+$/.test(name))
    .map(([, header]) => header);
  const profiles = draft.evidence.profiles.filter((profile) => fields.includes(profile.name));
  if (profiles.length === 0 || profiles.every((profile) => profile.filled === profile.rows)) return;
  draft.records.push({ whenAny: fields.slice(0, 200) });
}
