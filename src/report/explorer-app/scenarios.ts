import type { ExplorerData } from '../explorer-model.ts';
import { samePoint } from '../explorer-point.ts';
import type { ExplorerPoint } from '../explorer-point.ts';
import { cleanName, mostKept, readScenarios, scenarioHash, scenarioJson } from '../explorer-scenario.ts';
import type { ExplorerScenario } from '../explorer-scenario.ts';
import { text } from '../explorer-words.ts';
import { element } from './dom.ts';
import { openStorage } from './storage.ts';

/** What the rest of the page gives to the scenarios. */
export interface ScenarioHost {
  /** Where the sliders stand. */
  readonly current: () => ExplorerPoint;
  /** Put the sliders at a scenario. */
  readonly show: (scenario: ExplorerScenario) => void;
  /** The scenario that the sliders show has another name. */
  readonly renamed: () => void;
  /** The kept scenarios have changed. */
  readonly changed: () => void;
}

/** Scenarios of the page. */
export interface Scenarios {
  readonly kept: () => readonly ExplorerScenario[];
  /** The scenario that the address names, if it names one. */
  readonly fromLink: () => ExplorerScenario | undefined;
  /** Write where the sliders stand into the address, so that a reload comes back to it. */
  readonly remember: () => void;
  readonly say: (message: string) => void;
}

/** Name, keep, compare, copy, load and remove scenarios. */
export function openScenarios(data: ExplorerData, host: ScenarioHost): Scenarios {
  const { language } = data;
  const zh = language === 'zh';
  const storage = openStorage(data);
  let kept: readonly ExplorerScenario[] = storage.read();
  const name = element<HTMLInputElement>('name');
  let ownHash = '';

  const say = (message: string): void => {
    element('message').textContent = message;
  };
  const current = (): ExplorerScenario => ({ name: cleanName(name.value), ...host.current() });
  const keepAll = (scenarios: readonly ExplorerScenario[], message: string): void => {
    kept = scenarios;
    const stored = storage.write(kept);
    say(stored ? message : `${message} ${text('notStored', language)}`);
    host.changed();
  };
  const add = (scenarios: readonly ExplorerScenario[]): readonly ExplorerScenario[] => {
    const all = [...kept];
    for (const scenario of scenarios) {
      const there = all.findIndex((one) => one.name === scenario.name);
      // The same scenario again is no second one; another of the same name is told apart by a number.
      if (there >= 0 && samePoint(all[there]!, scenario)) continue;
      all.push({ ...scenario, name: freeName(scenario.name, all) });
    }
    return all;
  };
  const freeName = (wanted: string, all: readonly ExplorerScenario[]): string => {
    const base = wanted === '' ? text('defaultName', language) : wanted;
    const taken = new Set(all.map((one) => one.name));
    if (wanted !== '' && !taken.has(base)) return base;
    for (let i = wanted === '' ? 1 : 2; ; i++) if (!taken.has(`${base} ${i}`)) return `${base} ${i}`;
  };
  const copy = (copied: string): void => {
    const field = element<HTMLTextAreaElement>('copied-text');
    element('copied').hidden = false;
    field.value = copied;
    const byHand = (): void => {
      field.focus();
      field.select();
      say(text('copyByHand', language));
    };
    try {
      navigator.clipboard.writeText(copied).then(() => {
        say(text('copied', language));
      }, byHand);
    } catch {
      byHand();
    }
  };
  const linkOf = (scenario: ExplorerScenario): string =>
    `${location.href.split('#')[0]!}#${scenarioHash(scenario)}`;
  const keptText = (): string =>
    JSON.stringify(
      kept.map((one) => scenarioJson(data, one)),
      null,
      2,
    );
  const load = (source: string): void => {
    const { scenarios, problems } = readScenarios(source, data);
    const [first] = scenarios;
    const wrong =
      problems.length === 0 ? '' : `${text('notRead', language)}${zh ? '：' : ': '}${problems.join('; ')}`;
    if (first === undefined) {
      say(wrong);
      return;
    }
    const other =
      planIn(source) === data.plan.name || planIn(source) === undefined
        ? ''
        : ` (${text('otherPlan', language)})`;
    const all = add(scenarios);
    if (all.length > mostKept) {
      say(text('full', language));
      return;
    }
    name.value = first.name;
    host.show(first);
    const names = scenarios
      .map((one) => (one.name === '' ? text('defaultName', language) : one.name))
      .join(', ');
    keepAll(all, `${text('loaded', language)}${zh ? '：' : ': '}${names}${other}. ${wrong}`.trim());
  };

  element('keep').addEventListener('click', () => {
    if (kept.length >= mostKept) {
      say(text('full', language));
      return;
    }
    const scenario = current();
    const all = [...kept, { ...scenario, name: freeName(scenario.name, kept) }];
    keepAll(all, `${text('keptAs', language)} ${all.at(-1)!.name}${zh ? '。' : '.'}`);
    name.value = '';
  });
  name.addEventListener('input', host.renamed);
  name.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') element('keep').click();
  });
  element('copy-link').addEventListener('click', () => {
    copy(linkOf(current()));
  });
  element('copy-json').addEventListener('click', () => {
    copy(JSON.stringify(scenarioJson(data, current()), null, 2));
  });
  element('copy-all').addEventListener('click', () => {
    copy(keptText());
  });
  element('save').addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([keptText()], { type: 'application/json' }));
    link.download = 'scenarios.json';
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
    }, 10_000);
  });
  element('load').addEventListener('click', () => {
    load(element<HTMLTextAreaElement>('load-text').value);
  });
  element<HTMLInputElement>('load-file').addEventListener('change', (event) => {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    if (file === undefined) return;
    // A scenario is a few hundred bytes; what is far larger is another file.
    if (file.size > 1_000_000) {
      say(`${text('notRead', language)}${zh ? '：' : ': '}${file.name}`);
      return;
    }
    void file.text().then(load, () => {
      say(`${text('notRead', language)}${zh ? '：' : ': '}${file.name}`);
    });
    field.value = '';
  });
  element('compare').addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-act]');
    const scenario = kept[Number(button?.dataset['kept'])];
    if (button === null || scenario === undefined) return;
    if (button.dataset['act'] === 'show') {
      name.value = scenario.name;
      host.show(scenario);
    } else
      keepAll(
        kept.filter((one) => one !== scenario),
        `${text('removed', language)}${zh ? '：' : ': '}${scenario.name}`,
      );
  });

  return {
    kept: () => kept,
    say,
    fromLink() {
      const { hash } = location;
      if (hash.length <= 1 || hash === ownHash) return undefined;
      const { scenarios, problems } = readScenarios(hash, data);
      if (scenarios[0] === undefined) {
        say(`${text('notRead', language)}${zh ? '：' : ': '}${problems.join('; ')}`);
        return undefined;
      }
      name.value = scenarios[0].name;
      return scenarios[0];
    },
    remember() {
      const here = current();
      const hash = here.name === '' && samePoint(here, data.start) ? '' : `#${scenarioHash(here)}`;
      ownHash = hash;
      try {
        history.replaceState(null, '', hash === '' ? location.href.split('#')[0]! : hash);
      } catch {
        // A page that may not change its address is not come back to.
      }
    },
  };
}

/** The plan that copied JSON was made for. */
function planIn(source: string): string | undefined {
  const match = /"plan"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(source);
  if (match === null) return undefined;
  try {
    return JSON.parse(match[1]!) as string;
  } catch {
    return undefined;
  }
}
