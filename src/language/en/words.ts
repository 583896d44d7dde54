import { trie } from '../trie.ts';

/**
 * What a word does in an English clause. `grow` and `fall` are changes, `past` finite verbs of the past, `plan` words
 * that look ahead, `from` what a figure is compared with, the bounds as in relations; `verb` acts of delivery.
 */
export type Tag =
  | 'grow'
  | 'fall'
  | 'past'
  | 'wasGrow'
  | 'wasFall'
  | 'plan'
  | 'expect'
  | 'strive'
  | 'binding'
  | 'hold'
  | 'from'
  | 'about'
  | 'atLeast'
  | 'atMost'
  | 'over'
  | 'under'
  | 'by'
  | 'to'
  | 'at'
  | 'between'
  | 'double'
  | 'halve'
  | 'verb'
  | 'average'
  | 'cumulative'
  | 'step'
  | 'forecast'
  | 'goals'
  | 'each'
  | 'cover'
  | 'steer'
  | 'triple'
  | 'relative';

const words: Readonly<Record<Tag, string>> = {
  grow: 'growth|grow|growing|increase|increases|increasing|rise|rising|rises|expand|expanding|expansion|gain|raise|raising|boost|boosting|accelerate|up|improve|climb|growth rate|rate of growth|growth target|growth rate target|be increased|be raised|be expanded|lift|step up|growth in|increase in|rise in|rate of increase|annual growth|year-on-year growth|additional',
  fall: 'reduce|reducing|reduction|reductions|cut|cuts|cutting|fall|falling|decline|declining|decrease|decreasing|lower|lowering|drop|down|shrink|bring down|be reduced|be cut|be lowered|slash|narrow|curtail|decreases|reduction in|decline in|reduced by|drop in|cut in|contraction|contract|decrease in|trim|limit the fall',
  past: 'was|were|reached|had|has|have|has been|have been|stood|stood at|achieved|totaled|totalled|amounted|hit|recorded|registered|exceeded|surpassed|came to|averaged|accounted for|last year|previous year|year before|a year earlier|a year ago|ago|since|already|so far|to date|over the past|in the past|during the past|past year|completed|built|created|attracted|delivered|lifted|maintained|kept|generated|opened|provided|met|remained|we have|currently|at present|is now|invested|added|helped|benefited|constructed|improved|turned out|came in|topped|saw|posted|delivered on|now stands|stands at|is currently|was revised|outturn|the outcome was|as of|the preceding year|in the first half of last year',
  wasGrow:
    'grew|rose|increased|expanded|climbed|jumped|surged|went up|gained|was up|were up|doubled|accelerated|strengthened',
  wasFall: 'fell|declined|decreased|dropped|shrank|contracted|slowed|was down|were down|eased|dipped|plunged',
  plan: 'will|shall|should|must|plan to|plans to|is to|are to|aim|aims|aiming|aimed|target|targets|targeted|targeting|goal|goals|objective|objectives|intend|intends|commit|commits|committed|pledge|pledges|propose|proposes|this year|next year|by the end of|we will|ensure|we aim|be set|is set|are set|set at|going forward|in the coming year|over the next|in the next|coming|to be|plan|planned|ambition|ambitions|would|seeks|keep|keeping',
  expect:
    'expected|expect|expects|anticipated|anticipate|anticipates|projected|expected to|forecast to|envisages|envisaged|envisage|is forecast|we expect|foresees|is projected|are projected|expectation|expected target|expected targets|projected targets|is estimated to',
  strive:
    'strive|strives|striving|endeavor|endeavour|endeavors|seek|work hard to|work toward|work towards|make every effort|do our best|try to|aspire|aspires|stretch target|attempt',
  binding: 'binding|mandatory|compulsory|obligatory|legally binding',
  hold: 'maintain|maintaining|hold|holding|remain|remains|stay|stabilize|stabilise|preserve|stay at',
  from: 'from|compared with|compared to|up from|down from|versus|against|than the|relative to|after|following|as against|over the level of|as compared with|previously|instead of|rather than|starting from|a base of|rather than the',
  about:
    'about|around|approximately|roughly|some|nearly|close to|almost|circa|in the region of|of the order of|approx',
  atLeast:
    'at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of|minimum|at or above|no lower than|not lower than|upwards of|a floor of',
  atMost:
    'at most|no more than|not more than|up to|within|not exceeding|not exceed|to not exceed|a maximum of|maximum of|no higher than|not higher than|capped at|at or below|not to exceed|no greater than|a ceiling of|limited to|limit of|a cap of|cap of|not to be more than|or lower than|contained within|restricted to|limit|not above|not to more than|inside',
  over: 'over|above|more than|exceeding|in excess of|greater than|exceed|higher than|surpass|top|upward of|beyond|past',
  under: 'below|under|less than|fewer than|lower than|beneath|short of|well below',
  by: 'by',
  to: 'to|to reach|reach|to a|reaching|to a level of|attain|attaining|to around',
  at: 'at|of|is|are|be|in|equal to|:|-|worth|equivalent to|a|an|the|its|this|their|annual|total|overall|rate|rate of|level|level of|real|additional|new target of|target of|a target of|average|annual average|per year|year-on-year|range|range of|the range of|a range of|in the range of|a rate of|an annual rate of|average annual rate of|an average of|extra',
  between: 'between',
  double: 'double|doubling|be doubled|two-fold|twofold|to double',
  triple: 'triple|tripling|treble|threefold|quadruple|quadrupling',
  halve: 'halve|halving|be halved|cut in half|by half|by one half',
  verb: 'build|construct|create|attract|complete|open|deliver|train|launch|establish|provide|plant|renovate|rebuild|upgrade|invest|allocate|issue|recruit|eliminate|demolish|install|lay|add|generate|connect|extend|secure|produce|finance|support|develop|resettle|relocate|introduce|restore|rehabilitate|employ|hire|fund|mobilize|mobilise|spend|irrigate|electrify|vaccinate|enroll|enrol|procure|acquire|bring|set up|start|begin|carry out|undertake|implement|distribute|house|help|transform|refurbish|repair|pave|dredge|set aside|raise|run|hold|offer|award|certify|modernize|modernise|commission|retrain|place|roll out|save|remove|phase out|close|retire|cover|reach|earmark|increase|expand|reduce|cut|lift|keep|reforest|afforest|dig|drill|supply|equip|staff|license|register|protect|clean up|designate|convert|collect|recycle|export|import|sell|buy|purchase|transfer|resurface|widen|appoint|grant|host|welcome|receive',
  average:
    'average annual|annual average|annually|per year|a year|per annum|each year|every year|on average|yearly|year on year on average|average yearly|average growth|an average',
  cumulative:
    'cumulative|cumulatively|in total over|a total of|over the five years|over the period|over the plan period|in aggregate|over five years|total|altogether',
  step: 'in step with|in line with|in tandem with|keep pace with|keeps pace with|on a par with|at the same pace as|in pace with|basically in step with|roughly in step with|generally in step with|commensurate with|keeping pace with|matching|in sync with|pace with|basically in line with|at about the same rate as|at the same rate as|as fast as|on par with',
  relative:
    'faster than|higher than|above the average|outpace|outpacing|exceed the national average|above the national average|more rapidly than|ahead of',
  forecast:
    "the imf projects|the imf expects|imf forecasts|imf staff project|staff project|staff projects|world bank forecasts|world bank projects|the world bank expects|analysts expect|economists expect|consensus forecast|consensus forecasts|is estimated at|was estimated|estimated|estimates|the imf forecasts|imf projects|oecd projects|oecd expects|according to the imf|according to the world bank|adb projects|staff estimates|market expectations|analysts forecast|private forecasters|forecasters|the imf's forecast|world economic outlook|oecd forecasts|adb forecasts|the bank projects|analysts|markets expect|baseline projection|staff baseline|global growth|world economy|world output|risks",
  goals:
    'main targets|main expected targets|main projected targets|key targets|targets are|targets for|goals for|main goals|main development targets|our targets|key projected targets|expected targets|targets include|development goals|main objectives|headline targets|following targets|our main targets|we have set the following|key goals|projected targets|the targets are',
  each: 'each|both|respectively|each of',
  cover:
    'full coverage|universal coverage|universal access|all households|every household|every village|universal',
  steer:
    'contain|containing|limit|limiting|keep|keeping|kept|hold|control|controlling|controlled|be kept|be contained|restrain|cap',
};

/** Words whose sense as a verb matters only where a number follows them as an object. */
export const wordTrie = trie<Tag>(
  (
    [
      'forecast',
      'goals',
      'step',
      'relative',
      'average',
      'atLeast',
      'atMost',
      'from',
      'about',
      'over',
      'under',
      'between',
      'double',
      'triple',
      'halve',
      'cover',
      'past',
      'wasGrow',
      'wasFall',
      'grow',
      'fall',
      'expect',
      'strive',
      'binding',
      'hold',
      'plan',
      'cumulative',
      'by',
      'to',
      'each',
      'at',
      'verb',
      'steer',
    ] as const
  ).flatMap((tag) => words[tag].split('|').map((word) => [word, tag] as const)),
);

/** Where the counted noun behind a number ends. */
export const stops = new Set(
  'by in within to and for with from this during over before through under while which that at per as on each every or annually respectively will is are was were but the of-which including up down next last since across between among via plus out so when where if into compared'.split(
    ' ',
  ),
);
