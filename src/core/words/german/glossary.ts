import type { Words } from '../words.ts';
import { attentionTerms } from './glossary/attention.ts';
import { findingTerms } from './glossary/findings.ts';
import { modelTerms } from './glossary/model.ts';

const limits: Words['glossary']['limits']['paragraphs'] = [
  {
    text:
      'Ein Attention-Gewicht ist genau: es ist die Zahl, mit der das Modell den Value eines Tokens in einem Head ' +
      'multipliziert. Es sagt, ' +
      'wo dieser Head liest. Es sagt nicht, was dort gelesen wird, noch was daraus wird.',
    papers: ['vaswani'],
  },
  {
    text:
      'Gewichte sind einer von zwei Faktoren. Ein großes Gewicht auf einem kurzen Value bewegt wenig; viele Heads ' +
      'legen ihr Gewicht auf ' +
      '[SEP] oder das erste Token und bewegen fast nichts. Die Länge von Gewicht × Value zeigt es.',
    papers: ['clark', 'kobayashi', 'xiao'],
  },
  {
    text:
      'Oberhalb der ersten Schicht ist der Vektor eines Tokens schon eine Mischung anderer Tokens, die der ' +
      'Residualstrom mitträgt. Eine ' +
      'Verbindung zu ‚cat‘ in Schicht 4 führt zu dem, was das Modell bis dahin aus dieser Stelle gemacht hat.',
    papers: ['abnar', 'elhage'],
  },
  {
    text:
      'Dagegen, Gewichte als Erklärungen zu lesen: in rekurrenten Klassifikatoren stimmten sie nur schwach mit ' +
      'Gradienten und mit dem ' +
      'Weglassen von Wörtern überein, und es fanden sich andere Gewichte mit fast derselben Vorhersage; die ' +
      'Wörter mit den größten ' +
      'Gewichten zu entfernen änderte oft keine Entscheidung; und ein Modell lässt sich trainieren, zu verbergen, ' +
      'was es benutzt.',
    papers: ['jain', 'serrano', 'pruthi'],
  },
  {
    text:
      'Dafür: Gewichte, die für jede Vorhersage einzeln gefunden wurden, sind kein anderes Modell. Modelle lassen ' +
      'sich auf andere ' +
      'Gewichte trainieren, aber diese helfen einem einfachen Prüfmodell dann weniger als die ursprünglichen, wo ' +
      'Attention überhaupt ' +
      'nützt. Ob eine Erklärung einleuchtet und ob sie dem Modell treu ist, sind zwei Fragen.',
    papers: ['wiegreffe', 'jacovi'],
  },
  {
    text:
      'Für „von welchen Wörtern hängt diese Vorhersage ab?“ gibt es bessere Maße als Gewichte: Gradienten, Wörter ' +
      'weglassen, Wörter ' +
      'ersetzen. Hier: ein Token ersetzen oder maskieren und die Vorhersagen vergleichen.',
    papers: ['bastings', 'bibal'],
  },
  {
    text:
      'Für „was tut dieser Head?“ schaltet man ihn ab. Die Wirkung jedes Heads auf eine Vorhersage misst ein Lauf ' +
      'des Modells je Head. Das ' +
      'prüft diesen Text und diese Stelle. In trainierten Übersetzern und in BERT können die meisten Heads ' +
      'einzeln fast ohne Verlust ' +
      'entfernt werden; andere Teile können einen fehlenden ersetzen.',
    papers: ['michel', 'voita', 'mcgrath'],
  },
];

/** Das Glossar, und die Seiten, die dazu gehören. */
export const glossary: Words['glossary'] = {
  terms: { ...modelTerms, ...attentionTerms, ...findingTerms },
  title: 'Glossar der Attention',
  intro: 'Die Begriffe von Text Attention, jeder mit seiner Formel und den Arbeiten, in denen er steht.',
  papers: 'Arbeiten',
  related: 'Siehe auch',
  more: 'Mehr',
  moreMeaning: (term) => `Das Glossar bei „${term}“ öffnen.`,
  alsoCalled: (forms) => `Auch: ${forms.join(', ')}`,
  paper: (authors, year) => `${authors} (${year}). `,
  cited: (authors, year) => `${authors} ${year}`,
  limits: {
    title: 'Was Attention sagen kann und was nicht',
    link: 'Was Attention sagen kann und was nicht',
    linkMeaning: 'Eine Seite mit dem öffnen, was bekannt ist, und den Arbeiten dazu.',
    paragraphs: limits,
  },
  none: (term) => `„${term}“ ist kein Begriff des Glossars; ohne Begriff nennt es alle`,
};
