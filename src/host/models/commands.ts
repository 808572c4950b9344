import * as vscode from 'vscode';
import { builtIns } from '../../core/catalogue/built-in.ts';
import { hubIdOf, nameOf } from '../../core/catalogue/hub-id.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { Examples } from './examples.ts';
import type { Panel } from '../panel/panel.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import { changeSetting, settings } from '../window/settings.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import type { AccessToken } from './access-token.ts';
import { browseFolder } from './browse-folder.ts';
import { compareCommandTable } from './compare-commands.ts';
import type { Downloads, DownloadRequest } from './downloads.ts';
import { manageModels } from './manage.ts';
import { openExample } from './open-example.ts';
import { pickModel } from './model-picker.ts';
import type { ModelStore } from './model-store.ts';
import { registerTable } from '../window/register.ts';

/** What the commands about models work on. */
export interface ModelServices {
  readonly models: ModelStore;
  readonly downloads: Downloads;
  readonly token: AccessToken;
  readonly analyses: Analyses;
  readonly show: ShowAttention;
  readonly examples: Examples;
  readonly panel: Panel;
  readonly view: PanelView;
}

/** Registers the commands that choose, fetch and look after models. */
export function registerModelCommands(services: ModelServices): vscode.Disposable {
  const { models, downloads, token, analyses, show, examples, panel } = services;

  /**
   * The last text is shown again with the model, when there is one: that which runs or has failed, else the one in the
   * panel.
   */
  const use = async (model: string): Promise<void> => {
    await changeSetting('model', model);
    const isLast = show.failure !== null || show.busy !== null;
    if (isLast || analyses.current)
      await vscode.commands.executeCommand('textAttention.rerun', isLast ? null : analyses.current?.id);
  };
  const fetch = async (request: DownloadRequest): Promise<void> => {
    const downloaded = await downloads.get(request);
    if (downloaded?.dtype !== undefined) await changeSetting('dtype', downloaded.dtype);
    if (downloaded) await use(nameOf(downloaded.model));
  };

  const table: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
    'textAttention.chooseModel': async () => {
      const picked = await pickModel(models);
      if (picked?.choice.kind === 'use' && picked.example)
        await vscode.commands.executeCommand('textAttention.showExample', picked.choice.model);
      else if (picked?.choice.kind === 'use') await use(picked.choice.model);
      else if (picked?.choice.kind === 'download') await fetch({ model: picked.choice.model, formats: picked.formats });
      else if (picked) await browse(use);
    },
    'textAttention.downloadModel': async (model) => {
      if (typeof model === 'string' && hubIdOf(model)) await fetch({ model, formats: false });
      else await vscode.commands.executeCommand('textAttention.chooseModel');
    },
    'textAttention.manageModels': async () => {
      const chosen = await manageModels(models, token);
      if (chosen?.kind === 'use') await use(chosen.model);
      else if (chosen) await fetch({ model: chosen.model, formats: chosen.kind === 'formats' });
    },
    'textAttention.showExample': async (model) => {
      const known = typeof model === 'string' && builtIns[model] ? model : null;
      if (known !== null) await changeSetting('model', known);
      const { document, span } = await examples.open(known ?? settings.model);
      const run = show.on(document, span);
      panel.show();
      await run;
    },
    'textAttention.openExample': (example) => openExample({ analyses, show, examples, panel }, example),
    ...compareCommandTable(services, downloads),
    'textAttention.setToken': () => token.ask(),
    'textAttention.removeToken': () => token.remove(),
  };
  return registerTable(table);
}

async function browse(use: (model: string) => Promise<void>): Promise<void> {
  const folder = await browseFolder();
  if (folder !== null) await use(folder);
}
