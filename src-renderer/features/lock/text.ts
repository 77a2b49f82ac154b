import type { Role } from '#shared/domain/roles.ts';

export const text = {
  motto: 'How high the water came, for whom, and what helps.',
  promise: 'Nothing leaves this machine unless a person releases it.',
  open: 'Open a vault',
  openLead: 'A vault is a folder that holds one force’s data, encrypted.',
  recent: 'Opened before on this machine',
  firstVault: 'Open a vault…',
  otherVault: 'Open another vault…',
  createVault: 'Create a vault…',
  chooseFolder: 'Choose the vault’s folder',
  unlock: 'Unlock',
  user: 'User name',
  passphrase: 'Passphrase',
  newPassphrase: 'Passphrase',
  repeat: 'Passphrase again',
  differ: 'The two are not the same.',
  back: 'Other vaults',
  noRecent: 'No vault has been opened on this machine yet.',
  watchingPaused: 'Watching the folder is paused. It catches up when an analyst unlocks the vault.',
  locked: {
    asked: 'The vault is locked. Everything that was saved is kept.',
    idle: 'The vault locked itself because nobody was using it. Everything that was saved is kept.',
    screen: 'The vault locked together with the screen. Everything that was saved is kept.',
    suspend: 'The vault locked because the machine went to sleep. Unfinished work was stopped and taken back.',
  },
  wait: (words: string) => `Too many wrong passphrases. You can try again in ${words}.`,
  create: 'Create a vault',
  createLead: 'It is made in a new folder. You are its first user and its administrator.',
  folder: 'Folder of the new vault',
  folderHint: 'On an encrypted disk that is backed up, not on a shared drive.',
  rolesLegend: 'Your roles in it',
  rolesHint: 'In a vault that one person looks after, keep both administrator and analyst.',
  createButton: 'Create the vault',
  recoveryTitle: 'Put these two keys away',
  recoveryLead:
    'They are shown this once and never again. Give them to two different people, away from this machine: each opens a different half of the vault if passphrases are lost.',
  vaultKey: 'Vault key',
  vaultKeyUse:
    'Opens the data when every passphrase is lost. For information security, or a sealed envelope in a safe.',
  clinicKey: 'Clinic key',
  clinicKeyUse:
    'Enrols the first clinician and recovers a lost one: names and safety answers are sealed to it. For occupational health.',
  putAway: 'I have put both away, apart from each other',
  go: 'Go to the vault',
  haveKey: 'I have a recovery key…',
  recover: 'Use a recovery key',
  recoverLead: (name: string) => `For ${name}. The two keys were put away when the vault was made.`,
  recoveryKeys: 'Recovery key, or both',
  recoveryKeysHint: 'The whole line, with “vault-key” or “clinic-key” in front.',
  recoverUser: 'Who is to be let in',
  recoverUserHint: 'With the vault key a name that is not there yet becomes a new administrator.',
  presentPassphrase: 'Their present passphrase',
  presentPassphraseHint: 'The clinic key opens what is sealed, not the vault, so the passphrase is needed with it.',
  recoverButton: 'Let them in',
  backToUnlock: 'To the passphrase',
  recovered: (name: string) => `${name} can unlock the vault now.`,
  recoveredNew: (name: string) => `${name} is a new administrator and can unlock the vault now.`,
  recoveredClinic: 'They can also open what is sealed to clinicians.',
  recoveredPending: 'Their clinician’s role waits until a clinician, or the clinic key, enrols them.',
  saveToFile: 'Save to file…',
  saved: (name: string) => `Saved as ${name}`,
} as const;

export const roleMeanings: readonly {
  readonly role: Role;
  readonly label: string;
  readonly meaning: string;
  readonly fixed?: true;
}[] = [
  {
    role: 'administrator',
    label: 'Administrator',
    meaning: 'Looks after users, keys and backups. On its own it cannot read data.',
    fixed: true,
  },
  {
    role: 'analyst',
    label: 'Analyst',
    meaning: 'Imports extracts, runs analyses, prepares reports. Sees pseudonyms, never names.',
  },
  {
    role: 'clinician',
    label: 'Clinician',
    meaning: 'Reviews cases and may open what is sealed. Enrolled with the clinic key, so it waits until then.',
  },
  { role: 'evaluator', label: 'Evaluator', meaning: 'Sets up and evaluates pilots, writes evaluation reports.' },
];
