import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';

type Meaning = readonly [pattern: RegExp, choice: string];

/** What stands in files for the values of closed lists, the first that fits counting. */
const meanings: Readonly<Record<string, readonly Meaning[]>> = {
  proximity: [
    [/^(?:indirect|second(?:ary|-?hand)|colleague|attended after|vicarious|cordon)/i, 'secondary'],
    [
      /^(?:remote|call ?(?:handler|taker)|control ?room|phone|telephone|radio|dispatch|screen|digital|media|viewed)/i,
      'remote',
    ],
    [
      /^(?:direct|primary|first|at scene|on scene|in person|present|victim|close|hands[- ]on|attended|witness)/i,
      'direct',
    ],
  ],
  attribution: [
    [
      /\b(?:oic|officer in (?:the )?case|investigating officer|owner|assigned investigator|reviewing|supervis|allocated)\b/i,
      'oic_only',
    ],
    [/\b(?:crew|callsign|inferred|double[- ]crewed|partner)\b/i, 'crew_inferred'],
    [
      /\b(?:attend\w*|first|scene|soco|csi|crime scene|flo|family liaison|arrest\w*|report\w*|witness|initial|respon\w*|named|direct|dealing|deploy\w*|firearms|negotiator|dog handler|traffic|rpu|bronze|silver|search|medic|supervising at)\b/i,
      'named',
    ],
  ],
  status: [
    [/\b(?:declin\w*|refus\w*|opt(?:ed)?[- ]?out|withdr\w*|not wish|unwilling|no consent)\b/i, 'declined'],
    [
      /\b(?:invit\w*|sent|issued|pending|awaiting|not (?:started|completed|returned|opened|responded)|no response|outstanding|open(?:ed)?|incomplete|started|in progress|reminder|dna|bounced|undelivered|expired|non[- ]?respon\w*|due|overdue|unopened)\b/i,
      'invited',
    ],
    [
      /\b(?:complet\w*|submitted|returned|done|finished|responded|closed|scored|received|partial\w*|full|yes|y|true|1|valid)\b/i,
      'completed',
    ],
  ],
  member: [
    [/\b(?:adult[- _]?child|child|son|daughter|offspring|teen\w*|young)\b/i, 'adult_child'],
    [/\b(?:parents?|mother|father|mum|dad|guardian)\b/i, 'parent'],
    [/\b(?:partner|spouse|husband|wife|fianc\w*|girlfriend|boyfriend|civil partner|so|p)\b/i, 'partner'],
    [/\b(?:officer|police|employee|staff|serving|self|member|pc|o)\b/i, 'officer'],
  ],
  kind: [
    [/\b(?:community|public|citizen|external|civilian volunteer|lay)\b/i, 'community'],
    [/\b(?:peer|officer|staff|police|internal|pc|sergeant|colleague|serving|retired)\b/i, 'peer'],
  ],
  step: [
    [
      /\b(?:dna|did not attend|failed to attend|no[- ]?show|missed|fta|not attended|cancel\w*|wna|was not brought|uta|unable to attend|rearranged|rescheduled)\b/i,
      'missed',
    ],
    [/\b(?:declin\w*|refus\w*|opt(?:ed)?[- ]?out|not wish|no consent|withdr\w*|not accepted)\b/i, 'declined'],
    [/\b(?:discharg\w*|complet\w*|closed|closure|concluded|finish\w*|ended|resolved|case end|final)\b/i, 'completed'],
    [/\b(?:eligible|identified|triggered|met criteria|flagged)\b/i, 'eligible'],
    [/\b(?:offer\w*|invit\w*|signposted|advised)\b/i, 'offered'],
    [
      /\b(?:refer\w*|opened|case open\w*|received|registered|new|request\w*|logged|triage\w*|accepted|waiting|awaiting|allocated)\b/i,
      'referred',
    ],
    [
      /\b(?:attend\w*|engag\w*|session|treatment|assessment|assessed|consult\w*|appointment|review|debrief|therapy|in progress|ongoing|active|seen|72|28|month|follow)\b/i,
      'engaged',
    ],
    [/\b(?:contact\w*|call\w*|phon\w*|email\w*|letter|spoke|reached|messag\w*|booked|scheduled)\b/i, 'contacted'],
  ],
};

const plain = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '_');

/** Value of a closed list that a text in a file stands for, or null. */
export function choiceOf(column: ExtractColumn, text: string): string | null {
  const choices = column.choices ?? [];
  const own = choices.find((choice) => choice === plain(text));
  if (own !== undefined) return own;
  const found = (meanings[column.name] ?? []).find(([pattern]) => pattern.test(text.replaceAll('_', ' ')));
  return found && choices.includes(found[1]) ? found[1] : null;
}

/** 1, 0 or null for a text that stands for a flag otherwise than the reader of flags takes. */
export function flagOf(text: string): '1' | '0' | null {
  if (
    /^(?:1|y|yes|true|t|x|on|✓|✔|checked|ticked|tick|selected|raised|iod|rdw|crd|first|worked|serious|sae|cancelled|positive|in shift|on duty|within|confirmed|work related|known)$/i.test(
      text,
    )
  )
    return '1';
  if (
    /^(?:0|n|no|false|f|off|-|unchecked|none|nil|not .*|un.*|non.*|negative|off duty|outside.*|standard|normal|rejected|no .*)$/i.test(
      text,
    )
  )
    return '0';
  return null;
}
