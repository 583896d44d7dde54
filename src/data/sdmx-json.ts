import type { Issue } from '../issue.ts';
import { isRecord } from './json.ts';
import { brief, nothingRead } from './reading.ts';
import type { Place, TableReading } from './reading.ts';
import { newComponents, resolve, wordsIn } from './sdmx-components.ts';
import type { Component, Structure } from './sdmx-components.ts';
import { finish, gather, newGathering } from './sdmx-series.ts';
import type { Gathering } from './sdmx-series.ts';
import type { Code } from './sdmx-units.ts';

type Json = Record<string, unknown>;

/**
 * The series of an SDMX-JSON data message: version 2.0 (`data.structures`), 1.0 (`data.structure`) and the drafts before
 * it that are still served (`structure` at the root), as series or as flat observations.
 */
export function readSdmxJson(root: Json): TableReading {
  const data = isRecord(root['data']) ? root['data'] : root;
  const base = data === root ? [] : ['data'];
  const listed = Array.isArray(data['structures']) ? (data['structures'] as unknown[]) : undefined;
  const structures = listed ?? [data['structure'] ?? root['structure']];
  const dataSets = data['dataSets'];
  if (!Array.isArray(dataSets) || !isRecord(structures[0])) return nothingRead(noMessage(root, dataSets));
  const all = newGathering();
  const sender = senderOf(root);
  const read = structures.map((structure, i) => {
    const path = [...base, ...(listed === undefined ? ['structure'] : ['structures', i])];
    return isRecord(structure) ? newComponents(structure, path, sender, all.issues) : undefined;
  });
  for (const [d, dataSet] of dataSets.entries()) {
    const place = [...base, 'dataSets', d];
    const which = isRecord(dataSet) ? (dataSet['structure'] ?? 0) : 0;
    const structure = typeof which === 'number' ? read[listed === undefined ? 0 : which] : undefined;
    if (!isRecord(dataSet) || structure === undefined)
      all.issues.push({
        code: 'wrong-type',
        path: place,
        expected: 'a data set with a structure of this message',
        received: isRecord(dataSet) ? `structure ${brief(which)}` : brief(dataSet),
      });
    else if (/^d/i.test(typeof dataSet['action'] === 'string' ? dataSet['action'] : ''))
      all.issues.push({
        code: 'not-read',
        path: place,
        expected: 'figures',
        received: 'a data set of deletions',
        severity: 'warning',
      });
    else readDataSet(all, dataSet, structure, place);
  }
  return finish(all);
}

function readDataSet(all: Gathering, dataSet: Json, structure: Structure, place: Place): void {
  const shared = new Map<string, Code>();
  for (const dimension of structure.dataSet) {
    const code = dimension.values?.[0];
    if (code !== undefined) shared.set(dimension.id, code);
  }
  takeAttributes(shared, structure.dataSetAttributes, dataSet['attributes']);
  const groups = groupsOf(dataSet['dimensionGroupAttributes']);
  const indexes = new Map(structure.dataSet.map((dimension) => [dimension.id, 0]));
  const context = { all, structure, groups };
  if (isRecord(dataSet['observations']))
    readObservations(context, dataSet['observations'], structure.observation, shared, indexes, [
      ...place,
      'observations',
    ]);
  if (!isRecord(dataSet['series'])) return;
  for (const [key, series] of Object.entries(dataSet['series'])) {
    const at = [...place, 'series', key];
    const codes = new Map(shared);
    const own = new Map(indexes);
    if (!takeKey(key, structure.series, codes, own, at, all.issues)) continue;
    if (!isRecord(series) || (series['observations'] !== undefined && !isRecord(series['observations']))) {
      all.issues.push({
        code: 'wrong-type',
        path: at,
        expected: '{ observations }',
        received: brief(series),
      });
      continue;
    }
    takeAttributes(codes, structure.seriesAttributes, series['attributes']);
    const observations = (series['observations'] ?? {}) as Json;
    readObservations(context, observations, structure.observation, codes, own, [...at, 'observations']);
  }
}

interface Context {
  readonly all: Gathering;
  readonly structure: Structure;
  readonly groups: readonly Group[];
}

function readObservations(
  { all, structure, groups }: Context,
  observations: Json,
  dimensions: readonly Component[],
  shared: ReadonlyMap<string, Code>,
  indexes: ReadonlyMap<string, number>,
  place: Place,
): void {
  const { ordered, time, measures, source } = structure;
  for (const [key, given] of Object.entries(observations)) {
    const at = [...place, key];
    const codes = new Map(shared);
    const own = new Map(indexes);
    if (!takeKey(key, dimensions, codes, own, at, all.issues)) continue;
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    for (const group of groups) {
      const attributes = group.entries.get(
        group.positions.map((p) => own.get(ordered[p]?.id ?? '') ?? '').join(':'),
      );
      if (attributes !== undefined) takeAttributes(codes, structure.groupAttributes, attributes);
    }
    takeAttributes(codes, structure.observationAttributes, list.slice(Math.max(1, measures.length)));
    const moment = time === undefined ? undefined : codes.get(time.id);
    if (moment === undefined) continue;
    const spoken = ordered.filter((dimension) => dimension !== time);
    const figure = {
      key: spoken.map((dimension) => codes.get(dimension.id) ?? { id: '' }),
      ids: spoken.map((dimension) => dimension.id),
      time: moment.id,
      codes,
      source,
      place: at,
    };
    if (measures.length <= 1) {
      const [measure] = measures;
      gather(all, {
        ...figure,
        value: measure?.values === undefined ? list[0] : resolve(measure, list[0])?.id,
      });
    } else
      for (const [m, measure] of measures.entries()) {
        if (list[m] === undefined) continue;
        const value = measure.values === undefined ? list[m] : resolve(measure, list[m])?.id;
        gather(all, { ...figure, measure: measure.id, value });
      }
  }
}

/** Put the codes that a key such as `0:1:0` points to under their dimensions; false, with an issue, when it fits none. */
function takeKey(
  key: string,
  dimensions: readonly Component[],
  codes: Map<string, Code>,
  indexes: Map<string, number>,
  place: Place,
  issues: Issue[],
): boolean {
  const parts = dimensions.length === 0 && (key === '' || key === '0') ? [] : key.split(':');
  const ok =
    parts.length === dimensions.length &&
    dimensions.every((dimension, i) => {
      const index = /^\d{1,9}$/.test(parts[i]!) ? Number(parts[i]) : NaN;
      const code = dimension.values?.[index];
      if (code === undefined) return false;
      codes.set(dimension.id, code);
      indexes.set(dimension.id, index);
      return true;
    });
  if (!ok)
    issues.push({
      code: 'unknown-name',
      path: place,
      expected: `positions of values of ${dimensions.map((d) => d.id).join(', ') || 'no dimension'}`,
      received: brief(key),
    });
  return ok;
}

function takeAttributes(codes: Map<string, Code>, attributes: readonly Component[], given: unknown): void {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  for (const [i, attribute] of attributes.entries()) {
    const code = resolve(attribute, list[i]);
    if (code !== undefined) codes.set(attribute.id, code);
  }
}

/** Attributes of groups of series: the positions of the dimensions that tell the group, and the groups by their codes. */
interface Group {
  readonly positions: readonly number[];
  readonly entries: Map<string, unknown>;
}

function groupsOf(given: unknown): Group[] {
  const groups = new Map<string, Group>();
  for (const [key, attributes] of Object.entries(isRecord(given) ? given : {})) {
    const parts = key.split(':');
    const positions = parts.flatMap((part, i) => (part === '' ? [] : [i]));
    const mask = positions.join(':');
    const group = groups.get(mask) ?? { positions, entries: new Map<string, unknown>() };
    groups.set(mask, group);
    group.entries.set(positions.map((p) => parts[p]).join(':'), attributes);
  }
  return [...groups.values()];
}

function senderOf(root: Json): string | undefined {
  const meta = isRecord(root['meta']) ? root['meta'] : isRecord(root['header']) ? root['header'] : {};
  const sender: unknown = Array.isArray(meta['sender']) ? meta['sender'][0] : meta['sender'];
  if (!isRecord(sender)) return undefined;
  return wordsIn(sender)?.name ?? (typeof sender['id'] === 'string' ? sender['id'] : undefined);
}

/** Why a JSON value is no SDMX data message. */
function noMessage(root: Json, dataSets: unknown): Issue {
  const [error] = Array.isArray(root['errors']) ? (root['errors'] as unknown[]) : [];
  if (isRecord(error) && !Array.isArray(dataSets)) {
    const said = error['title'] ?? error['detail'] ?? error['message'];
    return {
      code: 'not-read',
      path: ['errors', 0],
      expected: 'data',
      received: `an error message: ${brief(said)}`,
    };
  }
  const other =
    root['class'] === 'dataset' || isRecord(root['dimension'])
      ? 'JSON-stat, which is another format'
      : 'CompactData' in root || 'GenericData' in root
        ? 'SDMX-ML written as JSON, which is another format'
        : `fields ${Object.keys(root).slice(0, 5).join(', ') || 'none'}`;
  return {
    code: 'not-read',
    path: [],
    expected: 'an SDMX-JSON data message with dataSets and a structure',
    received: other,
  };
}
