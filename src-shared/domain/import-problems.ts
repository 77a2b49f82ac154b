/** What may be wrong with a row of an extract, in words: what it is and how to mend it. Never a value. */
const messages: Readonly<Record<string, string>> = {
  EMPTY_REQUIRED: 'This field must not be empty. Fill it in the source system and export again.',
  BAD_DATE: 'Not a date or time that exists, or not in the form expected (2026-03-31, or 2026-03-31T14:05).',
  AMBIGUOUS_DATE: 'The year has two digits, so the date could mean several. Export it with a year of four digits.',
  BAD_NUMBER: 'Not a plain number. Write it with digits and a decimal point only.',
  OUT_OF_RANGE: 'The number lies outside what is possible here.',
  BAD_FLAG: 'Not yes or no. Write 1, true or yes; 0, false or no; or leave it empty.',
  NOT_IN_LIST: 'Not one of the values this field may have. Map it to one of them, or correct it.',
  TOO_LONG: 'Longer than this field can hold. A free text may have slipped into a column of codes.',
  FIELD_COUNT: 'The row has more or fewer fields than the header. Look for a delimiter inside a field without quotes.',
  BAD_ENCODING: 'The row holds bytes that are not text in this encoding. Choose another encoding, or save it as UTF-8.',
  BAD_QUOTE: 'There is text after a closing quote. A quote inside a field must be doubled.',
  OPEN_QUOTE: 'A quote is opened in this row and never closed, so everything behind it was read as one field.',
  NUL_BYTE: 'The row holds a NUL byte, which text never does. Export the file again.',
  NO_STORED_VALUE:
    'A formula in this row has no stored value, and formulas are never worked out. Open it in Excel, save it, try again.',
  BAD_RECORD: 'This reference is broken: it has no beginning, no end, or a bracket too few. Export it again.',
  NO_SCORE: 'A completed screening needs its items or its score.',
  BAD_ITEM: 'An item lies outside the range of its scale. It is never cut to fit: correct it in the source.',
  ITEM_COUNT: 'The number of items given is not that of the instrument.',
  SCORE_DIFFERS: 'The score given is not the one its items make.',
  UNKNOWN_INSTRUMENT: 'Items of an instrument that is not in the library cannot be checked. Give the score instead.',
  END_BEFORE_START: 'The end lies before the beginning.',
  ALIAS_AMBIGUOUS: 'This reference belongs to several people on that day. Correct the other references first.',
  ALIAS_NOT_VALID: 'This reference was nobody’s on that day. Check the days of the other references.',
  ALIAS_IN_USE:
    'Rows were loaded under this reference before it was known whose it is: they stand under a pseudonym of their own. Undo their batches and load their files again.',
  ALIAS_IS_PERSON:
    'This reference is also that of one of the imported people. On the days given here rows go to the person named here, on other days to that one.',
  UNKNOWN_PERSON: 'This person is not among the imported people. Import people first, or check the reference.',
  UNMAPPED_CODE: 'This category has no rule. Give it one, or correct it.',
  CLOCK_CHANGE: 'The clocks skip or repeat this hour, so the time could be another. Export times with their offset.',
  UNSCORED_INSTRUMENT: 'This instrument is not in the library, so its score was kept as given.',
  SAFETY_NOT_SEEN: 'The answer to the safety item is not in this row. Ask for item answers where there may be a risk.',
  AFTER_LEAVING: 'This lies after the person’s last day of service. Check the day, the reference and the leaving date.',
  BEFORE_JOINING:
    'This lies before the person’s first day of service. Check the day, the reference and the joining date.',
  LONG_DUTY: 'This duty is longer than a day. Check its end.',
  ABSENCES_OVERLAP: 'This absence begins before an earlier one of the same person ends. Check both.',
  DUTIES_OVERLAP: 'This duty begins before an earlier one of the same person ends. Check both.',
  TWO_ARMS: 'The person stands in another arm of this pilot already; the later row counts. Check the allocation.',
};

type Warning = { readonly one: string; readonly many: string };

const warnings: Readonly<Record<string, Warning>> = {
  UNMAPPED_CODE: {
    one: 'row has a category with no rule: kept, and left out of every count until it is mapped.',
    many: 'rows have a category with no rule: kept, and left out of every count until it is mapped.',
  },
  UNKNOWN_PERSON: {
    one: 'row names a person who is not among the imported people: kept under their pseudonym.',
    many: 'rows name a person who is not among the imported people: kept under their pseudonym.',
  },
  CLOCK_CHANGE: {
    one: 'row has a local time in an hour that the clocks skip or repeat: the earlier reading was taken.',
    many: 'rows have a local time in an hour that the clocks skip or repeat: the earlier reading was taken.',
  },
  AFTER_LEAVING: {
    one: 'row lies after the person’s last day of service.',
    many: 'rows lie after the person’s last day of service.',
  },
  BEFORE_JOINING: {
    one: 'row lies before the person’s first day of service.',
    many: 'rows lie before the person’s first day of service.',
  },
  ALIAS_NOT_VALID: {
    one: 'row has a reference that was nobody’s on that day: kept under a pseudonym of its own.',
    many: 'rows have a reference that was nobody’s on that day: kept under pseudonyms of their own.',
  },
  ALIAS_IN_USE: {
    one: 'reference was used by rows before it was known whose it is: they stay under a pseudonym of their own until their batch is undone and its file loaded again.',
    many: 'references were used by rows before it was known whose they are: those rows stay under pseudonyms of their own until their batches are undone and the files loaded again.',
  },
  ALIAS_IS_PERSON: {
    one: 'reference is also that of one of the imported people: on the days given it counts as the other person’s.',
    many: 'references are also those of imported people: on the days given they count as the other person’s.',
  },
  LONG_DUTY: { one: 'duty is longer than a day.', many: 'duties are longer than a day.' },
  ABSENCES_OVERLAP: {
    one: 'absence begins before an earlier one of the same person ends.',
    many: 'absences begin before an earlier one of the same person ends.',
  },
  DUTIES_OVERLAP: {
    one: 'duty begins before an earlier one of the same person ends.',
    many: 'duties begin before an earlier one of the same person ends.',
  },
  TWO_ARMS: {
    one: 'enrolment puts a person into another arm of the same pilot.',
    many: 'enrolments put a person into another arm of the same pilot.',
  },
  NO_CONSENT: {
    one: 'row says no consent was given: passed over, and nothing of it was kept.',
    many: 'rows say no consent was given: passed over, and nothing of them was kept.',
  },
  ERASED_PERSON: {
    one: 'row is about a person who was erased from this vault: passed over, and nothing of it was kept.',
    many: 'rows are about people who were erased from this vault: passed over, and nothing of them was kept.',
  },
  BLANK_ROW: { one: 'blank row was passed over.', many: 'blank rows were passed over.' },
  TOTALS_ROW: {
    one: 'row of totals or about the export was passed over.',
    many: 'rows of totals or about the export were passed over.',
  },
  NO_RECORD: {
    one: 'row held nothing that this extract is about and was passed over.',
    many: 'rows held nothing that this extract is about and were passed over.',
  },
  IGNORED_COLUMN: {
    one: 'column of the file is not part of this extract and was not read.',
    many: 'columns of the file are not part of this extract and were not read.',
  },
  UNSCORED_INSTRUMENT: {
    one: 'row is of an instrument that is not in the library: the score was kept as given.',
    many: 'rows are of an instrument that is not in the library: the score was kept as given.',
  },
  SAFETY_NOT_SEEN: {
    one: 'row of an instrument with a safety item came without its answer: not seen, which is not the same as none.',
    many: 'rows of an instrument with a safety item came without its answer: not seen, which is not the same as none.',
  },
};

export function problemMessage(code: string): string {
  return messages[code] ?? 'The row could not be read.';
}

export function warningMessage(code: string, count: number): string {
  const words = warnings[code];
  return `${count.toLocaleString('en-GB')} ${(count === 1 ? words?.one : words?.many) ?? code}`;
}
