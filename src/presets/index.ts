export { twoEngine, twoEngineHistory } from './two-engine.ts';
export type { Sector, TwoEngine, TwoEngineOptions, TwoEngineVariable } from './two-engine.ts';
export { illustrativeShares, twoEngineBaseRatios, twoEngineParameters } from './two-engine-parameters.ts';
export type { TwoEngineParameter } from './two-engine-parameters.ts';
export { standardIndicators } from './indicators.ts';
export { studyPlan } from './study.ts';
export type { PlanStudy, StudyOptions, TwoEngineFrontier } from './study.ts';
