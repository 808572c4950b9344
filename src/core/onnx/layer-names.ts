import { maxLayers } from '../attention/layers.ts';
import type { Found } from './find.ts';
import type { GraphNode } from './graph.ts';
import type { Scope } from './scope.ts';

/** Inputs and outputs of a model that hold what was computed of earlier tokens; the first number is the layer's. */
const cache = /^(?:past|present)[^\d]*(\d+)/;

/** A layer in the names of modules: `/model/layers.5/self_attn/Softmax`, `transformer.h.5.attn.weight`, `layer_._5`. */
const module = /(?:^|[^a-z])(?:layers?|blocks?|h)(?:[._/]+)(\d+)(?!\d)/i;

/** Characters of a name that are looked at. */
const maxName = 512;
/** Nodes that are looked through for a name, nearest first: projections stand some ten nodes before a softmax. */
const maxNodes = 32;

/**
 * The numbers of the layers that attentions of one kind stand in, by the names of their caches
 * (`past_key_values.5.key`, `present.5.key`) or else of the nodes and tensors around them; null where neither tells it
 * of all of them. Numbers rise from one attention to the next: names that say otherwise are of something else, or
 * shared by layers.
 */
export function namedLayers(found: readonly Found[]): readonly number[] | null {
  return rising(found.map(cacheNumber)) ?? rising(found.map(moduleNumber));
}

/** Whether numbers are those of layers, one after the other. */
export function areRising(numbers: readonly number[], count: number = maxLayers): boolean {
  return numbers.every((number, at) => number < count && number > (numbers[at - 1] ?? -1));
}

function rising(numbers: readonly (number | null)[]): readonly number[] | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === numbers.length && areRising(known) ? known : null;
}

/** By the caches that keys come from and queries do not; in branches by those of any of them. */
function cacheNumber(found: Found): number | null {
  const numbers = new Set(
    cacheNames(found)
      .map((name) => numberIn(cache, name))
      .filter((number) => number !== null),
  );
  const [number = null] = numbers;
  return numbers.size === 1 ? number : null;
}

function cacheNames({ finding, place, scope }: Found): readonly string[] {
  switch (place.in) {
    case 'branches':
      return place.branches.flatMap(cacheNames);
    // One operator reads and writes its cache by itself.
    case 'operator': {
      const { inputs, outputs } = scope.model.graph;
      scope.model.budget.spend(inputs.length + outputs.length);
      const own = new Set([...place.node.inputs, ...place.node.outputs]);
      return [...inputs, ...outputs].filter((name) => own.has(name));
    }
    // Queries have read the caches of all layers before, keys that of their own layer, too.
    case 'tensor': {
      const read = new Set(finding.queryInputs);
      scope.model.budget.spend(read.size + finding.keyInputs.length);
      return finding.keyInputs.filter((name) => !read.has(name));
    }
  }
}

/** By the nearest name that has a number: of the node itself, then of what it reads, and so on against the stream. */
function moduleNumber({ place, scope }: Found): number | null {
  switch (place.in) {
    case 'branches': {
      const numbers = new Set(place.branches.map(moduleNumber));
      const [number = null] = numbers;
      return numbers.size === 1 ? number : null;
    }
    case 'operator':
      return nearestNumber(scope, place.node);
    case 'tensor':
      return nearestNumber(scope, place.softmax);
  }
}

/** The number of a layer in the nearest name that has one, of a node or of what it is made of; null without any. */
export function nearestNumber(start: Scope, from: GraphNode): number | null {
  const seen = new Set([from]);
  const waiting: { readonly scope: Scope; readonly node: GraphNode }[] = [{ scope: start, node: from }];
  for (const { scope, node } of waiting) {
    scope.model.budget.spend(2 * (node.inputs.length + node.outputs.length));
    for (const name of [node.name, ...node.outputs, ...node.inputs]) {
      const number = numberIn(module, name);
      if (number !== null) return number;
    }
    for (const name of node.inputs) {
      const producer = scope.producerOf(name);
      if (!producer || seen.has(producer.node) || seen.size === maxNodes) continue;
      seen.add(producer.node);
      waiting.push(producer);
    }
  }
  return null;
}

/** A number that a layer can have, by a pattern whose first group it is. */
function numberIn(pattern: RegExp, name: string): number | null {
  const digits = pattern.exec(name.slice(0, maxName))?.[1];
  return digits === undefined || digits.length > String(maxLayers).length ? null : Number(digits);
}
