import { join } from 'node:path';
import * as vscode from 'vscode';
import { Analyses } from './analyses.ts';
import { AnalysisSource } from './analysis-source.ts';
import { registerCommands } from './commands.ts';
import { EditorFocus } from './editor-focus.ts';
import { EngineClient } from './engine-client.ts';
import { Exports } from './exports.ts';
import { FirstTime } from './first-time.ts';
import { HeadsView } from './heads-view.ts';
import { AttentionHover } from './hover.ts';
import { EditorMarks } from './marks.ts';
import { Memory } from './memory.ts';
import { Panel } from './panel.ts';
import { PanelView } from './panel-view.ts';
import { Places } from './places.ts';
import { Selections } from './selections.ts';
import { settings } from './settings.ts';
import { ShowAttention } from './show-attention.ts';
import { Status } from './status.ts';

/** Milliseconds that a cancelled run may take to let go of the model process. */
const cancelGrace = 1000;

/** The services that live as long as the extension. */
export interface Services {
  readonly engine: EngineClient;
  readonly analyses: Analyses;
  readonly selections: Selections;
  readonly show: ShowAttention;
  readonly panel: Panel;
  readonly view: PanelView;
}

/** Builds everything once. The model process is not started here: the first run does that. */
export function buildServices(context: vscode.ExtensionContext): Services {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const extension = context.extensionUri;
  const log = own(vscode.window.createOutputChannel('Text Attention', { log: true }));
  const file = join(context.extensionPath, 'dist', 'engine.cjs');
  const store = join(context.globalStorageUri.fsPath, 'models');
  const engine = own(new EngineClient({ file, store, idle: () => settings.idle, grace: cancelGrace, log }));
  const places = own(new Places());
  const analyses = own(new Analyses(new AnalysisSource(engine), places));
  const selections = own(new Selections(analyses));
  const show = own(new ShowAttention(analyses, places));
  const memory = own(new Memory(context.workspaceState, analyses, selections));
  const first = new FirstTime(context.globalState);
  const focus = own(new EditorFocus(analyses, selections));
  const view = own(new PanelView());
  const exports = new Exports(analyses, selections, view, {
    get visible() { return panel.visible; },
    paint: (svg, options) => panel.paint(svg, options),
  });
  const panel: Panel = own(new Panel({
    extension, analyses, selections, show, first, view,
    restore: () => void memory.restore(show),
    reveal: (id, sequence, token) => void focus.reveal(id, sequence, token),
    save: (format) => void exports.save(format, null),
    picture: (id) => exports.picture(id),
  }));
  own(new HeadsView(analyses, selections));
  own(new Status(analyses, show));
  own(new EditorMarks(analyses, selections, log));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new AttentionHover(analyses, selections)));
  own(registerCommands({ extension, log, analyses, selections, show, panel, exports }));
  return { engine, analyses, selections, show, panel, view };
}
