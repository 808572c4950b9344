import * as vscode from 'vscode';
import { aboutBuiltIn, builtIns } from '../../core/catalogue/built-in.ts';
import { aboutModel, catalogue, inCatalogue, type CatalogueModel } from '../../core/catalogue/catalogue.ts';
import { hubIdOf, nameOf } from '../../core/catalogue/hub-id.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import type { BuiltInModel, Inventory, StoredModel } from '../../protocol/hub.ts';
import { storedIcon, storedWords } from './descriptions.ts';
import { typedFolder } from './typed-folder.ts';

/** What choosing a row does: take a model that is here, fetch one, or look for a folder. */
export type Choice = { readonly kind: 'use' | 'download'; readonly model: string } | { readonly kind: 'browse' };

/** What a button at a row does. */
export interface ChoiceButton extends vscode.QuickInputButton {
  readonly act: 'delete' | 'open' | 'formats' | 'example';
}

/** A row of the picker; `stored` where the model lies in the store. */
export interface ChoiceItem extends vscode.QuickPickItem {
  readonly icon?: string;
  readonly choice: Choice | null;
  readonly stored?: StoredModel;
  readonly buttons?: readonly ChoiceButton[];
}

const formatsButton = (): ChoiceButton => ({
  act: 'formats',
  iconPath: new vscode.ThemeIcon('symbol-numeric'),
  tooltip: vscode.l10n.t('Other number formats…'),
});
const exampleButton = (): ChoiceButton => ({
  act: 'example',
  iconPath: new vscode.ThemeIcon('lightbulb'),
  tooltip: vscode.l10n.t('Try an example sentence'),
});
const storedButtons = (): readonly ChoiceButton[] => [
  formatsButton(),
  { act: 'open', iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: vscode.l10n.t('Open folder') },
  { act: 'delete', iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete from this machine') },
];

/**
 * The rows of the picker: the model of the settings, models that ship, models that were downloaded, well-chosen ones of
 * the hub, a folder, and first of all whatever hub id or absolute path is being typed. `inventory` is null while it is
 * not known; `now` is the model of the settings.
 */
export function choiceItems(inventory: Inventory | null, now: string, typed: string): ChoiceItem[] {
  const stored = inventory?.stored ?? [];
  const here = new Set(stored.map((model) => nameOf(model).toLowerCase()));
  const onHub = catalogue.filter(({ id }) => !here.has(id.toLowerCase()));
  const known = [...stored.map(nameOf), ...(inventory?.builtIn ?? []).map(({ id }) => id)];
  const builtIn = (inventory?.builtIn ?? []).map((model) => builtInItem(model, now));
  const onMachine = stored.map((model) => storedItem(model, now));
  const isOther = ({ choice }: ChoiceItem): boolean => choice?.kind === 'browse' || choice?.model !== now;
  const isFolder = inventory !== null && !known.includes(now) && hubIdOf(now) === null;
  const own = [...builtIn, ...onMachine, ...(isFolder ? [folderItem(now)] : [])].filter((item) => !isOther(item));
  return [
    ...typedItems(typed, [...known, ...onHub.map(({ id }) => id)]),
    ...section(vscode.l10n.t('current'), own),
    ...section(vscode.l10n.t('built in'), builtIn.filter(isOther)),
    ...section(vscode.l10n.t('on this machine'), onMachine.filter(isOther)),
    ...section(vscode.l10n.t('recommended on the hub'), onHub.map(catalogueItem)),
    ...section(vscode.l10n.t('folder'), [browseItem()]),
  ];
}

function section(label: string, items: readonly ChoiceItem[]): ChoiceItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator, choice: null }, ...items];
}

function typedItems(typed: string, known: readonly string[]): ChoiceItem[] {
  const folder = typedFolder(typed);
  if (folder !== null) return section(vscode.l10n.t('folder'), [typedFolderItem(folder)]);
  const wanted = hubIdOf(typed);
  if (!wanted || known.some((name) => name.toLowerCase() === nameOf(wanted).toLowerCase())) return [];
  const item: ChoiceItem = {
    icon: 'cloud-download',
    label: nameOf(wanted),
    description: vscode.l10n.t('look up on the hub'),
    alwaysShow: true,
    choice: { kind: 'download', model: nameOf(wanted) },
    buttons: [formatsButton()],
  };
  return section(vscode.l10n.t('any model on the hub'), [item]);
}

function builtInItem({ id, family, licence, bytes }: BuiltInModel, now: string): ChoiceItem {
  const known = builtIns[id];
  const described = aboutBuiltIn(id);
  return {
    icon: 'package',
    label: id,
    description: words([...current(id, now), family, sizeOf(bytes), licence]),
    choice: { kind: 'use', model: id },
    ...(known && described !== null
      ? {
          detail: `${described} ${vscode.l10n.t('Try “{0}”', known.examples[0])}`,
          buttons: [exampleButton()],
        }
      : {}),
  };
}

function storedItem(model: StoredModel, now: string): ChoiceItem {
  const name = nameOf(model);
  return {
    icon: storedIcon(model),
    label: name,
    description: words([...current(name, now), storedWords(model)]),
    ...about(inCatalogue(model.id)),
    stored: model,
    choice: { kind: model.state === 'complete' ? 'use' : 'download', model: name },
    buttons: storedButtons(),
  };
}

function catalogueItem(model: CatalogueModel): ChoiceItem {
  const { id, title, family, languages, licence } = model;
  return {
    icon: 'cloud-download',
    label: title,
    description: words([sizes(model), family, languages.join(', '), licence]),
    detail: `${id}: ${aboutModel(model)}`,
    choice: { kind: 'download', model: id },
    buttons: [formatsButton()],
  };
}

function folderItem(now: string): ChoiceItem {
  return { icon: 'folder', label: now, description: vscode.l10n.t('current'), choice: { kind: 'use', model: now } };
}

const typedFolderItem = (folder: string): ChoiceItem => ({
  icon: 'folder',
  label: folder,
  description: vscode.l10n.t('use this model folder'),
  alwaysShow: true,
  choice: { kind: 'use', model: folder },
});

const browseItem = (): ChoiceItem => ({
  icon: 'folder-opened',
  label: vscode.l10n.t('Browse for a folder…'),
  alwaysShow: true,
  choice: { kind: 'browse' },
  description: vscode.l10n.t('a model folder with config.json, tokenizer.json and onnx/'),
});

/** From the smallest number format to the largest. */
function sizes({ megabytes, derived }: CatalogueModel): string {
  const all = Object.values(megabytes).map((each) => each * 1e6);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const range = least === most ? sizeOf(most) : `${sizeOf(least)} – ${sizeOf(most)}`;
  return derived ? vscode.l10n.t('about {0}', range) : range;
}

function about(model: CatalogueModel | null): { detail?: string } {
  return model ? { detail: aboutModel(model) } : {};
}

function current(name: string, now: string): string[] {
  return name === now ? [vscode.l10n.t('current')] : [];
}

function words(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
