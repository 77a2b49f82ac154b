export const helpText = `Tidemark: police wellbeing analysis on one machine.

  demo DIR [--people N --years N --seed N]      a synthetic force: extracts, vault, analyses, report
  synth DIR [--people N --years N --seed N]     only the extracts, and truth.json
  vault create DIR --user NAME --role ROLES --passphrase-file F --recovery-file F
  vault users DIR list
  vault users DIR add NAME --role ROLES --new-passphrase-file F
  vault users DIR roles NAME --role ROLES       the roles that they have from now on
  vault users DIR remove NAME / grant NAME      grant: a clinician enrols one who is pending
  vault passwd DIR --new-passphrase-file F
  vault recover DIR --recovery-file F --user NAME --new-passphrase-file F
                                                lets them in; with the clinic key alone also --passphrase-file F
  vault rekey DIR                               new keys for every page, and by a clinician for what is sealed
  vault check DIR [--head H]
  audit DIR [list] [--from D] [--to D] [--by NAME] [--action CODE] [--limit N]
  audit DIR verify / export --out F.csv|F.jsonl  the chain of the audit log: verified, or written with its hashes
  vault backup DIR --to F                       an encrypted copy in one file, read back in full
  vault backup DIR --to F --since WHOLE         only what changed since a whole backup in the same folder
  vault restore F --to DIR [--recovery-file F]  into a new or empty folder, with a passphrase of its time or the vault key
  import DIR --kind KIND --file F [--mapping M.json] [--dry-run] [--rejects F]
  import DIR --file F --propose [--sheet NAME]
  import DIR --undo BATCH
  import DIR --file F --mapping-name NAME       loads by a saved mapping; a mapping file with a name is saved once it has loaded
  mappings DIR [list]                           the saved mappings
  mappings DIR save --file M.json [--pattern P] / export NAME --out F / retire NAME
  codes DIR [--unmapped] [--versions]           the rules that make incident codes exposures, and codes without one
  codes DIR --rules F --reason TEXT [--dry-run] puts a new version of the rules in force, or says what would change
  schemes DIR [list] / show NAME / export NAME --out F
                                                the weighting schemes; two are compared by the analysis scheme-comparison
  schemes DIR draft --file F --reason TEXT      saves a draft; two others than its author approve it
  schemes DIR submit|approve|decline|withdraw|retire NAME --reason TEXT
  schemes DIR preview NAME                      what an approved scheme would change on the clinicians' list
  schemes DIR adopt NAME --seen S --reason TEXT puts it into use there, as the preview was seen
  pilots DIR [list] / show CODE                 the pilots, and one with its plan, what it lacks and its deviations
  pilots DIR save --file F                      saves a plan as its next version; docs/pilots.md shows one
  pilots DIR lock CODE                          locks the plan: it stays as it is, and outcomes can be seen
  pilots DIR deviate CODE --reason TEXT [--what TEXT]
  pilots DIR finish CODE --reason TEXT / drop CODE --reason TEXT
                                                drop: by an analyst or clinician, before the lock
  pilots DIR allocate CODE / allocations CODE   lets chance put who waits into an arm; who is where, by pseudonym
  pilots DIR people CODE                        who is in its enrolments, by pseudonym, and how far they have come
  pilots DIR consent CODE --person P --on D / withdraw CODE --person P --on D [--leave-out]
                                                records what somebody said; left out, nothing of theirs is used
  pilots DIR adverse-events CODE                for clinicians and evaluators, with small counts withheld
  evidence DIR [list] / show NAME               the reviews, and one with its protocol, searches and flow
  evidence DIR save --file F [--reason TEXT]    saves a protocol as its next version; docs/evidence.md shows one
  evidence DIR register NAME [--in WHERE]       from then on records are decided on, and a change has its reason
  evidence DIR search NAME --database D --on DATE --query Q --hits N [--platform P] [--source S] [--search N]
  evidence DIR import NAME --file F [--search N]
                                                references in RIS, NBIB, BibTeX, CSV or a workbook, duplicates found
  evidence DIR duplicates NAME / same|apart|ask NAME RECORD RECORD
  evidence DIR decide NAME --stage title|full-text --file F.csv
                                                what you decided: record, decision, reason, note
  evidence DIR full-text NAME RECORD… --state sought|retrieved|not-retrieved
  evidence DIR conflicts NAME / resolve NAME RECORD --stage S --decision D --note TEXT [--reason CODE]
  evidence DIR flow NAME / agreement NAME --stage S
                                                the PRISMA flow; per cent, kappa and AC1 of reviewers
  evidence DIR extract|outcomes|appraise|grade|guidance NAME --file F
                                                studies, outcomes, judgements, certainty, advice; docs/evidence.md shows them
  evidence DIR studies NAME / summary NAME      what was extracted; the summary of findings with its certainty
  evidence DIR guidance / tools / library [NAME]
                                                what reviews advise, tools of appraisal, published findings to begin with
  evidence DIR add-pilot NAME PILOT --outcome O / withdraw NAME KIND CODE --reason TEXT
  plan DIR [list] / show CODE / loop            the actions, one with what happened to it, and where the loop is broken
  plan DIR audit / save --file F                resources with the widest gap first; saves an action or a rating; docs/plan.md
  plan DIR sign-off CODE --post P               by somebody who saved no version of it
  plan DIR move CODE --to STATUS --reason TEXT / note CODE --what TEXT
  plan DIR engagement [CODE] / engagement --file F [--counts C.csv]
                                                the activities, what one found in counts, or saves one; docs/plan.md
  plan DIR review [--file F]                    the review meetings, or keeps one with the indicators as they stand
  watch DIR --folder F [--once] [--settle SECONDS] [--allow-rejects SHARE]
                                                loads what arrives and matches a saved mapping, until it is stopped
  quality DIR [--as-of D]                       freshness, coverage, missing fields, duplicates, codes, volumes
  quality DIR --notes BATCH --out F             what was noted about rows that were kept: row, column, rule
  analyse DIR METHOD --spec F [--out F]         exposure-load, exposure-series, exposure-trend, exposure-outcome,
                                                signals, scheme-comparison, absence, indicators,
                                                early-warning, support-uptake, family-impact, peer-network,
                                                engagement, pilot-power, pilot-enrolment, pilot-timetable,
                                                pilot-fidelity, pilot-evaluation, review-synthesis
  export DIR people --spec F --reason TEXT --out F.csv
  export DIR timeline PERSON --reason TEXT --out F.csv
                                                rows of single people, for who has been permitted; spec as of exposure-load
  export DIR session-plan --spec F --reason TEXT --out F.csv
                                                proposed sessions of a pilot, to be imported; spec as of pilot-timetable
  cases DIR [list]                              what waits for a clinician: safety answers, signals, referrals, reviews
  report DIR --spec F --out DIR [--purpose TEXT] [--formats pdf,docx,html]
                                                PDF, Word, HTML and the manifest; what was asked of a second person waits
  report DIR preview --spec F                   what would leave, and what of it is withheld
  report DIR requests / look REQUEST            what was asked of a second person, and one as it would leave
  report DIR agree REQUEST --seen HASH [--note TEXT] / decline REQUEST [--note TEXT]
                                                agree: to what look showed, by its hash
  release DIR --spec F --reason TEXT --out FILE a signed bundle of aggregates for other forces; docs/sharing.md
  release DIR preview --spec F                  exactly what would leave
  release DIR list / requests / key             what was let out, what waits for a second person, the fingerprint to tell other forces
  release DIR withdraw ID --reason TEXT / rule one|two --reason TEXT
                                                rule: by an administrator, whether a second person has to agree to reports and bundles
  verify REPORT --vault DIR [--key FINGERPRINT] re-runs a report, compares, and checks who signed it
  verify REPORT BUNDLE...                       the same of a pooled report, with the bundles it was pooled from
  stats PROCEDURE --data F.csv --spec F.json    one statistical procedure on a plain file, no vault; docs/statistics.md
  pool FILE... --spec F --out FILE [--trust F] [--report DIR]
                                                bundles that several forces released, no vault; docs/sharing.md
  suppress --data F.csv --spec F.json           disclosure control on a plain table of counts, no vault; docs/disclosure.md

A vault's commands need --user NAME --passphrase-file F (or TIDEMARK_USER and TIDEMARK_PASSPHRASE_FILE).
--json prints one JSON object; --debug adds a stack trace to an unexpected fault.
Exit codes: 0 done, 1 unexpected fault, 2 unknown command or option, 3 bad file, spec or column, 4 wrong passphrase or
role, 5 corruption or differences, 6 refused by disclosure control.
`;
