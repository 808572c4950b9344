import type { Words } from '../../words.ts';

type Terms = Words['glossary']['terms'];

/** Tokens, und die Teile eines Transformers um seine Attention. */
export const modelTerms = {
  token: {
    name: 'Token',
    forms: ['Tokens'],
    short: 'Ein Stück Text, das das Modell als Einheit liest: ein Wort, ein Wortteil oder ein Satzzeichen.',
    more:
      'Der Tokenizer des Modells zerlegt den Text und ersetzt jedes Stück durch seine Nummer im Vokabular. ' +
      'Häufige Wörter sind ein ' +
      'Token, seltene mehrere. Zeilen und Spalten einer Attention-Karte sind Tokens.',
  },
  'special-token': {
    name: 'besonderes Token',
    forms: ['besondere Tokens'],
    short:
      'Ein Token, das der Tokenizer oder das Modell zum Text hinzufügt, wie [CLS], [SEP] oder der Anfang eines Textes.',
    more:
      'Besondere Tokens markieren, wo ein Text beginnt oder endet, oder wo ein Wort verborgen ist ([MASK]). Sie ' +
      'tragen kein Wort des ' +
      'Textes, und viele Heads legen viel ihrer Attention auf sie: dann sind sie ein Sink.',
  },
  vocabulary: {
    name: 'Vokabular',
    forms: ['Vokabulare'],
    short:
      'Die nummerierte Liste aller Tokens, die ein Modell kennt; eine Vorhersage ist eine Wahrscheinlichkeit für ' +
      'jedes.',
    more:
      'Es wird vor dem Training festgelegt, oft durch Verbinden häufiger Zeichenpaare (Byte-Pair-Encoding). Ein ' +
      'Wort, das es nicht hat, ' +
      'wird zerlegt oder durch ein Token für Unbekanntes ersetzt.',
  },
  embedding: {
    name: 'Embedding',
    forms: ['Embeddings', 'Token-Embedding'],
    short: 'Der Vektor, durch den ein Token ersetzt wird, wenn es in das Modell kommt.',
    more:
      'Das Modell hat für jedes Token seines Vokabulars einen gelernten Vektor, E[id]; die meisten addieren ein ' +
      'Positions-Embedding, P. ' +
      'Mit der Summe beginnt der Residualstrom.',
  },
  'position-embedding': {
    name: 'Positions-Embedding',
    forms: ['Positions-Embeddings', 'Positionscodierung'],
    short: 'Ein Vektor, der dem Modell sagt, wo im Text ein Token steht; Attention allein kennt keine Ordnung.',
    more:
      'Es ist für jede Position gelernt oder aus Sinus und Kosinus berechnet und wird zum Embedding des Tokens ' +
      'addiert. Andere Modelle ' +
      'bringen die Position in jeden Head: durch einen Zusatz zum Score, der vom Abstand abhängt, oder durch ein ' +
      'Rotary-Embedding.',
  },
  'rotary-embedding': {
    name: 'Rotary-Embedding',
    forms: ['Rotary-Embeddings', 'RoPE'],
    short: 'Dreht Querys und Keys um einen Winkel, der mit der Position wächst, sodass Scores vom Abstand abhängen.',
    more:
      'R(i) dreht Paare von Komponenten um Winkel, die Vielfache der Position i sind. Das Produkt einer gedrehten ' +
      'Query und eines ' +
      'gedrehten Keys hängt nur von ihrem Inhalt und von i − j ab.',
  },
  'residual-stream': {
    name: 'Residualstrom',
    forms: ['Residualverbindung'],
    short: 'Der Vektor eines Tokens, von dem jede Schicht liest und zu dem jede addiert.',
    more:
      'Er beginnt als Embedding. Attention und Feed-Forward-Teile lesen ihn, meist nach einer Layer-Norm, und ' +
      'addieren ihr Ergebnis: was ' +
      'eine frühe Schicht schrieb, ist in einer späteren noch ein Summand. Daher lässt sich ein Score danach ' +
      'zerlegen, was den Strom schrieb.',
  },
  layer: {
    name: 'Schicht',
    forms: ['Schichten', 'Block', 'Blöcke'],
    short: 'Ein Schritt eines Transformers: Attention mit mehreren Heads, dann ein Feed-Forward-Teil.',
    more:
      'Schichten folgen aufeinander; jede liest den Residualstrom, den die früheren geschrieben haben. Sie werden ' +
      'ab 0 gezählt, und ' +
      'Head 2 von Schicht 1 heißt 1.2.',
  },
  'layer-norm': {
    name: 'Layer-Norm',
    forms: ['Layer-Norms', 'RMS-Norm'],
    short:
      'Bringt die Komponenten eines Vektors auf Mittel 0 und Varianz 1, dann kommen gelernte Faktoren und Zusätze.',
    more:
      'Der Faktor ist γ, der Zusatz β. RMS-Norm lässt Mittel und Zusatz weg. Die Norm steht vor Attention und ' +
      'Feed-Forward-Teilen ' +
      '(Pre-Norm) oder nach ihrer Summe mit dem Residualstrom (Post-Norm, wie in BERT).',
  },
  'feed-forward': {
    name: 'Feed-Forward-Teil',
    forms: ['Feed-Forward-Teile', 'Feed-Forward', 'MLP'],
    short: 'Der Teil einer Schicht, der jedes Token für sich ändert; er bewegt nichts zwischen Tokens.',
    more:
      'Zwei lineare Abbildungen mit einer nichtlinearen Funktion f dazwischen, oft mit einem Gate. Er hat etwa ' +
      'zwei Drittel der ' +
      'Gewichte einer Schicht; Attention-Karten zeigen ihn nicht.',
  },
  encoder: {
    name: 'Encoder',
    forms: [],
    short: 'Liest einen ganzen Text auf einmal: jedes Token kann auf jedes andere schauen.',
    more:
      'BERT ist ein Encoder allein. In einem Übersetzer liest der Encoder die Quelle, und der Decoder schaut ' +
      'durch Cross-Attention auf ' +
      'sein Ergebnis.',
  },
  decoder: {
    name: 'Decoder',
    forms: [],
    short: 'Schreibt einen Text Token für Token: jedes kann nur auf sich selbst und frühere schauen.',
    more:
      'GPT ist ein Decoder allein, ein kausales Sprachmodell. Die kausale Maske lässt ihn an allen Stellen ' +
      'zugleich lernen: keine Stelle ' +
      'kann das Token sehen, das sie vorhersagen muss.',
  },
  unembedding: {
    name: 'Unembedding',
    forms: ['Sprachmodell-Kopf'],
    short: 'Die lineare Abbildung vom letzten Vektor eines Tokens zu einem Logit für jedes Token des Vokabulars.',
    more: 'Manche Modelle nehmen dafür noch einmal die Matrix des Embeddings, transponiert (gebundene Gewichte).',
  },
  'recurrent-network': {
    name: 'rekurrentes Netz',
    forms: ['rekurrente Netze', 'RNN'],
    short: 'Liest und schreibt Token für Token mit einem Zustand, den es mitträgt; dafür wurde Attention erfunden.',
    more:
      'Der Encoder hinterlässt für jedes Token der Quelle einen Vektor hⱼ, eine Annotation. Im Schritt i wägt der ' +
      'Decoder im Zustand sᵢ ' +
      'die Annotationen und liest ihre gewichtete Summe, den Kontext cᵢ.',
  },
} satisfies Partial<Terms>;
