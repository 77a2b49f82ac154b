import type { KindWords } from './kind-words.ts';

export const supportWords: KindWords = {
  context: 'case referral oh support client employee occupational health trim',
  about: 'occupational health oh referral referrals trim counselling eap support welfare case cases',
  columns: {
    service:
      'service | service name | service type | provider | support service | pathway | referral type | intervention | intervention type | referred to | service referred | type support | support type | treatment | clinic | programme | referred service',
    step: 'step | stage | event | event type | status | action | activity | outcome | appointment status | appointment outcome | attendance | attended | contact type | contact outcome | attendance status | state | disposition | result | case status',
    at: 'at | date | date time | event date | date event | action date | contact date | date contact | date action | appointment date | date appointment | status date | activity date | when | session date | step date | stage date',
    episode_ref:
      'episode | episode reference | case id | case number | case reference | referral id | referral number | referral reference | case | oh reference | oh number | episode id | matter | reference | file number | trim reference | ticket',
  },
};

export const volunteerWords: KindWords = {
  context: 'volunteer peer supporter',
  about: 'volunteer volunteers peer supporters supporter register',
  columns: {
    volunteer_ref:
      'volunteer | volunteer reference | volunteer id | volunteer number | supporter id | peer supporter id | supporter reference | vol id | peer id | supporter number | vol number | supporter code | volunteer code | reference | id',
    kind: 'kind | type | volunteer type | peer community | supporter type | background | category',
    base: 'base | station | location | area | district | base station | home station | hub',
    capacity:
      'capacity | max contacts | max cases | max caseload | caseload limit | maximum contacts | maximum caseload | max | caseload | max clients | places | maximum cases | availability number',
    skills:
      'skills | skill | specialism | specialisms | expertise | languages skills | can help with | interests | competencies | lived experience | topics',
    vetted_on:
      'vetted on | vetted | vetting date | date vetted | dbs date | dbs checked | vetting | dbs | date dbs | dbs check date | vetting cleared',
    trained_on: 'trained on | trained | training date | date trained | training completed | training | date training',
    supervisor: 'supervisor | supervised by | supervisor id | supervisor reference | coordinator | mentor | line lead',
    from: 'from | active from | start date | start | available from | date start | joined | date joined | registered | from date | date from',
    to: 'to | active to | end date | end | available to | date end | left | stood down | leaving date | to date | date to',
  },
};

export const peerRequestWords: KindWords = {
  context: 'peer request support',
  about: 'request requests peer enquiries',
  columns: {
    request_ref:
      'request reference | request id | request number | request | reference | enquiry id | enquiry number | ticket | ticket number | reference number | id | case id',
    requester_token:
      'requester token | requester | requester id | requester code | token | enquirer | caller token | client token | anonymous id | anon id | anonymous token | person token | requested by token | requester reference',
    requested_at:
      'requested at | requested | request date | date requested | date request | received | date received | created | submitted | request time | date raised | raised | logged | date logged | contact made | date time',
    area: 'area | district | location | base | station | region | division | locality | requester area',
    needs:
      'need | needs | help needed | support needed | topic | topics | reason | help with | subject | issue | issues | type support | theme | themes | presenting need',
    responded_at:
      'responded at | responded | response date | date responded | first response | answered | date answered | replied | reply date | matched | date matched | first contact | response time | picked up | actioned',
    status: 'status | outcome | state | request status | result',
  },
};

export const peerContactWords: KindWords = {
  context: 'peer contact support session',
  about: 'contact contacts peer supporter sessions conversations',
  columns: {
    volunteer_ref: volunteerWords.columns['volunteer_ref'] ?? '',
    requester_token:
      'requester token | requester | requester id | requester code | token | client token | anonymous id | anon id | anonymous token | person token | client | client id | recipient | supported person | recipient token | client reference',
    at: 'at | contact date | date contact | contact date time | session date | date session | date | date time | when | contact time | met | date met | spoke | conversation date | contact start | contact at | start',
    minutes:
      'minutes | duration | duration minutes | length | length minutes | contact length | hours | time spent | contact duration | mins',
    mode: 'mode | method | contact method | contact mode | contact type | how | channel | medium | type | format',
    safeguarding:
      'safeguarding | safeguarding raised | safeguarding concern | safeguarding flag | escalated | concern raised | safeguard | risk escalated',
  },
};
