export const keysText = {
  actions: 'Change',
  remove: 'Remove…',
  removeNamed: (name: string) => `Remove ${name}…`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhat: (name: string) =>
    `${name} can no longer unlock this vault. What they did stays in it and in the audit log.`,
  removeDue:
    'A copy of the vault that they may have kept still opens with their passphrase. Change the keys afterwards, so that no later copy does.',
  removeConfirm: 'Remove them',
  keep: 'Keep them',
  enrol: 'Enrol…',
  enrolNamed: (name: string) => `Enrol ${name}…`,
  enrolTitle: (name: string) => `Enrol ${name} as a clinician?`,
  enrolWhat: (name: string) =>
    `From their next unlocking on ${name} can open names, safety answers and notes, as you can. This can be taken back only by changing the clinic key.`,
  enrolConfirm: 'Enrol them',
  notYet: 'Not now',
  keys: 'Keys',
  keysNote:
    'Changing the keys encrypts every page anew. Passphrases, recovery keys and pseudonyms stay what they are. The vault can be read meanwhile, not written to.',
  clinicNote: 'Because you are a clinician, names and notes are also sealed to a new clinic key.',
  dataDue: (since: string) =>
    `A change of keys is due since ${since}: somebody who has left may have kept the data key, which opens every copy made until then.`,
  clinicDue: (since: string) =>
    `A new clinic key is due since ${since}: a clinician who has left may have kept it, and it opens what is sealed. Only a clinician can make a new one.`,
  noneDue: 'Nobody who has left holds a key that is in use.',
  rekey: 'Change the keys',
  rekeying: 'Changing the keys',
  rekeyed: (pages: string) => `Done: ${pages} pages are encrypted under a new key.`,
  resealed: (count: string) => `${count} sealed entries are sealed to a new clinic key.`,
  lockAfter: 'Lock by itself',
  lockAfterNote: 'After so many minutes without anybody at the screen. Screen lock and sleep lock the vault at once.',
  minutes: (count: number) => `${count} ${count === 1 ? 'minute' : 'minutes'}`,
} as const;
