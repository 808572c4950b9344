/** What is wrong with, or not supported of, a tokenizer.json. */
export const tokenizer = {
  nested: (max: number) => `components are nested more than ${max} deep`,
  object: 'an object is expected',
  string: (key: string) => `${key} must be a string`,
  boolean: (key: string) => `${key} must be true or false`,
  index: (key: string) => `${key} must be a whole number`,
  list: (key: string) => `${key} must be a list`,
  long: (key: string, characters: number) => `${key} is too long (${characters} characters)`,
  damaged: (key: string) => `${key} is damaged`,
  id: (name: string, value: string, max: number) => `${name} is ${value}, but an id is a whole number from 0 to ${max}`,
  idOf: (token: string) => `the id of ${token}`,
  /** What a value is that should be a number. */
  kinds: {
    text: 'a text',
    missing: 'missing',
    list: 'a list',
    other: (type: string) => `not a number (${type})`,
  },
  tokens: (max: number) => `it has more than ${max} tokens`,
  longToken: (id: number, characters: number) => `the token ${id} is too long (${characters} characters)`,
  manyCharacters: 'its tokens have more characters than those of any known model',
  unknownToken: (token: string) => `the unknown token ${token} is not in the vocabulary`,
  unknownId: 'unk_id is not in the vocabulary',
  noUnknownId: 'the text has an unknown character, and unk_id is missing',
  score: (id: number) => `vocab[${id}] must be a token and its score`,
  merges: (count: number) => `it has too many merges (${count})`,
  noPair: (rank: number) => `merge ${rank} is not a pair`,
  mergeOutside: (rank: number) => `merge ${rank} uses or makes a token that is not in the vocabulary`,
  dropout: 'BPE with dropout',
  length: 'length must be at least 1',
  addedId: (id: number, max: number) => `the post-processor adds the id ${id}, but the highest token id is ${max}`,
  addsTokens: (key: string, max: number) => `${key} adds more than ${max} tokens`,
  ids: (count: number) => `it has too many ids (${count})`,
  idsAndTokens: 'ids and tokens must be lists of the same length',
  tokenAndId: (key: string) => `${key} must be a token and its id`,
  layouts: 'post-processor Sequence with several layouts',
  repeats: (key: string) => `post-processor TemplateProcessing whose ${key} repeats a text`,
  replacement: (mark: string) => `Metaspace with the replacement “${mark}”, which is not one character`,
  setting: (type: string, key: string, value: string) => `${type} with ${key} ${value}`,
  pattern: (source: string) => `regular expression ${source}`,
  longPattern: (characters: number) => `a regular expression of ${characters} characters`,
  /** Why a component was stopped. */
  steps: 'it takes too many steps for a text of this length',
  longer: (max: number) => `it makes more than ${max} characters of the text`,
  endless: 'its regular expression does not come to an end',
  large: 'it is larger than that of any known model',
  /** Components, by their type in the file; empty where it has none. */
  parts: {
    tokenizer: 'tokenizer',
    addedTokens: 'list of added tokens',
    model: (type: string) => typed('model', type),
    normalizer: (type: string) => typed('normalizer', type),
    preTokenizer: (type: string) => typed('pre-tokenizer', type),
    postProcessor: (type: string) => typed('post-processor', type),
    decoder: (type: string) => typed('decoder', type),
  },
};

function typed(component: string, type: string): string {
  return type === '' ? `a ${component} without a type` : `${component} ${type}`;
}
