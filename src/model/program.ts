import { derivative } from '../formula/differentiate.ts';
import { compileStatements } from '../formula/compile.ts';
import type { Engine, Layout, Program, Statement } from '../formula/compile.ts';
import { binary, eachVariable, variable } from '../formula/expression.ts';
import type { Expression } from '../formula/expression.ts';
import { currentNames } from '../formula/invert.ts';
import { feedbackSplit } from './feedback.ts';
import type { Model } from './model.ts';
import { blocksOf, currentNeeds } from './order.ts';
import { explicitForm, residualForm, systemOf } from './system.ts';
import type { System } from './system.ts';

/**
 * A model compiled for one choice of what is given: straight-line steps and simultaneous blocks in solution order,
 * over numbered slots.
 */
export interface Compiled {
  readonly system: System;
  readonly layout: SlotLayout;
  readonly steps: readonly Step[];
}

/** Slots of one period: variables in the order of their equations, then exogenous series, parameters, add-factors. */
export interface SlotLayout extends Layout {
  readonly names: readonly string[];
  readonly slots: ReadonlyMap<string, number>;
  /** Longest lag by slot, -1 where no equation reads it. */
  readonly lags: Int32Array;
}

export type Step = Straight | SimultaneousBlock;

/** Equations that can be computed one after the other. */
export interface Straight {
  readonly kind: 'straight';
  readonly equations: readonly number[];
  readonly run: Program;
}

/** Equations that depend on each other, split at a feedback set. */
export interface SimultaneousBlock {
  readonly kind: 'simultaneous';
  /** Feedback equations first, then the others in the order in which they are computed. */
  readonly equations: readonly number[];
  readonly feedbackCount: number;
  /** Slot of each equation's variable, in the order of `equations`. */
  readonly slots: Int32Array;
  /** Computes the others into their slots. */
  readonly others: Program;
  /** Residuals of the feedback equations into `out[0..feedbackCount)`. */
  readonly residuals: Program;
  /** Derivatives of all residuals into `out[0..entries)`. */
  readonly jacobian: Program;
  /** Row and column (positions in `equations`) of each derivative, by row; own ones on the diagonal included. */
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  /** True when no derivative changes with the block's own variables. */
  readonly linear: boolean;
}

/** The name of an equation's add-factor among the slots; no equation can use it as a name of its own. */
export function addFactorName(name: string): string {
  return `add:${name}`;
}

/** What a compiled model depends on, beside the model. */
export interface Choice {
  readonly engine: Engine;
  /** Variables whose equations carry an add-factor slot. */
  readonly addFactors: readonly string[];
  /** Variables that are given, their equations left out. */
  readonly given: readonly string[];
  /** Every equation alone, its value into `out` at its own number (what has no written-out value stays a step of its own). */
  readonly alone?: boolean;
}

const compiled = new WeakMap<Model, Map<string, Compiled>>();

/** A model compiled for a choice; compiling is a pure function of both, so the result is kept while the model lives. */
export function compileModel(model: Model, choice: Choice): Compiled {
  let known = compiled.get(model);
  if (known === undefined) compiled.set(model, (known = new Map()));
  const plain = choice.addFactors.length + choice.given.length === 0 && choice.alone !== true;
  const key = plain
    ? choice.engine
    : JSON.stringify([choice.engine, choice.addFactors, choice.given, choice.alone]);
  let result = known.get(key);
  if (result === undefined) known.set(key, (result = compileSystem(systemOf(model), choice)));
  return result;
}

/** The slots of a system, with one for each add-factor that is used. */
export function layoutOf(system: System, addFactors: readonly string[] = []): SlotLayout {
  const names = [
    ...system.equations.map((e) => e.variable),
    ...system.exogenous,
    ...system.parameters,
    ...addFactors.map(addFactorName),
  ];
  const slots = new Map(names.map((name, i) => [name, i]));
  const lags = Int32Array.from(names, (name) => system.maxLag.get(name) ?? -1);
  return { names, slots, lags, width: names.length, slotOf: (name) => slots.get(name)! };
}

function compileSystem(system: System, { engine, addFactors, given, alone = false }: Choice): Compiled {
  const layout = layoutOf(system, addFactors);
  const carries = new Set(addFactors);
  const addFactor = (name: string): Expression | undefined =>
    carries.has(name) ? variable(addFactorName(name)) : undefined;
  const skip = new Set(given.map((name) => system.determines.get(name)!));
  const steps: Step[] = [];
  let straight: { equation: number; statement: Statement }[] = [];
  const flush = (): void => {
    if (straight.length === 0) return;
    const run = compileStatements(
      straight.map((s) => s.statement),
      layout,
      engine,
    );
    steps.push({ kind: 'straight', equations: straight.map((s) => s.equation), run });
    straight = [];
  };
  const blocks = alone
    ? system.equations.flatMap((_, i) => (skip.has(i) ? [] : [{ equations: [i], simultaneous: false }]))
    : blocksOf(system, skip);
  for (const block of blocks) {
    const [first] = block.equations;
    const own = system.equations[first!]!;
    const value = block.simultaneous ? undefined : explicitForm(own, addFactor(own.variable));
    if (value !== undefined) {
      straight.push({
        equation: first!,
        statement: { to: alone ? 'out' : 'data', slot: first!, expression: value },
      });
    } else {
      flush();
      steps.push(compileBlock(system, block.equations, layout, addFactor, engine));
    }
  }
  flush();
  return { system, layout, steps };
}

function compileBlock(
  system: System,
  members: readonly number[],
  layout: SlotLayout,
  addFactor: (name: string) => Expression | undefined,
  engine: Engine,
): SimultaneousBlock {
  const place = new Map(members.map((equation, i) => [equation, i]));
  const forms = members.map((i) => {
    const equation = system.equations[i]!;
    return explicitForm(equation, addFactor(equation.variable));
  });
  const implicit = new Set(forms.flatMap((form, i) => (form === undefined ? [i] : [])));
  const needs = members.map((i) => currentNeeds(system, i).flatMap((j) => place.get(j) ?? []));
  const { feedback, others } = feedbackSplit(needs, implicit);
  const order = [...feedback, ...others];
  const equations = order.map((k) => members[k]!);
  const variableOf = (k: number): string => system.equations[members[k]!]!.variable;
  // Others hold exactly once they are computed, so only the feedback equations leave a residual to drive to zero.
  const residualOf = (k: number): Expression => {
    const form = forms[k];
    return form === undefined
      ? residualForm(system.equations[members[k]!]!, addFactor(variableOf(k)))
      : binary('-', variable(variableOf(k)), form);
  };
  const position = new Map(order.map((k, i) => [variableOf(k), i]));
  const entries: { row: number; col: number; expression: Expression }[] = [];
  for (const [row, k] of order.entries()) {
    const residual = residualOf(k);
    const columns = new Set([row, ...currentNames(residual).flatMap((name) => position.get(name) ?? [])]);
    for (const col of [...columns].toSorted((a, b) => a - b))
      entries.push({ row, col, expression: derivative(residual, variableOf(order[col]!)) });
  }
  const own = new Set(position.keys());
  const linear = entries.every(({ expression }) => {
    let constant = true;
    eachVariable(expression, (name, lag) => {
      if (lag === 0 && own.has(name)) constant = false;
    });
    return constant;
  });
  const into = (to: 'data' | 'out', list: readonly Expression[], slot: (i: number) => number): Program =>
    compileStatements(
      list.map((expression, i) => ({ to, slot: slot(i), expression })),
      layout,
      engine,
    );
  return {
    kind: 'simultaneous',
    equations,
    feedbackCount: feedback.length,
    slots: Int32Array.from(order, (k) => layout.slotOf(variableOf(k))),
    others: into(
      'data',
      others.map((k) => forms[k]!),
      (i) => layout.slotOf(variableOf(others[i]!)),
    ),
    residuals: into('out', feedback.map(residualOf), (i) => i),
    jacobian: into(
      'out',
      entries.map((e) => e.expression),
      (i) => i,
    ),
    rows: Int32Array.from(entries, (e) => e.row),
    cols: Int32Array.from(entries, (e) => e.col),
    linear,
  };
}
