import * as vscode from 'vscode';
import { firstView, fitView } from '../../core/attention/view.ts';
import { readsGrammar } from '../../core/catalogue/built-in.ts';
import { nameOf } from '../../core/catalogue/hub-id.ts';
import { maxSides, type Side } from '../../core/compare/side.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { tell } from '../window/messages.ts';
import { askText, pickRow, showInformation } from '../window/window.ts';
import { browseFolder } from './browse-folder.ts';
import type { ModelServices } from './commands.ts';
import type { Downloads } from './downloads.ts';
import { pickModel } from './model-picker.ts';

/** The models of one grammar by their kind of attention: the two classical ones, and a Transformer. */
const kinds = ['recurrent-bahdanau', 'recurrent-general', 'translation-small'] as const;

/** What the commands that compare work on. */
type CompareServices = Pick<ModelServices, 'models' | 'analyses' | 'show' | 'examples' | 'panel' | 'view'>;

/** The commands that put something beside the current analysis. Arguments come from anywhere and are checked. */
export function compareCommandTable(
  services: CompareServices,
  downloads: Downloads,
): Readonly<Record<string, (...values: unknown[]) => unknown>> {
  const { analyses, models, view, panel } = services;
  const beside = (sides: readonly Side[]): void => {
    view.request({ ...(view.now ?? firstView), view: 'compare', compare: [...sides] });
    panel.show();
  };
  // Sides that show nothing else than the run itself are in nobody's way.
  const add = (side: Side, { info, model }: LiveAnalysis): void => {
    const { compare } = fitView(view.now ?? firstView, info, model);
    beside([...compare, side].slice(-maxSides));
  };
  const current = (): LiveAnalysis | null => {
    if (!analyses.current) tell({ code: 'analysis-gone' });
    return analyses.current;
  };
  return {
    'textAttention.compareModel': async (given) => {
      const analysis = current();
      if (!analysis) return;
      const model = isText(given) ? given : await chooseModel(models, downloads);
      if (model === null) return;
      if (model === analysis.model)
        return void showInformation(
          vscode.l10n.t('“{0}” is what is shown already: choose another model to compare it with.', model),
        );
      add({ model }, analysis);
    },
    'textAttention.compareText': async (given) => {
      const analysis = current();
      if (!analysis) return;
      const side = isText(given) ? { text: given } : await chooseText(analysis, analyses.all);
      if (side) add(side, analysis);
    },
    'textAttention.compareKinds': async () => {
      const [first, ...others] = kinds;
      const analysis = await runKind(services, first);
      if (analysis) beside(others.map((model) => ({ model })));
    },
  };
}

/** Runs a model of the grammar on the sentence that such a model reads already, or else on the first example. */
async function runKind(
  { analyses, show, examples, panel }: CompareServices,
  model: string,
): Promise<LiveAnalysis | null> {
  const { current } = analyses;
  const { document, span } =
    current && readsGrammar(current.model) && !current.stale
      ? { document: await vscode.workspace.openTextDocument(current.place.uri), span: current.place.range }
      : await examples.open(model);
  const run = show.on(document, { start: span.start, end: span.end }, model);
  panel.show();
  return run;
}

/** A model on this machine, one that is downloaded now, or a folder; null when the person left. */
async function chooseModel(models: ModelServices['models'], downloads: Downloads): Promise<string | null> {
  const picked = await pickModel(models, vscode.l10n.t('Attention: Compare with Another Model'));
  if (!picked) return null;
  const { choice } = picked;
  if (choice.kind === 'use') return choice.model;
  if (choice.kind === 'browse') return browseFolder();
  const downloaded = await downloads.get({ model: choice.model, formats: picked.formats });
  return downloaded ? nameOf(downloaded.model) : null;
}

/** A text that is selected elsewhere, that of another analysis, or one that is typed; null when the person left. */
async function chooseText(analysis: LiveAnalysis, all: readonly LiveAnalysis[]): Promise<Side | null> {
  const { text } = analysis.place.range;
  const others = all.filter((one) => one !== analysis && one.place.range.text !== text);
  const selected = selectedText();
  const rows = [
    ...(selected !== null && selected !== text
      ? [{ label: selected, description: vscode.l10n.t('selected text'), side: { text: selected } }]
      : []),
    ...others.map((one) => ({
      label: one.excerpt,
      description: one.modelName,
      side: { text: one.place.range.text, ...(one.model === analysis.model ? {} : { model: one.model }) },
    })),
    { label: vscode.l10n.t('Type a text…'), description: '', side: null },
  ];
  const title = vscode.l10n.t('Attention: Compare with Another Text');
  const chosen =
    rows.length === 1 ? rows[0] : await pickRow(rows, { title, placeholder: vscode.l10n.t('Text to compare with') });
  if (!chosen) return null;
  if (chosen.side) return chosen.side;
  const typed = await askText({
    title,
    prompt: vscode.l10n.t('Text for the same model. Change a word or two to see what changes.'),
    value: text,
  });
  return isText(typed) ? { text: typed } : null;
}

function selectedText(): string | null {
  const editor = vscode.window.activeTextEditor;
  const text = editor ? editor.document.getText(editor.selection) : '';
  return isText(text) ? text : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
