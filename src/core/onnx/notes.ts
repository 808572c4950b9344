import { countText } from '../attention/number-words.ts';
import type { Unread } from './find.ts';
import type { Model } from './graph.ts';
import { isUnknown } from './passage.ts';
import { nodeName, type AttentionForm, type AttentionSite, type WeightChange } from './site.ts';

/** What was done for each form, to be read behind “attention of N layers”. */
const doings: Readonly<Record<AttentionForm, string>> = {
  softmax: 'read from',
  'group-query': 'asked of',
  'onnx-attention': 'asked of',
  'multi-head': 'taken as scores from',
  'decoder-masked': 'taken as scores from',
  'fused-attention': 'computed a second time beside',
};

/** Nodes that are named of those that do the same. */
const named = 3;

/** What was done to a model, and what its own nodes do to the weights: a phrase each. */
export function notesOf(model: Model, sites: readonly AttentionSite[], unread: readonly Unread[]): readonly string[] {
  const groups = new Map<string, number>();
  for (const { kind, op, form } of sites) {
    const group = `${kind} attention of # ${doings[form]} ${op}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const notes = [...groups].map(([group, count]) => group.replace('#', countText(count, 'layer')));
  notes.push(...changeNotes(sites));
  if (sites.some(({ sink }) => sink))
    notes.push('part of every row goes to a sink that is no token: rows sum to less than 1');
  if (model.half) notes.push('attention is given in 32-bit floats, numbers are stored in 16 bits');
  return [...notes, ...unread.map(unreadNote), 'nothing else changed'];
}

/** A softmax that may be an attention, and why it is not shown. */
export function unreadNote({ softmax, by }: Unread): string {
  return (
    `the weights of ${softmax.op} “${nodeName(softmax)}” go into ${by.op} “${nodeName(by)}”, ` +
    `${isUnknown(by) ? 'which is not known here' : 'where values may be'}, so they are not read as attention`
  );
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

function changeNote({ op, how, factor }: WeightChange, nodes: readonly string[], count: number): string {
  const names = `${nodes
    .slice(0, named)
    .map((node) => `“${node}”`)
    .join(', ')}${nodes.length > named ? ', …' : ''}`;
  const where = `in ${countText(count, 'layer')} ${op} (${names})`;
  switch (how) {
    case 'changed':
      return (
        `${where} changes the weights after the softmax: shown are the changed ones, which multiply the values; ` +
        'a row need not sum to 1'
      );
    case 'scaled':
      return `${where} multiplies all weights by ${factor ?? 'a constant'} after the softmax: shown without that factor`;
    case 'rounded':
      return `${where} rounds the weights to 8 bits or fewer after the softmax: shown before that`;
    case 'aside':
      return `${where} makes other weights, which multiply values beside those shown: the model uses both`;
  }
}
