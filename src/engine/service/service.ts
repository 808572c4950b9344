import { infoOf } from '../../core/attention/map.ts';
import { strongestHeads } from '../../core/attention/strongest-heads.ts';
import { summariseHeads } from '../../core/attention/roles.ts';
import { thumbnailsOf } from '../../core/views/model/thumbnails.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { PageParts } from '../../core/export/html.ts';
import type { Handlers } from '../../protocol/contract.ts';
import type { EngineContract } from '../../protocol/engine.ts';
import type { Analysis } from '../../core/attention/analysis.ts';
import type { Analyser } from '../run/analyser.ts';
import { EffectsOfRuns } from './effects.ts';
import type { Probes } from './probes.ts';
import { drawingOf, isPlainDrawing } from '../../core/prediction/sampling-settings.ts';
import { exportBytes } from './export-bytes.ts';
import { toldWeight } from './told-weight.ts';
import { storeHandlers } from './store-handlers.ts';
import type { ModelPlaces } from '../store/models.ts';
import { namedToken } from '../model/named-token.ts';
import { AnalysisStore } from './analysis-store.ts';
import { words } from '../../core/words/words.ts';

/**
 * The answers to {@link EngineContract}: an analyser behind them, the weights of what it analysed, what was measured of
 * heads, and the models of this machine. `page` reads the script and style of exported pages.
 */
export function handlersOf(
  analyser: Analyser,
  places: ModelPlaces,
  page: () => PageParts,
  probes: Probes,
  store: AnalysisStore = new AnalysisStore(),
): Handlers<EngineContract> {
  const effects = new EffectsOfRuns(analyser);
  const measured = async (name: string): Promise<Analysis> => {
    const { run, analysis } = store.kept(name);
    const [probe, known] = [await probes.known(run), effects.known(run)];
    return { ...analysis, ...(probe ? { probe } : {}), ...(known ? { effects: known } : {}) };
  };
  return {
    analyse: async ({ analysis: name, ...request }, work) => {
      const analysis = await analyser.analyse(request, work);
      store.keep(name, analysis, request);
      const { logits: _kept, ...told } = analysis;
      return { ...told, maps: analysis.maps.map(infoOf) };
    },
    weights: ({ analysis, map, layer }) => ({ weights: store.layer(analysis, map, layer) }),
    ...askingAgain(analyser, store),
    ...linksOf(store),
    scores: ({ analysis, map, layer }) => ({ scores: store.scores(analysis, map, layer) }),
    thumbnails: ({ analysis: name, map: index, size, options }) => {
      const { map, analysis } = store.map(name, index);
      const { rows, columns, cells } = thumbnailsOf(map, analysis.sequences, options, size);
      return { rows, columns, cells: cells.buffer };
    },
    heads: async ({ analysis: name, map: index }) => {
      const { map } = store.map(name, index);
      const { sequences, model, probe, effects: known } = await measured(name);
      return summariseHeads(map, sequences, model.relations, probe, known);
    },
    effects: ({ analysis: name, position }, work) => {
      const { run, analysis } = store.kept(name);
      return effects.of(run, analysis, position, work);
    },
    probe: (choice, work) => probes.of(choice, work),
    ...exporting(analyser, page, store, measured),
    release: ({ analysis }) => {
      store.release(analysis);
      return null;
    },
    ...storeHandlers(places, analyser),
  };
}

/** The answer to where a word has its strongest links. */
function linksOf(store: AnalysisStore): Pick<Handlers<EngineContract>, 'strongest'> {
  return {
    strongest: ({ analysis: name, map: index, side, first, end }) => {
      const { map, analysis } = store.map(name, index);
      const count = side === 'query' ? map.shape[2] : map.shape[3];
      if (first >= end || end > count) {
        const detail = words().details.analysis.word(first, end, count);
        throw new AttentionError({ code: 'argument-invalid', argument: 'word', detail });
      }
      return strongestHeads(map, analysis.sequences, side, { first, end });
    },
  };
}

/** The answer with the bytes of a file; `measured` has what was measured of the model, too. */
function exporting(
  analyser: Analyser,
  page: () => PageParts,
  store: AnalysisStore,
  measured: (name: string) => Promise<Analysis>,
): Pick<Handlers<EngineContract>, 'export'> {
  return {
    export: async ({ analysis: name, format, focus, view, selection, sides }, work) => {
      const { run, analysis } = store.kept(name);
      const weight = await toldWeight(analyser, format, { run, analysis, selection, view }, work);
      const told = await measured(name);
      const isPlain = format !== 'json' || isPlainDrawing(view.sampling);
      const whole = isPlain ? told : await analyser.drawn(run, told, drawingOf(view.sampling), work);
      const compared =
        sides.length > 0 ? { analysis: whole, sides: await Promise.all(sides.map(measured)), selection, view } : null;
      return { bytes: await exportBytes(whole, format, focus, page, work, view, { weight, compared }) };
    },
  };
}

/** Answers to what asks the model of a run once more: for a token, or to take a number or a prediction apart. */
function askingAgain(
  analyser: Analyser,
  store: AnalysisStore,
): Pick<Handlers<EngineContract>, 'token' | 'distribution' | 'explain' | 'parts' | 'logit'> {
  return {
    token: ({ analysis, name }, work) =>
      analyser.withModel(store.kept(analysis).run, work, ({ tokenizer }) => {
        const id = namedToken(tokenizer, name);
        const isThere = id !== null && id < tokenizer.end;
        return Promise.resolve(isThere ? { id, text: tokenizer.tokenText(id) } : null);
      }),
    distribution: ({ analysis: name, token, drawing }, work) => {
      const { run, analysis } = store.kept(name);
      return analyser.distribution(run, analysis, token, drawing, work);
    },
    explain: ({ analysis: name, ...cell }, work) => {
      const { run, analysis } = store.kept(name);
      return analyser.explain(run, analysis, cell, work);
    },
    parts: ({ analysis: name, by, ...cell }, work) => {
      const { run, analysis } = store.kept(name);
      return analyser.parts(run, analysis, cell, by, work);
    },
    logit: ({ analysis: name, token, position }, work) => {
      const { run, analysis } = store.kept(name);
      return analyser.logit(run, analysis, token, position, work);
    },
  };
}
