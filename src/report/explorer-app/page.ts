import { twoEngine } from '../../presets/two-engine.ts';
import { percent } from '../../plot/format.ts';
import { parseRate, plainDigits } from '../../numeric/rate.ts';
import type { ExplorerChance } from '../explorer-chance.ts';
import { fieldText, noteText } from '../explorer-controls.ts';
import { frontierSentence, frontierSvg, growthAt, outputFor, planeOf } from '../explorer-frontier.ts';
import type { FrontierPicture, Plane } from '../explorer-frontier.ts';
import { exploredAt } from '../explorer-model.ts';
import type { Explored, ExplorerData } from '../explorer-model.ts';
import { compareTable, ladderText, statusText, targetRows, tiles } from '../explorer-parts.ts';
import type { Compared } from '../explorer-parts.ts';
import {
  dragged,
  samePoint,
  sectors,
  shareSlider,
  sharesWith,
  sliderOf,
  yearsOf,
} from '../explorer-point.ts';
import type { ExplorerPoint, Slider } from '../explorer-point.ts';
import { text } from '../explorer-words.ts';
import { openCounter } from './counter.ts';
import { element, put, settled } from './dom.ts';
import { openScenarios } from './scenarios.ts';

/** A slider on the page: what it sets, and where it stands at a point. */
interface Control extends Slider {
  readonly id: string;
  readonly valueAt: (point: ExplorerPoint) => number;
  readonly pointWith: (value: number) => ExplorerPoint;
}

/** Bring the page to life: every slider, field, button and the point in the picture. */
export function openPage(): void {
  const data = JSON.parse(element('data').textContent) as ExplorerData;
  const { language, start } = data;
  const model = twoEngine({ parameters: data.parameters });
  const atPlan = exploredAt(data, model, start);
  let point = start;
  let here = atPlan;
  let plane: Plane | undefined;
  /** Points to go back to, the last one last. */
  const before: ExplorerPoint[] = [];
  /** The shares when the share that is being dragged was taken up. */
  let anchor = { id: '', shares: start.shares };
  let lastChances: ExplorerChance | undefined;
  let pale: ReturnType<typeof setTimeout> | undefined;
  let lastMove = { id: '', at: -Infinity };
  let frame = 0;

  const controls: readonly Control[] = [
    ...dragged.map((name): Control => ({
      ...sliderOf(name, start.set[name], yearsOf(data.over)),
      id: name,
      valueAt: ({ set }) => set[name],
      pointWith: (value) => ({ ...point, set: { ...point.set, [name]: value } }),
    })),
    ...sectors.map((sector): Control => ({
      ...shareSlider(sector),
      id: `share-${sector}`,
      valueAt: ({ shares }) => shares[sector],
      pointWith(value) {
        if (anchor.id !== sector) anchor = { id: sector, shares: point.shares };
        return { ...point, shares: sharesWith(anchor.shares, sector, value) };
      },
    })),
    {
      id: 'spread',
      low: 0,
      high: 1,
      step: 0.05,
      valueAt: ({ spread }) => spread,
      pointWith: (spread) => ({ ...point, spread }),
    },
  ];

  const counter = openCounter(data, element('app').textContent, (_, milliseconds) => {
    document.documentElement.dataset['milliseconds'] = String(milliseconds);
    drawSoon();
    announce();
  });
  const comparedAt = (name: string, at: ExplorerPoint, explored: Explored): Compared => ({
    name,
    point: at,
    here: explored,
    chances: counter.known(at),
  });
  const scenarios = openScenarios(data, {
    current: () => point,
    show(scenario) {
      move(scenario, 'load');
    },
    renamed() {
      remember();
    },
    changed() {
      drawSoon();
      ask();
    },
  });

  const ask = (): void => {
    counter.ask([point, ...(scenarios.kept().length === 0 ? [] : [start, ...scenarios.kept()])]);
  };
  const move = (to: ExplorerPoint, id: string): void => {
    const next = { set: to.set, shares: to.shares, spread: to.spread };
    if (samePoint(next, point)) return;
    // A drag is one step back, however many places it came through.
    const now = performance.now();
    if (id !== lastMove.id || now - lastMove.at > 1000) before.push(point);
    if (before.length > 100) before.shift();
    lastMove = { id, at: now };
    if (!id.startsWith('share-')) anchor = { id: '', shares: next.shares };
    go(next);
  };
  const go = (to: ExplorerPoint): void => {
    const began = performance.now();
    let explored: Explored;
    try {
      explored = exploredAt(data, model, to);
    } catch (error) {
      scenarios.say((error as Error).message);
      return;
    }
    [point, here] = [to, explored];
    document.documentElement.dataset['solved'] = String(performance.now() - began);
    element<HTMLButtonElement>('undo').disabled = before.length === 0;
    ask();
    drawSoon();
    remember();
    announce();
  };

  const drawSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const draw = (): void => {
    frame = 0;
    const began = performance.now();
    // Until the new chances are in the last ones stay, paler when it takes long: nothing flickers or jumps in a drag.
    const counted = counter.known(point);
    const chances = counted ?? lastChances;
    lastChances = chances;
    if (counted === undefined) pale ??= setTimeout(() => element('explorer').classList.add('counting'), 200);
    else {
      clearTimeout(pale);
      pale = undefined;
      element('explorer').classList.remove('counting');
    }
    drawControls();
    put(element('tiles'), tiles(data, here, chances));
    const body = document.querySelector<HTMLElement>('#targets tbody');
    if (body !== null) put(body, targetRows(data, here, chances));
    const ladder = document.getElementById('ladder');
    if (ladder !== null) ladder.innerHTML = ladderText(data, chances);
    const picture: FrontierPicture = {
      data,
      point,
      here,
      plan: { label: '', across: atPlan.industry, up: atPlan.services },
      kept: scenarios.kept().map((one) => {
        const explored = solvedAt(one);
        return { label: one.name, across: explored.industry, up: explored.services };
      }),
      width: Math.max(280, Math.min(760, Math.round(element('frontier').clientWidth))),
    };
    plane = planeOf(picture);
    put(element('frontier'), frontierSvg(picture));
    element('frontier-words').textContent = frontierSentence(picture);
    const kept = scenarios.kept();
    element('kept-buttons').hidden = kept.length === 0;
    put(
      element('compare'),
      kept.length === 0
        ? `<p>${text('compareNone', language)}</p>`
        : compareTable(
            data,
            comparedAt(text('thePlan', language), start, atPlan),
            { ...comparedAt(text('here', language), point, here), chances },
            kept.map((one) => comparedAt(one.name, one, solvedAt(one))),
          ),
    );
    showState(counted);
    document.documentElement.dataset['drawn'] = String(performance.now() - began);
  };
  const known = new WeakMap<ExplorerPoint, Explored>();
  const solvedAt = (at: ExplorerPoint): Explored => {
    let explored = known.get(at);
    if (explored === undefined) known.set(at, (explored = exploredAt(data, model, at)));
    return explored;
  };
  const drawControls = (): void => {
    const { activeElement } = document;
    for (const control of controls) {
      const { id, valueAt } = control;
      const value = valueAt(point);
      const slider = element<HTMLInputElement>(id);
      const field = element<HTMLInputElement>(`${id}-number`);
      if (Number(slider.value) !== 100 * value) slider.value = String(100 * value);
      slider.setAttribute('aria-valuetext', percent(value, language, 2));
      // What is being typed is not written over.
      if (field !== activeElement) {
        field.value = fieldText(value);
        field.removeAttribute('aria-invalid');
      }
      element(`${id}-note`).textContent = noteText(value, valueAt(start), control, language);
      element(`control-${id}`).dataset['value'] = String(value);
    }
  };
  const showState = (chances: ExplorerChance | undefined): void => {
    const { dataset } = document.documentElement;
    dataset['gdp'] = String(here.gdp);
    dataset['industry'] = String(here.industry);
    dataset['services'] = String(here.services);
    dataset['all'] = chances === undefined ? '' : String(chances.all);
    dataset['point'] = JSON.stringify(point);
    // Whether what is shown is all of it: the chances have come in, or there are none to come.
    dataset['state'] = chances === undefined && Object.keys(data.bands).length > 0 ? 'counting' : 'ready';
  };
  const announce = settled(() => {
    const chances = counter.known(point);
    if (chances !== undefined || Object.keys(data.bands).length === 0)
      element('status').textContent = statusText(data, here, chances);
  }, 500);
  const remember = settled(() => scenarios.remember(), 400);

  for (const { id, low, high, pointWith } of controls) {
    element<HTMLInputElement>(id).addEventListener('input', (event) => {
      move(pointWith(parseRate(`${(event.target as HTMLInputElement).value}%`) ?? NaN), id);
    });
    const field = element<HTMLInputElement>(`${id}-number`);
    field.addEventListener('input', () => {
      const value = parseRate(`${plainDigits(field.value)}%`);
      const right = value !== undefined && value >= low - 1e-12 && value <= high + 1e-12;
      field.setAttribute('aria-invalid', String(!right));
      if (right) move(pointWith(value), id);
    });
    field.addEventListener('blur', drawSoon);
    field.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') field.blur();
    });
  }
  element('reset').addEventListener('click', () => {
    move(start, 'reset');
  });
  element('undo').addEventListener('click', () => {
    const last = before.pop();
    lastMove = { id: '', at: -Infinity };
    if (last !== undefined) go(last);
  });

  // The point in the picture: across is real growth of industry, which its gross output is set to give; up is services.
  const [outputControl, servicesControl] = [controls[0]!, controls[1]!];
  const onto = ({ step, low, high }: Slider, value: number): number => {
    const per = Math.round(1 / step);
    return Math.min(Math.max(Math.round(value * per) / per, low), high);
  };
  const frontier = element('frontier');
  let held: { readonly id: number; readonly dx: number; readonly dy: number } | undefined;
  const placeIn = (event: PointerEvent): readonly [number, number] => {
    const box = frontier.firstElementChild!.getBoundingClientRect();
    const scale = plane!.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  };
  frontier.addEventListener('pointerdown', (event) => {
    const handle = (event.target as Element).closest('.handle');
    if (handle === null || plane === undefined) return;
    const [x, y] = placeIn(event);
    held = {
      id: event.pointerId,
      dx: Number(handle.getAttribute('cx')) - x,
      dy: Number(handle.getAttribute('cy')) - y,
    };
    frontier.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  frontier.addEventListener('pointermove', (event) => {
    if (held?.id !== event.pointerId || plane === undefined) return;
    const [x, y] = placeIn(event);
    const [across, up] = growthAt(plane, x + held.dx, y + held.dy);
    const set = {
      ...point.set,
      g_output_industry: onto(outputControl, outputFor(across, point)),
      g_services: onto(servicesControl, up),
    };
    move({ ...point, set }, 'picture');
  });
  for (const end of ['pointerup', 'pointercancel'] as const)
    frontier.addEventListener(end, () => {
      held = undefined;
    });

  addEventListener('resize', drawSoon);
  addEventListener('hashchange', () => {
    const scenario = scenarios.fromLink();
    if (scenario !== undefined) move(scenario, 'load');
  });
  const linked = scenarios.fromLink();
  if (linked !== undefined) {
    before.push(start);
    go({ set: linked.set, shares: linked.shares, spread: linked.spread });
  }
  ask();
  drawSoon();
}
