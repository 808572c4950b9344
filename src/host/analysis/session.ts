import * as v from 'valibot';
import * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';
import { framingSchema } from '../../core/run/framing.ts';
import { continuationSchema } from '../../core/run/run-spec.ts';
import type { Data } from '../../core/schema.ts';
import { editsSchema } from '../../core/run/edits.ts';
import type { Layout } from '../../protocol/layout.ts';
import { selectionSchema } from '../../core/attention/selection.ts';
import { viewStateSchema } from '../../core/attention/view.ts';
import type { Analyses } from './analyses.ts';
import type { PanelView } from './panel-view.ts';
import type { TrackedText, TrackedTexts } from './tracked-texts.ts';
import type { Selections } from './selections.ts';
import type { ShowAttention } from './show-attention.ts';

/** Where a workspace remembers what was shown, and where all remember that something was. */
const shownKey = 'textAttention.shown';
const seenKey = 'textAttention.seen';

/** Where a text stood. */
const placeSchema = v.object({
  uri: v.string(),
  start: v.pipe(v.number(), v.integer(), v.minValue(0)),
  text: v.pipe(v.string(), v.nonEmpty()),
});

/**
 * What is needed to show an analysis again after the window was reloaded: where its texts stood, and what was looked
 * at.
 */
const shownSchema = v.object({
  version: v.literal(1),
  /** Missing in what older versions wrote. */
  analysis: v.exactOptional(v.string()),
  ...placeSchema.entries,
  pair: v.optional(placeSchema),
  target: v.optional(v.union([v.string(), placeSchema])),
  model: v.string(),
  /** Missing where nothing was changed in the model. */
  edits: v.exactOptional(editsSchema),
  /** Missing where the text was given as it is. */
  framing: v.exactOptional(framingSchema),
  /** Missing where the model wrote nothing after the texts. */
  continuation: v.exactOptional(continuationSchema),
  selection: selectionSchema,
  /** Missing when the panel had not said yet what it shows, and in what older versions wrote. */
  view: v.exactOptional(viewStateSchema),
});

/** The first of many changes in a row is written at once, the last of them this many milliseconds later. */
const delay = 500;

/** What is remembered, and what shows it again. */
export interface SessionServices {
  readonly analyses: Analyses;
  readonly places: TrackedTexts;
  readonly selections: Selections;
  readonly view: PanelView;
  readonly show: ShowAttention;
}

/**
 * Remembers the analysis that is shown, for the next window on the same folder, and that there was one, for the line
 * with which the panel greets the very first.
 */
export class Session implements vscode.Disposable {
  readonly #workspace: vscode.Memento;
  readonly #everywhere: vscode.Memento;
  readonly #analyses: Analyses;
  readonly #places: TrackedTexts;
  readonly #selections: Selections;
  readonly #view: PanelView;
  readonly #show: ShowAttention;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #waiting = false;
  #everShown = false;
  #first: string | null | undefined;

  constructor(
    { workspaceState, globalState }: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalState'>,
    { analyses, places, selections, view, show }: SessionServices,
  ) {
    this.#workspace = workspaceState;
    this.#everywhere = globalState;
    this.#show = show;
    this.#analyses = analyses;
    this.#places = places;
    this.#selections = selections;
    this.#view = view;
    const soon = (): void => this.#soon();
    this.#subscriptions = vscode.Disposable.from(
      analyses.onDidChange(soon),
      selections.onDidChange(soon),
      view.onDidChange(soon),
    );
  }

  /** Whether `analysis`, which is being shown, is the first one ever. */
  isFirst(analysis: string): boolean {
    if (this.#first === undefined) {
      this.#first = this.#everywhere.get(seenKey) === true ? null : analysis;
      if (this.#first !== null) void this.#everywhere.update(seenKey, true);
    }
    return this.#first === analysis;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#waiting) this.#write();
    this.#subscriptions.dispose();
  }

  #soon(): void {
    this.#waiting = this.#timer !== undefined;
    if (this.#waiting) return;
    this.#write();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting) this.#soon();
    }, delay);
  }

  #write(): void {
    this.#waiting = false;
    this.#everShown ||= this.#analyses.current !== null;
    // What the window before showed is remembered until this one shows something.
    if (this.#everShown) void this.#workspace.update(shownKey, this.#shown());
  }

  #shown(): Data<typeof shownSchema> | undefined {
    const { current } = this.#analyses;
    if (!current) return undefined;
    const {
      id,
      model,
      edits,
      requested: { text, framing, pair, target, continuation },
    } = current;
    const view = this.#view.now;
    return {
      version: 1,
      analysis: id,
      ...remembered(text),
      ...(framing ? { framing } : {}),
      ...(pair ? { pair: remembered(pair) } : {}),
      ...(target === undefined ? {} : { target: typeof target === 'string' ? target : remembered(target) }),
      model,
      ...(edits.length > 0 ? { edits: [...edits] } : {}),
      ...(continuation ? { continuation } : {}),
      selection: this.#selections.of(current),
      ...(view ? { view } : {}),
    };
  }

  /**
   * Shows the view of the window before and runs again what was shown in it, if its texts are still there and nothing
   * else runs. What is written here can come too late for a window that is closed; `layout`, what the panel kept of the
   * same analysis, does not.
   */
  async restore(layout: Layout | null): Promise<void> {
    const known = v.safeParse(shownSchema, this.#workspace.get(shownKey));
    if (!known.success || this.#analyses.current || this.#show.busy) return;
    const { analysis: id, framing, pair, target, model, edits, continuation, ...text } = known.output;
    const { selection, view } = layout && layout.analysis === id ? layout : known.output;
    if (view) this.#view.request(view);
    try {
      const texts = {
        text: await this.#find(text),
        pair: pair && (await this.#find(pair)),
        target: typeof target === 'object' ? await this.#find(target) : target,
        framing,
        continuation,
      };
      const analysis = await this.#show.run(texts, model, { id, edits });
      if (analysis) this.#selections.set(analysis, selection, 'command');
    } catch {
      // A document or its text is gone: the panel says so and offers to run again.
      this.#show.failQuietly({ code: 'analysis-gone' });
    }
  }

  /** Follows a remembered text where it stands now. Throws `analysis-gone` when it stands nowhere. */
  async #find({ uri, start, text }: Data<typeof placeSchema>): Promise<TrackedText> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    const at = nearest(document.getText(), text, start);
    if (at === null) throw new AttentionError({ code: 'analysis-gone' });
    return this.#places.track(document, { start: at, end: at + text.length });
  }
}

function remembered({ uri, range: { start, text } }: TrackedText): Data<typeof placeSchema> {
  return { uri: uri.toString(), start, text };
}

function nearest(document: string, text: string, start: number): number | null {
  if (document.startsWith(text, start)) return start;
  const at = document.indexOf(text);
  return at < 0 ? null : at;
}
