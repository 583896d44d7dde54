import type { Issue } from '../issue.ts';
import { isRecord } from './json.ts';
import { brief } from './reading.ts';
import type { Place } from './reading.ts';
import type { Code } from './sdmx-units.ts';

/** A dimension, attribute or measure of an SDMX-JSON structure. */
export interface Component {
  /** In capitals. */
  readonly id: string;
  /** Its place in the key of the data structure, where the message says it. */
  readonly position: number | undefined;
  readonly isTime: boolean;
  /** Absent where the data sets hold values rather than positions in this list. */
  readonly values?: readonly (Code | undefined)[];
  /** What holds where the data say nothing. */
  readonly otherwise?: Code;
}

/** The structure of an SDMX-JSON message, by the level at which its components are presented. */
export interface Structure {
  readonly dataSet: readonly Component[];
  readonly series: readonly Component[];
  readonly observation: readonly Component[];
  /** All dimensions in the order of the key. */
  readonly ordered: readonly Component[];
  readonly time: Component | undefined;
  readonly measures: readonly Component[];
  readonly dataSetAttributes: readonly Component[];
  readonly groupAttributes: readonly Component[];
  readonly seriesAttributes: readonly Component[];
  readonly observationAttributes: readonly Component[];
  readonly source: string | undefined;
}

type Json = Record<string, unknown>;

/** The components of a structure; a message without a dimension of time holds no series, which is said. */
export function newComponents(
  structure: Json,
  place: Place,
  sender: string | undefined,
  issues: Issue[],
): Structure {
  const levels = (field: string, level: string): Component[] => {
    const group = structure[field];
    const list: unknown = isRecord(group) && Object.hasOwn(group, level) ? group[level] : undefined;
    return list === undefined || list === null ? [] : componentsOf(list, [...place, field, level], issues);
  };
  const [dataSet, series, observation] = ['dataSet', 'series', 'observation'].map((l) =>
    levels('dimensions', l),
  );
  const all = [...dataSet!, ...series!, ...observation!];
  const ordered = all
    .map((dimension, i) => ({ dimension, at: dimension.position ?? i }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ dimension }) => dimension);
  const time = all.find((dimension) => dimension.isTime);
  if (time === undefined)
    issues.push({
      code: 'missing-field',
      path: [...place, 'dimensions'],
      expected: 'a dimension TIME_PERIOD',
      received: all.length === 0 ? 'no dimension' : all.map(({ id }) => id).join(', '),
    });
  return {
    dataSet: dataSet!,
    series: series!,
    observation: observation!,
    ordered,
    time,
    measures: levels('measures', 'observation'),
    dataSetAttributes: levels('attributes', 'dataSet'),
    groupAttributes: levels('attributes', 'dimensionGroup'),
    seriesAttributes: levels('attributes', 'series'),
    observationAttributes: levels('attributes', 'observation'),
    source: sourceOf(structure, sender),
  };
}

/** The code that a value of a data set stands for: a position in the component's list, or the value itself. */
export function resolve(component: Component, given: unknown): Code | undefined {
  const one: unknown = Array.isArray(given) ? given[0] : given;
  if (one === null || one === undefined) return component.otherwise;
  if (component.values !== undefined && typeof one === 'number') return component.values[one];
  return codeOf(one);
}

/** The words of an object that has a `name`, localised `names`, or both. */
export function wordsIn(given: Json): { readonly name?: string; readonly nameZh?: string } | undefined {
  const names = isRecord(given['names']) ? given['names'] : isRecord(given['name']) ? given['name'] : {};
  const texts = Object.entries(names).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const zh = texts.find(([language]) => /^zh(?:-|$)/i.test(language))?.[1];
  const en = texts.find(([language]) => /^en(?:-|$)/i.test(language))?.[1];
  const name = en ?? (typeof given['name'] === 'string' ? given['name'] : texts[0]?.[1]);
  if (name === undefined) return undefined;
  return zh === undefined || zh === name ? { name } : { name, nameZh: zh };
}

function componentsOf(list: unknown, place: Place, issues: Issue[]): Component[] {
  const given: readonly unknown[] = Array.isArray(list) ? list : [list];
  return given.map((component, i): Component => {
    if (!isRecord(component) || typeof component['id'] !== 'string') {
      issues.push({
        code: 'wrong-type',
        path: [...place, i],
        expected: 'a component with an id',
        received: brief(component),
      });
      return { id: `?${i}`, position: undefined, isTime: false };
    }
    const id = component['id'].toUpperCase();
    const { keyPosition, values, default: otherwise } = component;
    const roles = [component['role'], component['roles']].flat();
    return {
      id,
      position: typeof keyPosition === 'number' && Number.isFinite(keyPosition) ? keyPosition : undefined,
      isTime:
        id === 'TIME_PERIOD' ||
        id === 'TIME' ||
        roles.some((role) => role === 'time' || role === 'TIME_PERIOD'),
      ...(Array.isArray(values) && values.length > 0 ? { values: values.map(codeOf) } : {}),
      ...(otherwise === undefined || otherwise === null ? {} : { otherwise: codeOf(otherwise)! }),
    };
  });
}

function codeOf(given: unknown): Code | undefined {
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean')
    return { id: String(given) };
  if (!isRecord(given)) return undefined;
  const { id, value } = given;
  const words = wordsIn(given);
  if (typeof id === 'string' || typeof id === 'number') return { id: String(id), ...words };
  if (typeof value === 'string' || typeof value === 'number') return { id: String(value), ...words };
  // A value in several languages.
  const said = wordsIn({ names: isRecord(value) ? value : given });
  return said?.name === undefined ? words && { id: words.name ?? '', ...words } : { id: said.name, ...said };
}

/** Who publishes, what, and under which identifier. */
function sourceOf(structure: Json, sender: string | undefined): string | undefined {
  const links = Array.isArray(structure['links']) ? (structure['links'] as unknown[]) : [];
  const flow = links
    .map((link) => (isRecord(link) && typeof link['urn'] === 'string' ? link['urn'] : ''))
    .map((urn) => /Dataflow=(.+)$/.exec(urn)?.[1])
    .find((id) => id !== undefined);
  const name = wordsIn(structure)?.name;
  const text = [sender, name].filter((part) => part !== undefined && part !== '').join(': ');
  if (text === '') return flow;
  return flow === undefined ? text : `${text} [${flow}]`;
}
