import { files } from './details/files.ts';
import { hub } from './details/hub.ts';
import { link } from './details/link.ts';
import { analysis, chat, messages, model, store } from './details/parts.ts';
import { tokenizer } from './details/tokenizer.ts';
import { values } from './details/values.ts';

/**
 * What exactly is wrong, for the middle of a sentence of an error: `it …` is the thing that the sentence speaks of, no
 * full stop.
 */
export const details = {
  analysis,
  chat,
  files,
  hub,
  link,
  messages,
  model,
  store,
  tokenizer,
  values,
};
