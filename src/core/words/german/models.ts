import type { Words } from '../words.ts';

/** Was über Modelle gesagt wird, bevor eines gewählt ist. */
export const models: Words['models'] = {
  does: {
    question: 'beantwortet Fragen zu einem Text',
    summary: 'fasst Texte zusammen',
    translation: 'übersetzt Texte',
  },
  builtIn: {
    'masked-lm-small': 'Ein BERT: jedes Token schaut in beide Richtungen, und maskierte Wörter werden vorhergesagt.',
    'masked-lm-medium':
      'Ein größeres BERT derselben Art, sechs Schichten mit je acht Heads: es sagt maskierte Wörter besser vorher.',
    'causal-lm-small':
      'Ein GPT-2: jedes Token schaut auf sich und frühere, und das nächste wird vorhergesagt; hat einen Induction ' +
      'Head.',
    'translation-small': 'Ein T5, das übersetzt: Encoder, Decoder und Cross-Attention, je zwei Schichten.',
    'recurrent-bahdanau': 'Ein rekurrenter Übersetzer mit Bahdanaus additiver Attention.',
    'recurrent-dot': 'Ein rekurrenter Übersetzer mit Luongs Attention, Score dot: das Produkt der beiden Zustände.',
    'recurrent-general':
      'Ein rekurrenter Übersetzer mit Luongs Attention, Score general: eine Matrix zwischen den beiden Zuständen.',
    'recurrent-concat':
      'Ein rekurrenter Übersetzer mit Luongs Attention, Score concat: ein kleines Netz über beiden Zuständen.',
    'recurrent-local-m':
      'Ein rekurrenter Übersetzer mit Luongs lokaler Attention, local-m: ein Fenster, das Wort für Wort weitergeht.',
    'recurrent-local-p':
      'Ein rekurrenter Übersetzer mit Luongs lokaler Attention, local-p: ein Fenster, wo das Modell es vorhersagt.',
  },
  reads: { english: 'Liest Englisch.', grammar: 'Liest Englisch aus 223 Wörtern und schreibt Spanisch.' },
  hub: {
    'jhu-clsp/ettin-encoder-17m':
      'Der kleinste moderne Encoder: Schichten, die in die Nähe schauen, neben solchen, die überallhin schauen, ' +
      'in einer Sekunde.',
    'onnx-community/embeddinggemma-300m-ONNX':
      'Ein Sprachmodell, das in beide Richtungen liest, um Bedeutungen zu vergleichen, in mehr als hundert Sprachen.',
    'HuggingFaceTB/SmolVLM-256M-Instruct':
      'Ein Modell für Bilder und Text, von dem nur der Textteil geladen wird: ein Chat-Modell mit ' +
      'Grouped-Query-Attention.',
    'onnx-community/gemma-3-270m-it-ONNX':
      'Ein kleines Chat-Modell mit gleitendem Fenster in den meisten Schichten: welche Heads schauen darüber hinaus?',
    'onnx-community/granite-4.0-h-350m-ONNX':
      'Ein Hybrid aus Zustandsräumen und einigen Attention-Schichten ohne Positionen: worauf schauen diese?',
    'onnx-community/LFM2-350M-ONNX':
      'Ein Hybrid aus kurzen Faltungen und einigen Attention-Schichten: was fügen diese den nächsten Tokens hinzu?',
    'onnx-community/Qwen3-0.6B-ONNX':
      'Ein Chat-Modell, das zuerst nachdenken kann, mit in jedem Head normierten Querys und Keys; braucht etwas ' +
      'Speicher.',
    'Xenova/long-t5-tglobal-base':
      'Ein Encoder für sehr lange Texte: lokale Attention, und Summen von Token-Blöcken, die von überall gesehen ' +
      'werden.',
    'Xenova/albert-base-v2':
      'Zwölf Schichten mit denselben Gewichten: wie sich dieselben Heads in verschiedener Tiefe verhalten.',
    'Xenova/all-MiniLM-L6-v2':
      'Klein und schnell: die Attention eines Modells für Satz-Embeddings, das Bedeutungen vergleicht.',
    'Xenova/distilbert-base-uncased':
      'BERT mit halb so vielen Schichten: klare Heads und schnelle Vorhersagen maskierter Wörter.',
    'Xenova/distilbert-base-uncased-finetuned-sst-2-english':
      'Sagt, ob ein Satz positiv oder negativ ist: auf welche Wörter das Urteil schaut.',
    'Xenova/distilbert-base-cased-distilled-squad':
      'Findet die Antwort auf eine Frage in einem Text: wie Frage und Antwort aufeinander schauen.',
    'Xenova/bert-base-uncased':
      'Das Modell der meisten Arbeiten über Attention-Heads: 12 Schichten mit 12 Heads, einzelne Texte und Paare.',
    'Xenova/roberta-base': 'BERT, länger trainiert, mit Byte-Tokens: gut bei Namen, Zahlen und Code im Text.',
    'answerdotai/ModernBERT-base':
      'Lange Texte und Code; Schichten, die in die Nähe schauen, wechseln mit solchen, die überallhin schauen.',
    'Xenova/bert-base-multilingual-cased':
      'Ein BERT für mehr als hundert Sprachen: wie behandeln Heads denselben Satz in zweien davon?',
    'Xenova/distilgpt2': 'Das kleinste GPT-2: wie jedes Wort zurückschaut, während ein Text weitergeschrieben wird.',
    'Xenova/gpt2':
      'Der klassische Decoder: 12 Schichten mit 12 Heads, darunter Induction Heads und Sinks auf dem ersten Token.',
    'HuggingFaceTB/SmolLM2-135M-Instruct':
      'Ein kleines modernes Chat-Modell mit Grouped-Query-Attention und Rotary-Positionen: wie Rollen die ' +
      'Attention lenken.',
    'onnx-community/Qwen2.5-0.5B-Instruct':
      'Ein fähiges kleines Chat-Modell in vielen Sprachen; braucht etwas Speicher.',
    'Xenova/t5-small':
      'Übersetzt und fasst zusammen: Encoder, Decoder und Cross-Attention mit gelernten relativen Positionen.',
    'Xenova/flan-t5-small': 'T5, das Anweisungen folgt: wie eine Antwort auf die Frage zurückschaut.',
    'Xenova/opus-mt-en-de': 'Ein Übersetzer: die Cross-Attention zeigt zu jedem übersetzten Wort das Wort der Quelle.',
    'Xenova/opus-mt-mul-en': 'Übersetzt aus mehr als hundert Sprachen ins Englische, mit einem gemeinsamen Encoder.',
  },
};
