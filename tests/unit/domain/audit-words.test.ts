import { describe, expect, it } from 'vitest';
import { contract, operationNames } from '#shared/contract/index.ts';
import { auditWords, hasAuditWords } from '#shared/domain/audit-words.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';

describe('the words of the audit log', () => {
  it('are there for every action that an operation writes', () => {
    const actions = operationNames.map((name) => contract[name].audit).filter((action) => action !== null);
    expect(actions.filter((action) => !hasAuditWords(action))).toEqual([]);
  });

  it('say what was imported, for every kind of extract', () => {
    for (const { kind } of extractKinds) {
      expect(auditWords('import.load', kind), kind).toMatch(/^Imported (?!an extract)[a-z]/);
    }
    expect(auditWords('import.load', 'attendances')).toBe('Imported attendances');
    expect(auditWords('rights.unheard')).toBe('Asked for “rights.unheard”');
  });
});
