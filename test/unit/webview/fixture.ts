import { firstSelection, type Selection } from '../../../src/core/attention/selection.ts';
import type { AnalysisInfo } from '../../../src/core/attention/analysis.ts';
import { layerOf, type MapInfo } from '../../../src/core/attention/map.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';
import { frameFrom } from '../../../src/core/scene/frame.ts';
import type { Frame } from '../../../webview/state/frame.ts';
import { analyses, type AnalysisName } from '../../ui/panel/page/analyses.ts';

/** What a frame of given weights may be beside an encoder's of one sequence. */
export interface Given extends Partial<Pick<MapInfo, 'kind' | 'local' | 'normalised'>> {
  /** The tokens of the queries, one letter each unless they are given; ones in brackets are special. */
  readonly words?: readonly string[];
  /** The tokens of the keys, where they are another sequence. */
  readonly keys?: readonly string[];
}

/** A frame of one head whose rows are given, `[query][key]`. */
export function frameOfRows(
  rows: readonly (readonly number[])[],
  { words, keys, kind = 'self', ...more }: Given = {},
): Frame {
  const looking = sequenceFrom(words ?? rows.map((_, index) => String.fromCharCode(97 + index)));
  const sequences = keys ? [looking, sequenceFrom(keys)] : [looking];
  const map = {
    name: keys ? 'cross' : 'attention',
    kind,
    queries: 0,
    keys: keys ? 1 : 0,
    shape: [1, 1, rows.length, rows[0]?.length ?? 0],
    ...more,
  } as const;
  const weights = Float32Array.from(rows.flat());
  const info: AnalysisInfo = {
    model: { id: 'made-up', family: 'encoder', layers: 1, heads: 1 },
    sequences,
    maps: [map],
    timing: { load: 0, run: 1 },
    notes: [],
  };
  return frameFrom({
    analysis: 'rows',
    origin: 'rows',
    info,
    map,
    selection: firstSelection(info),
    layer: 0,
    headMerge: 'mean',
    weights,
    summaries: summariseHeads({ ...map, weights }, sequences),
  });
}

function sequenceFrom(words: readonly string[]): Sequence {
  let text = '';
  const tokens = words.map((word, index): Token => {
    const special = word.startsWith('[');
    const start = special ? 0 : text.length + (text === '' ? 0 : 1);
    if (!special) text += `${text === '' ? '' : ' '}${word}`;
    return {
      id: index,
      text: word,
      start,
      end: special ? 0 : start + word.length,
      special,
      word: special ? null : index,
      segment: 0,
    };
  });
  return { text, tokens };
}

/** A frame of a made-up analysis, as the panel's store would make it. */
export function frameOf(name: AnalysisName, change: Partial<Selection> = {}): Frame {
  const info = analyses[name]();
  const selection = { ...firstSelection(info), layer: Math.floor((info.maps[0]?.shape[0] ?? 0) / 2), ...change };
  const map = info.maps[selection.map];
  if (!map) throw new RangeError(`${name} has no map ${selection.map}`);
  const weights = layerOf(map, selection.layer);
  const { layer } = selection;
  return frameFrom({
    analysis: name,
    origin: name,
    info,
    map,
    selection,
    layer,
    headMerge: 'mean',
    weights,
    summaries: summariseHeads(map, info.sequences),
  });
}
