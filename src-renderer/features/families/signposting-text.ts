/** What is said of the advice and contacts on the sheet for families. */
export const signpostingText = {
  title: 'Advice and contacts on the sheet',
  note: 'What the sheet says may help, and whom it names to turn to. Yours stands in every later sheet of this vault; a sheet that was made keeps what it had.',
  usual: 'These are the usual ones. Check each number, and change what is different for your force.',
  own: 'These are your force’s own.',
  contacts: 'Whom the sheet names',
  name: 'Name',
  what: 'What they do',
  reach: 'How to reach them',
  source: 'Where you read it',
  checkedOn: 'Checked on',
  change: 'Change…',
  dialogTitle: 'Advice and contacts',
  dialogNote:
    'At most four pieces of advice and five contacts, so that all stays one page. A line left empty is left out.',
  advice: (at: number) => `Advice ${at}`,
  contact: (at: number) => `Contact ${at}`,
  save: 'Save',
  backToUsual: 'Back to the usual',
  cancel: 'Cancel',
  incomplete:
    'Each contact needs a name, what they do and how to reach them, and there must be one contact and one piece of advice.',
} as const;
