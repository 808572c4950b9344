/** What is said of models before one is chosen, a sentence each. */
export const models = {
  /** What models do with a text, by the task. */
  does: {
    question: 'answers questions about a text',
    summary: 'summarises texts',
    translation: 'translates texts',
  },
  /** Built-in models: what each is. */
  builtIn: {
    'masked-lm-small': 'A BERT: every token looks both ways, and masked words are predicted.',
    'masked-lm-medium': 'A larger BERT of the same kind, six layers of eight heads: it predicts masked words better.',
    'causal-lm-small':
      'A GPT-2: every token looks at itself and earlier ones, and the next is predicted; has an induction head.',
    'translation-small': 'A T5 that translates: encoder, decoder and cross-attention, two layers each.',
    'recurrent-bahdanau': 'A recurrent translator with Bahdanau’s additive attention.',
    'recurrent-dot': 'A recurrent translator with Luong’s attention, score dot: the product of the two states.',
    'recurrent-general':
      'A recurrent translator with Luong’s attention, score general: a matrix between the two states.',
    'recurrent-concat':
      'A recurrent translator with Luong’s attention, score concat: a small network over both states.',
    'recurrent-local-m':
      'A recurrent translator with Luong’s local attention, local-m: a window that moves word by word.',
    'recurrent-local-p':
      'A recurrent translator with Luong’s local attention, local-p: a window where the model predicts it.',
  },
  reads: { english: 'Reads English.', grammar: 'Reads English of 223 words, and writes Spanish.' },
  /** Models of the hub: what each is good for. */
  hub: {
    'jhu-clsp/ettin-encoder-17m':
      'The smallest modern encoder: layers that look nearby beside layers that look everywhere, in a second.',
    'onnx-community/embeddinggemma-300m-ONNX':
      'A language model that reads both ways to compare meanings, in more than a hundred languages.',
    'HuggingFaceTB/SmolVLM-256M-Instruct':
      'A model for images and text, of which the text part alone is loaded: a chat model with grouped-query attention.',
    'onnx-community/gemma-3-270m-it-ONNX':
      'A small chat model with a sliding window in most layers: see which heads look beyond it.',
    'onnx-community/granite-4.0-h-350m-ONNX':
      'A hybrid of state spaces with a few layers of attention without positions: see what these look at.',
    'onnx-community/LFM2-350M-ONNX':
      'A hybrid of short convolutions with a few layers of attention: see what these add to the nearest tokens.',
    'onnx-community/Qwen3-0.6B-ONNX':
      'A chat model that can think first, with queries and keys normalised in each head; needs some memory.',
    'Xenova/long-t5-tglobal-base':
      'An encoder for very long texts: local attention, and sums of blocks of tokens that are seen from everywhere.',
    'Xenova/albert-base-v2':
      'Twelve layers that share one set of weights: see how the same heads behave at different depths.',
    'Xenova/all-MiniLM-L6-v2': 'Small and fast: the attention of a sentence-embedding model, which compares meanings.',
    'Xenova/distilbert-base-uncased': 'BERT with half the layers: clear heads and fast predictions of masked words.',
    'Xenova/distilbert-base-uncased-finetuned-sst-2-english':
      'Says whether a sentence is positive or negative: which words the verdict looks at.',
    'Xenova/distilbert-base-cased-distilled-squad':
      'Finds the answer to a question in a text: how the question and its answer look at each other.',
    'Xenova/bert-base-uncased':
      'The model of most papers on attention heads: 12 layers of 12 heads, single texts and pairs.',
    'Xenova/roberta-base': 'BERT trained longer, with byte-level tokens: good on names, numbers and code in text.',
    'answerdotai/ModernBERT-base':
      'Long texts and code, with layers that look nearby alternating with layers that look everywhere.',
    'Xenova/bert-base-multilingual-cased':
      'One BERT for more than a hundred languages: compare how heads treat the same sentence in two of them.',
    'Xenova/distilgpt2': 'The smallest GPT-2: how each word looks back while a text is continued.',
    'Xenova/gpt2':
      'The classic decoder: 12 layers of 12 heads, among them induction heads and sinks on the first token.',
    'HuggingFaceTB/SmolLM2-135M-Instruct':
      'A small modern chat model with grouped-query attention and rotary positions: see how roles steer attention.',
    'onnx-community/Qwen2.5-0.5B-Instruct': 'A capable small chat model in many languages; needs some memory.',
    'Xenova/t5-small':
      'Translates and summarises: encoder, decoder and cross-attention with learned relative positions.',
    'Xenova/flan-t5-small': 'T5 that follows instructions: how an answer looks back at the question.',
    'Xenova/opus-mt-en-de': 'A translator: cross-attention shows the source word of each translated word.',
    'Xenova/opus-mt-mul-en': 'Translates from more than a hundred languages to English, with one shared encoder.',
  },
};
