import * as v from 'valibot';
import * as vscode from 'vscode';
import { firstView } from '../core/attention/view.ts';
import { pinned } from '../core/scene/pair.ts';
import { allHeads, soloHead } from '../core/attention/selection.ts';
import { withEdits } from '../core/run/edit-list.ts';
import { editsSchema } from '../core/run/edits.ts';
import { panelFormats } from '../core/export/panel-format.ts';
import type { Analyses } from './analysis/analyses.ts';
import type { Glossary } from './glossary/glossary.ts';
import type { Experiments } from './analysis/experiments.ts';
import type { Exports } from './panel/exports.ts';
import { measureEffects } from './sidebar/measure-effects.ts';
import { measureHeads } from './sidebar/measure-heads.ts';
import { headsViewId } from './sidebar/heads-view.ts';
import { documentSequence, type LiveAnalysis } from './analysis/live-analysis.ts';
import type { Panel } from './panel/panel.ts';
import type { PanelView } from './analysis/panel-view.ts';
import type { TrackedTexts } from './analysis/tracked-texts.ts';
import type { Selections } from './analysis/selections.ts';
import { chooseTarget } from './analysis/set-target.ts';
import type { ShowAttention } from './analysis/show-attention.ts';
import { registerTable } from './window/register.ts';

/** What the commands work on. */
export interface CommandServices {
  readonly log: vscode.LogOutputChannel;
  readonly analyses: Analyses;
  readonly places: TrackedTexts;
  readonly selections: Selections;
  readonly show: ShowAttention;
  readonly experiments: Experiments;
  readonly view: PanelView;
  readonly panel: Panel;
  readonly exports: Exports;
  readonly glossary: Glossary;
}

/** Every command by its id. Arguments come from anywhere (links, keybindings, other extensions) and are checked. */
export function commandTable(services: CommandServices): Readonly<Record<string, (...values: unknown[]) => unknown>> {
  const { log, analyses, places, selections, show, view, panel, exports, glossary } = services;
  return {
    'textAttention.show': () => opening(services, show.atSelection(vscode.window.activeTextEditor)),
    'textAttention.showPair': () => opening(services, show.onPair(vscode.window.activeTextEditor)),
    'textAttention.setTarget': async () => {
      const { current } = analyses;
      const chosen = await chooseTarget(current, places);
      if (current && chosen) await opening(services, show.withTarget(current, chosen.target));
    },
    'textAttention.rerun': (id) => opening(services, show.again(known(analyses, id))),
    'textAttention.cancel': () => show.cancel(),
    'textAttention.clear': () => {
      show.clear();
      analyses.clear();
    },
    'textAttention.export': (format, file) =>
      exports.save(panelFormats.find((known) => known === format) ?? null, file instanceof vscode.Uri ? file : null),
    'textAttention.showLog': () => log.show(),
    'textAttention.focusPanel': () => panel.focus(),
    'textAttention.focusHeads': () => vscode.commands.executeCommand(`${headsViewId}.focus`),
    'textAttention.showAnalysis': (id, token, sequence) => {
      const analysis = known(analyses, id);
      if (!analysis) return;
      analyses.show(analysis);
      if (isIndex(token)) focusToken(selections, analysis, isIndex(sequence) ? sequence : documentSequence, token);
      panel.show();
    },
    'textAttention.focusHead': (map, layer, head, id, token, sequence) => {
      const analysis = known(analyses, id) ?? analyses.current;
      if (!analysis || !isIndex(map) || !isIndex(layer) || !isIndex(head)) return;
      analyses.show(analysis);
      endLayerMerge(view);
      selections.set(analysis, soloHead({ ...selections.of(analysis), map, layer }, head), 'heads');
      if (isIndex(token) && isIndex(sequence)) focusToken(selections, analysis, sequence, token);
    },
    'textAttention.openGlossary': (term) => glossary.openTerm(term),
    'textAttention.openLimits': () => glossary.openLimits(),
    'textAttention.tryEdit': (id, ...given) => tryEdit(services, known(analyses, id), given),
    'textAttention.measureEffects': async () => {
      if (await measureEffects(analyses, selections, view)) panel.show();
    },
    'textAttention.measureHeads': () => measureHeads(analyses),
    'textAttention.showArithmetic': (id, map, query, key) => {
      const analysis = known(analyses, id);
      if (!analysis || !isIndex(map) || !isIndex(query) || !isIndex(key)) return;
      analyses.show(analysis);
      selections.set(analysis, { ...selections.of(analysis), map, token: pinned({ query, key }) }, 'command');
      view.request({ ...(view.now ?? firstView), view: 'arithmetic' });
      panel.show();
    },
    'textAttention.focusLayer': (map, layer) => {
      const { current } = analyses;
      if (!current || !isIndex(map) || !isIndex(layer)) return;
      const [, heads] = current.map(map)?.shape ?? [0, 0];
      endLayerMerge(view);
      selections.set(current, allHeads({ ...selections.of(current), map, layer }, heads), 'heads');
    },
  };
}

/** Registers a table of commands. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  return registerTable(commandTable(services));
}

/** Opens the panel at once when a run began, so that the person sees it going. */
export async function opening(
  { show, panel }: Pick<CommandServices, 'show' | 'panel'>,
  run: Promise<LiveAnalysis | null>,
): Promise<LiveAnalysis | null> {
  if (show.busy) panel.show();
  const analysis = await run;
  if (analysis && !panel.visible) panel.show();
  return analysis;
}

/** Runs the texts of an analysis with some more edits. */
async function tryEdit(
  { analyses, experiments, panel }: CommandServices,
  analysis: LiveAnalysis | null,
  given: readonly unknown[],
): Promise<void> {
  const edits = v.safeParse(editsSchema, given);
  if (!analysis || !edits.success) return;
  analyses.show(analysis);
  panel.show();
  await experiments.show(analysis, withEdits(analysis.edits, edits.output));
}

function known(analyses: Analyses, id: unknown): LiveAnalysis | null {
  return typeof id === 'string' ? analyses.byId(id) : null;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** A head or layer that is chosen is one of its own, whatever the panel has merged. */
function endLayerMerge(view: PanelView): void {
  const { now } = view;
  if (now?.options.layerMerge) view.request({ ...now, options: { ...now.options, layerMerge: null } });
}

function focusToken(selections: Selections, analysis: LiveAnalysis, sequence: number, index: number): void {
  const selection = analysis.selectionOn(selections.of(analysis), sequence);
  const side = analysis.sideOf(selection.map, sequence);
  if (side) selections.set(analysis, { ...selection, token: { side, index } }, 'command');
}
