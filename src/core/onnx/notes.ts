import { words } from '../words/words.ts';
import type { Unread } from './find.ts';
import type { Model } from './graph.ts';
import { isUnknown } from './passage.ts';
import { nodeName, type AttentionSite, type WeightChange } from './site.ts';

/** Nodes that are named of those that do the same. */
const maxNamed = 3;

/** What was done to a model, and what its own nodes do to the weights: a phrase each. */
export function notesOf(model: Model, sites: readonly AttentionSite[], unread: readonly Unread[]): readonly string[] {
  const says = words().reading;
  const groups = new Map<string, AttentionSite[]>();
  for (const site of sites) {
    const group = [site.kind, site.form, site.op].join();
    groups.set(group, [...(groups.get(group) ?? []), site]);
  }
  const notes = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ kind, form, op }) => says.attention(kind, group.length, form, op)),
  );
  notes.push(...changeNotes(sites));
  const gates = sites.flatMap(({ gate }) => gate ?? []);
  if (gates.length > 0) notes.push(says.gated(placeOf('Mul', gates)));
  if (sites.some(({ sink }) => sink)) notes.push(says.sinks);
  if (sites.some(({ blocks }) => blocks !== null)) notes.push(says.blocks);
  if (sites.some(({ blocks }) => blocks === 'sums')) notes.push(says.sums);
  if (model.half) notes.push(says.half);
  else if (model.storedBits < 32) notes.push(says.stored(model.storedBits));
  return [...notes, ...unread.map(unreadNote), says.unchanged];
}

/** A softmax that may be an attention, and why it is not shown. */
export function unreadNote({ softmax, by }: Unread): string {
  const says = words().reading;
  return says.unread(says.node(softmax.op, nodeName(softmax)), says.node(by.op, nodeName(by)), isUnknown(by));
}

/** The changes of all layers, those alike in one phrase with the first of their nodes. */
function changeNotes(sites: readonly AttentionSite[]): string[] {
  const alike = new Map<string, { change: WeightChange; nodes: Set<string>; sites: Set<AttentionSite> }>();
  for (const site of sites) {
    for (const change of site.changes) {
      const key = [change.how, change.op, change.factor].join();
      const group = alike.get(key) ?? { change, nodes: new Set(), sites: new Set() };
      group.nodes.add(change.node);
      group.sites.add(site);
      alike.set(key, group);
    }
  }
  return [...alike.values()].map(({ change, nodes, sites: of }) => changeNote(change, [...nodes], of.size));
}

/** The nodes that do the same in so many layers, by their operator and the first of their names. */
function placeOf(op: string, nodes: readonly string[], count = nodes.length): string {
  return words().reading.where(count, op, nodes.slice(0, maxNamed), nodes.length > maxNamed);
}

function changeNote({ op, how, factor }: WeightChange, nodes: readonly string[], count: number): string {
  const says = words().reading;
  const where = placeOf(op, nodes, count);
  return how === 'scaled' ? says.scaled(where, factor) : says[how](where);
}
