import * as vscode from 'vscode';
import { firstView } from '../../core/attention/view.ts';
import { fingerprint } from '../../core/document/fingerprint.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import { editsOfModel } from '../../core/run/edit-list.ts';
import { indexedSelection, linkText, numberedSelection, readLink } from '../../protocol/link.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { confirmLink } from './link-consent.ts';
import { addressOf, findText, showText } from './link-document.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { tell } from '../window/messages.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import type { Selections } from '../analysis/selections.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import type { Panel } from '../panel/panel.ts';
import { flash } from '../window/window.ts';

/** What links are made of and lead to. */
export interface LinkServices {
  readonly analyses: Analyses;
  readonly selections: Selections;
  readonly view: PanelView;
  readonly show: ShowAttention;
  readonly panel: Panel;
}

/** What a link of this extension leads to. */
const path = '/show';

/** Milliseconds that the status bar says that a link was copied. */
const copiedFor = 4000;

/** Links to what is shown: a text, the model, the selection and the view. They carry no text and no numbers. */
export class Links implements vscode.UriHandler {
  readonly #extension: string;
  readonly #services: LinkServices;

  /** `extension` is the id under which VS Code hands on links. */
  constructor(extension: string, services: LinkServices) {
    this.#extension = extension;
    this.#services = services;
  }

  /** A link to what is shown now. Throws `link-impossible`. */
  get current(): string {
    const { analyses, selections, view } = this.#services;
    const analysis = analyses.current;
    if (!analysis)
      throw new AttentionError({ code: 'link-impossible', detail: vscode.l10n.t('there is no analysis yet') });
    if (analysis.texts.pair || analysis.texts.target !== undefined) {
      throw new AttentionError({
        code: 'link-impossible',
        detail: vscode.l10n.t('a link leads to one text, and this analysis has two'),
      });
    }
    const { framing } = analysis.texts;
    if (framing && framing.as !== 'chat') {
      throw new AttentionError({
        code: 'link-impossible',
        detail: vscode.l10n.t('a link holds no question and no task'),
      });
    }
    const { uri, range } = analysis.place;
    return linkText(`${vscode.env.uriScheme}://${this.#extension}${path}`, {
      ...addressOf(uri),
      start: range.start,
      end: range.start + range.text.length,
      print: fingerprint(range.text),
      model: analysis.model,
      chat: framing !== undefined,
      edits: [...analysis.edits],
      selection: numberedSelection(selections.of(analysis), analysis.info),
      view: view.now ?? firstView,
    });
  }

  /** Puts a link to what is shown onto the clipboard, or tells why there is none. */
  async copy(): Promise<void> {
    try {
      await vscode.env.clipboard.writeText(this.current);
      flash(vscode.l10n.t('Attention: link copied to the clipboard.'), copiedFor);
    } catch (thrown) {
      tell(reasonOf(thrown));
    }
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    await this.follow(uri);
  }

  /** Opens what a link leads to. Resolves with null when that failed (the person has been told) or was not wanted. */
  async follow(uri: vscode.Uri): Promise<LiveAnalysis | null> {
    const { selections, view, show, panel } = this.#services;
    try {
      if (uri.path !== path)
        throw new AttentionError({ code: 'link-invalid', detail: vscode.l10n.t('its address is unknown') });
      const link = readLink(uri.query);
      if (!(await confirmLink(link))) return null;
      await showText(await findText(link));
      // A file that changed on disk may have been read anew while it was brought into sight.
      const found = await findText(link);
      const edits = found.changed ? editsOfModel(link.edits) : link.edits;
      const run = show.on(found.document, found.span, link.model, { edits }, link.chat ? { as: 'chat' } : undefined);
      panel.show();
      const analysis = await run;
      if (!analysis) return null;
      selections.set(analysis, indexedSelection(link.selection, analysis.info), 'command');
      view.request(link.view);
      if (found.changed) tell({ code: 'link-changed', file: analysis.place.uri.path.split('/').at(-1) ?? '' });
      return analysis;
    } catch (thrown) {
      show.fail(reasonOf(thrown));
      return null;
    }
  }
}
