import * as vscode from 'vscode';
import { Analyses } from './analysis/analyses.ts';
import { AnalysisSource } from './analysis/analysis-source.ts';
import { ComparedRuns } from './analysis/compared-runs.ts';
import { registerChats } from './chat-commands.ts';
import { registerCommands } from './commands.ts';
import { Experiments } from './analysis/experiments.ts';
import { EditorFocus } from './editor/editor-focus.ts';
import type { EngineClient } from './process/engine-client.ts';
import { Examples } from './models/examples.ts';
import { ExportedFiles } from './panel/exported-files.ts';
import { Glossary } from './glossary/glossary.ts';
import { Exports } from './panel/exports.ts';
import { filterHeads } from './sidebar/filter-heads.ts';
import { HeadsView } from './sidebar/heads-view.ts';
import { AttentionHover } from './editor/hover.ts';
import { registerLesson } from './lesson/commands.ts';
import { LessonDocuments } from './lesson/documents.ts';
import { LessonFigures } from './lesson/figures.ts';
import { LessonPreview } from './lesson/preview.ts';
import { LessonLibrary } from './lesson/library.ts';
import { LessonRuns } from './lesson/lesson-runs.ts';
import type { PictureServices } from './lesson/show-picture.ts';
import { WalkthroughSteps } from './lesson/steps.ts';
import { LessonProgress } from './lesson/progress.ts';
import { LessonQuestions } from './lesson/questions.ts';
import { Links } from './links/links.ts';
import { EditorMarks } from './editor/marks.ts';
import type { Log } from './window/log.ts';
import { Session } from './analysis/session.ts';
import { modelProcesses } from './process/model-processes.ts';
import { AccessToken } from './models/access-token.ts';
import { Downloads } from './models/downloads.ts';
import { registerModelCommands } from './models/commands.ts';
import { ModelStore } from './models/model-store.ts';
import { Panel } from './panel/panel.ts';
import { PanelView } from './analysis/panel-view.ts';
import { TrackedTexts } from './analysis/tracked-texts.ts';
import { Selections } from './analysis/selections.ts';
import { SceneSource } from './editor/scene-source.ts';
import { settings } from './window/settings.ts';
import { registerTasks } from './task-commands.ts';
import { registerWritingCommands } from './writing-commands.ts';
import { Writing } from './analysis/writing.ts';
import { ShowAttention } from './analysis/show-attention.ts';
import { Status } from './analysis/status.ts';

/** The services that live as long as the extension. */
export interface Services {
  readonly engine: EngineClient;
  readonly models: ModelStore;
  readonly analyses: Analyses;
  readonly selections: Selections;
  readonly show: ShowAttention;
  readonly experiments: Experiments;
  readonly panel: Panel;
  readonly view: PanelView;
  readonly links: Links;
  readonly preview: LessonPreview;
  readonly writing: Writing;
}

/** Builds everything once. The model process is not started here: the first run does that. */
export function buildServices(context: vscode.ExtensionContext): Services {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const log = own(vscode.window.createOutputChannel('Text Attention', { log: true }));
  const processes = own(modelProcesses(context, log));
  const { engine } = processes;
  const places = own(new TrackedTexts());
  const analyses = own(new Analyses(new AnalysisSource(engine, () => settings.dtype), places));
  const selections = own(new Selections(analyses));
  const show = own(new ShowAttention(analyses, places));
  const cursor = own(new EditorFocus(analyses, selections));
  const view = own(new PanelView());
  const shown = { analyses, selections, view, show };
  const session = own(new Session(context, { ...shown, places }));
  const compared = own(new ComparedRuns(analyses));
  const writing = new Writing(show, selections);
  const files = new ExportedFiles(analyses, selections, view, compared);
  const experiments = new Experiments(analyses, selections, show);
  const panel = own(
    new Panel({ extension: context.extensionUri, ...shown, experiments, session, cursor, files, compared, writing }),
  );
  const exports = new Exports(analyses, files, panel);
  const links = new Links(context.extension.id, { analyses, selections, view, show, panel });
  own(vscode.window.registerUriHandler(links));
  own(vscode.commands.registerCommand('textAttention.copyLink', () => links.copy()));
  own(new HeadsView(analyses, selections, view));
  own(vscode.commands.registerCommand('textAttention.filterHeads', () => filterHeads(analyses, selections, view)));
  own(new WalkthroughSteps(analyses, selections, view));
  own(new Status(analyses, show));
  own(editorViews({ analyses, selections, view, log }));
  const glossary = own(new Glossary());
  own(registerCommands({ log, analyses, places, selections, show, experiments, view, panel, exports, glossary }));
  own(registerWritingCommands({ analyses, places, show, view, panel, writing }));
  own(registerChats({ extension: context.extensionUri, show, panel }));
  const token = new AccessToken(context.secrets);
  const models = new ModelStore(processes, token);
  const downloads = new Downloads(models, token, log);
  own(registerModelCommands({ models, downloads, token, ...shown, examples: own(new Examples()), panel }));
  const lesson = own(lessonIn(context, { analyses, places, selections, view, show, panel, downloads }));
  own(registerTasks({ models, places, show, panel }));
  return { ...shown, preview: lesson.preview, engine, models, experiments, panel, links, writing };
}

/** What of the lesson others use. */
interface LessonParts {
  readonly preview: LessonPreview;
  readonly dispose: () => void;
}

/** The lesson: chapters, the lines above their fences, questions and progress. */
function lessonIn(
  context: vscode.ExtensionContext,
  services: PictureServices & Pick<Services, 'analyses'>,
): LessonParts {
  const documents = new LessonDocuments();
  const library = new LessonLibrary(context);
  const progress = new LessonProgress(context.globalState);
  const runs = new LessonRuns(services.analyses.source);
  const questions = new LessonQuestions(runs, progress);
  const figures = new LessonFigures(services.analyses.source, runs);
  const preview = new LessonPreview(figures);
  const all = vscode.Disposable.from(
    documents,
    progress,
    runs,
    registerLesson({ ...services, documents, library, progress, runs, questions, figures }),
  );
  const dispose = (): void => {
    all.dispose();
  };
  return { preview, dispose };
}

/** What the editor shows of the panel's scene: colours and hovers. */
function editorViews({
  analyses,
  selections,
  view,
  log,
}: Pick<Services, 'analyses' | 'selections' | 'view'> & { log: Log }): vscode.Disposable {
  const scenes = (): SceneSource => new SceneSource(analyses.source, view);
  const hovers = new AttentionHover(analyses, selections, scenes());
  return vscode.Disposable.from(
    new EditorMarks(analyses, selections, view, scenes(), log),
    vscode.languages.registerHoverProvider({ scheme: '*' }, hovers),
  );
}
