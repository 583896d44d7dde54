import type { Language } from '../issue.ts';
import { labelOf } from '../plan/indicator.ts';
import type { TwoEngineVariable } from '../presets/two-engine.ts';
import { twoEngineLabels } from '../presets/two-engine-labels.ts';
import { twoEngineParameters } from '../presets/two-engine-parameters.ts';
import type { TwoEngineParameter } from '../presets/two-engine-parameters.ts';

/**
 * A text in which the names of the model's parameters and variables are in words.
 *
 * @example named('g_services between 6 % and 12 %', 'en') // 'real growth of services, the second engine between 6 % and 12 %'
 */
export function named(text: string, language: Language): string {
  return text.replace(/(?<![A-Za-z0-9_])[a-z]+(?:_[a-z]+)*(?![A-Za-z0-9_(])/g, (name) => {
    if (Object.hasOwn(twoEngineParameters, name))
      return labelOf(twoEngineParameters[name as TwoEngineParameter].label, language);
    return name.includes('_') || name === 'gdp' || (language === 'zh' && Object.hasOwn(twoEngineLabels, name))
      ? labelOf(twoEngineLabels[name as TwoEngineVariable] ?? name, language)
      : name;
  });
}
