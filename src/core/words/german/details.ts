import type { Words } from '../words.ts';
import { files } from './details/files.ts';
import { block, graph } from './details/graph.ts';
import { hub } from './details/hub.ts';
import { options } from './details/options.ts';
import { analysis, chat, messages, model, store } from './details/parts.ts';
import { config, inputs, run } from './details/run.ts';
import { tokenizer } from './details/tokenizer.ts';

/** Was genau falsch ist, für die Mitte eines Satzes über einen Fehler. */
export const details: Words['details'] = {
  analysis,
  block,
  chat,
  config,
  files,
  graph,
  hub,
  inputs,
  link: {
    edits: 'seine Eingriffe können nicht gelesen werden',
    halfCharacter: 'ein Name darin enthält ein halbes Zeichen',
    relativeModel: 'der Pfad seines Modells ist nicht absolut',
    long: (characters, max) => `er hätte ${characters} Zeichen; die Grenze ist ${max}`,
    version: (version) => `seine Version ist ${version}, und nur 1 wird unterstützt`,
    noVersion: 'er hat keine Version',
    empty: 'sein Text ist leer',
    noDocument: 'er nennt kein Dokument',
    scheme: (scheme) => `Links öffnen keine Dokumente der Art „${scheme}“`,
    noPlace: 'er sagt nicht, wo der Text steht',
    noModel: 'er nennt kein Modell',
    selection: 'seine Auswahl ist ungültig',
    view: 'seine Ansicht ist unbekannt',
  },
  messages,
  model,
  options,
  run,
  store,
  tokenizer,
  values: {
    missing: 'der Wert fehlt',
    expected: (expected, received) => `erwartet wird ${expected}, nicht ${received}`,
    invalid: (received) => `${received} ist ungültig`,
    whole: (min, max) => `erwartet wird eine ganze Zahl von ${min} bis ${max}`,
    positive: 'erwartet wird eine Zahl über 0',
    probability: 'erwartet wird eine Wahrscheinlichkeit über 0 und höchstens 1',
  },
};
