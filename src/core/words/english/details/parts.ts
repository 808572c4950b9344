import { countText } from '../grammar.ts';

/** Messages between processes. */
export const messages = {
  layer: (bytes: number, expected: number) => `a layer has ${bytes} bytes, not ${expected}`,
  noOperation: (name: string) => `there is no operation “${name}”`,
};

/** Who holds the lock of a model. */
export const store = {
  window: 'another window',
  process: (pid: number, machine: string | null) =>
    `another window (process ${pid}${machine === null ? '' : ` on ${machine}`})`,
  stale: (holder: string, lock: string) => `${holder}; if that no longer exists, delete its lock, ${lock}`,
};

/** Chat templates. */
export const chat = {
  name: 'chat template',
  none: (model: string) => `the model “${model}” has no chat template; choose one that was made for conversations`,
  refused: (model: string, why: string) => `the chat template of “${model}” refuses this conversation (${why})`,
  empty: (model: string) => `the chat template of “${model}” makes no text of this conversation`,
  unreadable: (why: string) => `its chat template is not valid (${why})`,
  answered: 'the last message is the model’s own; add one with “user:” for it to answer',
  notText: 'its chat_template is not a string',
  limits: {
    time: 'it does not come to an end',
    memory: (megabytes: number) => `it takes more than ${megabytes} MB of memory`,
    recursion: 'it is nested, or calls itself, without end',
    size: 'it makes texts or lists that are too long',
    text: 'it makes too long a text of the conversation',
  },
};

/** What is missing in a model, or does not fit. */
export const model = {
  textFits: (tokens: number) => `a text of at most ${countText(tokens, 'token')} fits`,
  noStream: 'a recurrent network has no residual stream whose parts could be told',
  noQueries: 'a recurrent network has states and annotations in place of queries, keys and values; explain shows them',
  noLayer: 'its graph has no attention of this layer',
  weightsNeed: (size: string) => `its weights alone need ${size}`,
  noEmbeddings: (input: string) =>
    `its graph asks for embeddings, ${input}, which onnx/embed_tokens.onnx makes of tokens; ` +
    'that file is not in the folder',
  olderTokenizer: (file: string) =>
    `tokenizer.json (there is ${file}: AutoTokenizer.from_pretrained(…).save_pretrained(…) of the Python library ` +
    'converts it)',
};

/** What is asked of an analysis. */
export const analysis = {
  map: (map: number, count: number) => `there is no map ${map}; the analysis has ${count}, counted from 0`,
  layer: (layer: number, count: number) => `there is no layer ${layer}; the map has ${count}, counted from 0`,
  cell: (what: 'layer' | 'head' | 'query' | 'key', index: number, count: number) =>
    `there is no ${what} ${index}; the map has ${count}, counted from 0`,
  unseen: (query: number, keys: number) =>
    `query ${query} attends to ${keys === 1 ? 'key 0' : `keys 0 to ${keys - 1}`}: later tokens are not there yet when it is computed`,
  specialPosition: (position: number) => `token ${position} is a special token; choose a word or a mask`,
  position: (position: number, count: number) => `there is no token ${position}; the text has ${count}, counted from 0`,
  logit: (token: number, count: number) => `there is no token ${token}; the model has logits of ${count}`,
  token: (text: string) => `“${text}” is not a single token of the model; #N takes the token with the id N`,
  parts: (count: number, most: number) =>
    `token by token there are ${count} parts, and at most ${most} are told; choose a lower layer or a shorter text`,
  word: (first: number, end: number, count: number) =>
    `there is no word from token ${first} to ${end}; the side has ${count} tokens`,
};
