import * as v from 'valibot';
import type { AnalysisInfo } from '../core/attention/analysis.ts';
import { layerNumber, nearestIndex } from '../core/attention/layers.ts';
import type { Selection, TokenFocus } from '../core/attention/selection.ts';
import type { Side } from '../core/compare/side.ts';
import { changedOptions, firstView, plainOptions, type ViewState } from '../core/attention/view.ts';
import { hasSteps, kindOfModelName } from '../core/catalogue/model-name.ts';
import { AttentionError } from '../core/errors/reason.ts';
import { selectionSchema } from '../core/attention/selection.ts';
import { viewStateSchema } from '../core/attention/view.ts';
import { plainSampling, readSampling, sameSampling, samplingText } from '../core/prediction/sampling-settings.ts';
import { editsSchema, editText, readEdit, type Edit } from '../core/run/edits.ts';
import { indexSchema, type Data } from '../core/schema.ts';
import { words } from '../core/words/words.ts';

/** The kinds of documents that links lead to: files on this machine and on the one that a window is connected to. */
export const linkedSchemes = ['file', 'vscode-remote'] as const;

/** The length that a link may have, in characters: mail and chat programs cut longer ones. */
export const longestLink = 2000;

/** The most heads that a link names; more are no model's. */
const maxHeads = 1024;

const linkSchema = v.object({
  scheme: v.picklist(linkedSchemes),
  authority: v.string(),
  /** As VS Code has it, not encoded. Steps upwards would let a path that leaves a folder look as if it lay in it. */
  path: v.pipe(
    v.string(),
    v.regex(/^\/(?!\/)/u),
    v.check((path) => !path.split(/[\\/]/u).some((part) => part === '.' || part === '..')),
  ),
  /** The place of the cell when the document is a notebook's; else null. */
  cell: v.nullable(indexSchema),
  /** UTF-16 offsets in the document. */
  start: indexSchema,
  end: indexSchema,
  /** The fingerprint of the text, by which it is found after it has moved. */
  print: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,7}$/u)),
  model: v.pipe(v.string(), v.check(isLinkable)),
  /** Whether the text is read as a chat. */
  chat: v.boolean(),
  /** What is changed in the model while it runs. */
  edits: editsSchema,
  selection: selectionSchema,
  /** Without other texts that are compared: a link holds none. */
  view: v.pipe(
    viewStateSchema,
    v.check(({ compare }) => modelsIn(compare).every(isLinkable)),
  ),
});

/** The models that are shown beside the one of a link. */
function modelsIn(compare: readonly Side[]): readonly string[] {
  return compare.flatMap(({ model }) => model ?? []);
}

/** The models that a link runs. */
export function modelsOf({ model, view }: Pick<Link, 'model' | 'view'>): readonly string[] {
  return [model, ...modelsIn(view.compare)];
}

/** Whether a name means the same model wherever the link is opened, and leads where it reads. */
function isLinkable(model: string): boolean {
  return kindOfModelName(model) !== null && !hasSteps(model) && /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u.test(model);
}

/**
 * What a link says: a text in a document, the model that reads it and what is changed in it, where the person is in it
 * (the layer by its number in the model, see {@link numberedSelection}), and how it is shown.
 */
export type Link = Data<typeof linkSchema>;

/**
 * A link as text. `root` is what comes before its query. Everything is encoded once, as VS Code decodes it once; names
 * and paths stay readable. Throws `link-impossible` when it would be too long or a name cannot be written in a link.
 */
export function linkText(root: string, link: Link): string {
  const {
    scheme,
    authority,
    path,
    cell,
    start,
    end,
    print,
    model,
    chat,
    edits,
    selection,
    view: { view, options, sampling, compare, ...ways },
  } = link;
  const beside = compare.filter(({ text }) => text === undefined);
  const changed = {
    ...changedWays(ways),
    ...Object.fromEntries(changedOptions(options).map((name) => [name, options[name]])),
  };
  const values: [key: string, value: string][] = [
    ['v', '1'],
    ['r', `${start}-${end}`],
    ['t', print],
    ['m', model],
    ...(chat ? [['a', 'chat'] satisfies [string, string]] : []),
    ...(edits.length === 0 ? [] : [['e', edits.map(editText).join('\n')] satisfies [string, string]]),
    ['s', selectionText(selection)],
    ['w', view],
    ...Object.entries(changed).map(([name, value]): [string, string] => [name, String(value)]),
    ...(sameSampling(sampling, plainSampling) ? [] : [['p', samplingText(sampling)] satisfies [string, string]]),
    ...(beside.length === 0 ? [] : [['compare', JSON.stringify(beside)] satisfies [string, string]]),
    ...(cell === null ? [] : [['c', String(cell)] satisfies [string, string]]),
    ['u', `${scheme}://${authority}${path}`],
  ];
  if (values.some(([, value]) => /\p{Cs}/u.test(value)))
    throw new AttentionError({ code: 'link-impossible', detail: words().details.link.halfCharacter });
  if (!modelsOf(link).every(isLinkable))
    throw new AttentionError({ code: 'link-impossible', detail: words().details.link.relativeModel });
  const text = `${root}?${values.map(([key, value]) => `${key}=${encoded(value)}`).join('&')}`;
  if (text.length > longestLink) {
    throw new AttentionError({
      code: 'link-impossible',
      detail: words().details.link.long(text.length, longestLink),
    });
  }
  return text;
}

/** Reads the query of a link, decoded once. What it does not know it passes over. Throws `link-invalid`. */
export function readLink(query: string): Link {
  const values = new Map(
    query.split('&').map((part) => [part.slice(0, Math.max(0, part.indexOf('='))), part.slice(part.indexOf('=') + 1)]),
  );
  const value = (key: string): string => unescaped(values.get(key) ?? '');
  if (value('v') !== '1')
    throw invalid(
      values.has('v') ? words().details.link.version(value('v').slice(0, 20)) : words().details.link.noVersion,
    );
  const [, scheme, authority, path] = /^([a-z-]+):\/\/([^/]*)(\/.*)$/su.exec(value('u')) ?? [];
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/u.exec(value('r')) ?? [];
  const given = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => values.has(name)).map((name) => [name, valueOf(value(name))]));
  const { view: _view, options: _options, sampling: _sampling, compare: _compare, ...ways } = firstView;
  // With the type of the schema itself, so deep, that of an issue depends on what was checked before.
  const parsed = v.safeParse<v.GenericSchema<unknown, Link>>(linkSchema, {
    scheme,
    authority,
    path,
    cell: values.has('c') ? numberOf(value('c')) : null,
    start: numberOf(start),
    end: numberOf(end),
    print: value('t'),
    model: value('m'),
    chat: value('a') === 'chat',
    edits: editsOf(value('e')),
    selection: selectionOf(value('s')),
    view: {
      ...ways,
      ...given(Object.keys(ways)),
      compare: values.has('compare') ? dataOf(value('compare')) : [],
      view: value('w'),
      ...(values.has('p') ? { sampling: readSampling(value('p')) } : {}),
      options: { ...plainOptions, ...given(Object.keys(plainOptions)) },
    },
  });
  if (!parsed.success) throw invalid(detailOf(v.getDotPath(parsed.issues[0]), scheme));
  if (parsed.output.end <= parsed.output.start) throw invalid(words().details.link.empty);
  return parsed.output;
}

/** Text as JSON; undefined where it is none. */
function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function changedWays(ways: Omit<ViewState, 'view' | 'options' | 'sampling' | 'compare'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ways).flatMap(([name, value]) =>
      firstView[name as keyof typeof ways] === value ? [] : [[name, String(value)]],
    ),
  );
}

/** A selection as links have it: its layer by the number in the model. */
export function numberedSelection(selection: Selection, { maps }: AnalysisInfo): Selection {
  const map = maps[selection.map];
  return map ? { ...selection, layer: layerNumber(map, selection.layer) } : selection;
}

/**
 * The selection of a link in an analysis, its layer by index: where the layer of that number does not attend in it, the
 * next one that does.
 */
export function indexedSelection(selection: Selection, { maps }: AnalysisInfo): Selection {
  const map = maps[selection.map];
  return map ? { ...selection, layer: nearestIndex(map, selection.layer) } : selection;
}

/**
 * `map.layer.heads.head.token`: the layer by its number in the model, heads in runs (`0-3_5`), the mean as `m`, the
 * token as `q5` or `k5`, with its partner as `q5-3`, none as `n`.
 */
function selectionText({ map, layer, heads, head, token }: Selection): string {
  const runs: [number, number][] = [];
  for (const one of heads) {
    const last = runs.at(-1);
    if (last?.[1] === one - 1) last[1] = one;
    else runs.push([one, one]);
  }
  const shown = runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join('_');
  return `${map}.${layer}.${shown}.${head ?? 'm'}.${token ? tokenText(token) : 'n'}`;
}

function tokenText({ side, index, cell }: TokenFocus): string {
  return `${side.charAt(0)}${index}${cell === undefined ? '' : `-${cell}`}`;
}

function selectionOf(text: string): unknown {
  const [, map, layer, runs = '', head, side, index, cell] =
    /^(\d{1,6})\.(\d{1,6})\.([\d_-]*)\.(m|\d{1,6})\.(?:n|([qk])(\d{1,9})(?:-(\d{1,9}))?)$/u.exec(text) ?? [];
  const heads: number[] = [];
  for (const run of runs === '' ? [] : runs.split('_')) {
    const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/u.exec(run) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || to < from || to - from + heads.length >= maxHeads) return null;
    for (let one = from; one <= to; one++) heads.push(one);
  }
  return {
    map: numberOf(map),
    layer: numberOf(layer),
    heads,
    head: head === 'm' ? null : numberOf(head),
    token:
      side === undefined
        ? null
        : {
            side: side === 'q' ? 'query' : 'key',
            index: numberOf(index),
            ...(cell === undefined ? {} : { cell: numberOf(cell) }),
          },
  };
}

/** Edits as the command line writes them, a line each; null where one cannot be read. */
function editsOf(text: string): readonly Edit[] | null {
  const read = text === '' ? [] : text.split('\n').map(readEdit);
  const edits = read.flatMap((each) => ('edit' in each ? [each.edit] : []));
  return edits.length === read.length ? edits : null;
}

function valueOf(text: string): unknown {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return numberOf(text) ?? text;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(?:\.\d{1,20})?$/u.test(text) ? Number(text) : undefined;
}

/** `&` and `%` once more than the rest, since the whole is decoded before it is taken apart. */
function encoded(value: string): string {
  return encodeURIComponent(value.replace(/[%&]/gu, encodeURIComponent)).replace(/%2F|%3A/gu, decodeURIComponent);
}

function unescaped(value: string): string {
  return value.replace(/%2[56]/gu, decodeURIComponent);
}

function invalid(detail: string): AttentionError {
  return new AttentionError({ code: 'link-invalid', detail });
}

function detailOf(path: string | null, scheme: string | undefined): string {
  const [part] = (path ?? '').split('.');
  const says = words().details.link;
  switch (part) {
    case 'scheme':
      return scheme === undefined ? says.noDocument : says.scheme(scheme.slice(0, 40));
    case 'authority':
    case 'path':
      return says.noDocument;
    case 'start':
    case 'end':
    case 'print':
    case 'cell':
      return says.noPlace;
    case 'model':
      return says.noModel;
    case 'edits':
      return says.edits;
    case 'selection':
      return says.selection;
    default:
      return says.view;
  }
}
