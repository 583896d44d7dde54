export { readPlan } from './read.ts';
export type { ReadPlanOptions } from './read.ts';
export type { PlanText, Qualitative, Reading, TextSpan, Unread, UnreadReason } from './reading.ts';
export { standardLexicon } from './lexicon.ts';
export type { LexiconRow } from './lexicon.ts';
export { writePlan } from './write.ts';
