import * as v from 'valibot';
import { AttentionError } from '../../core/errors/reason.ts';
import { exceeded } from '../../core/text/budget.ts';
import type { Message, RenderedChat } from '../../core/text/chat.ts';
import { invalid, readOptionalJson, readOptionalText } from '../files/json-file.ts';
import type { ModelFolder } from '../store/models.ts';
import { maxMemory, renderApart, type TemplateLimit } from '../process/template-process.ts';
import { words } from '../../core/words/words.ts';

/**
 * Where newer models keep their template; older ones have it in the tokenizer's description, or in a file of the
 * processor of images.
 */
const ownFile = 'chat_template.jinja';
const processorFile = 'chat_template.json';
const oldFile = 'tokenizer_config.json';

const named = v.array(v.object({ name: v.string(), template: v.string() }));
const templateSchema = v.union([v.string(), named]);
const processorSchema = v.object({ chat_template: v.string() });

/** Special tokens that a template may write. */
const specialTokens = [
  'bos_token',
  'eos_token',
  'unk_token',
  'sep_token',
  'pad_token',
  'cls_token',
  'mask_token',
] as const;

/**
 * Renders a conversation with a model's own template. Throws `argument-invalid`, with the template's own words, when it
 * refuses the conversation or makes no text of it, and when the model has no template; `model-file-invalid` when its
 * template is none; `budget-exceeded` when it comes to no end or takes too much memory; `cancelled`.
 *
 * Templates are programs (Jinja) that come with the model: they see nothing but the conversation, and run in a process
 * of their own, which is ended when its time or memory is used up or the run is cancelled.
 */
export async function renderedChat(
  folder: ModelFolder,
  messages: readonly Message[],
  signal: AbortSignal,
): Promise<RenderedChat> {
  const template = await templateOf(folder);
  if (template === null) throw refused(words().details.chat.none(folder.id));
  const answer = await renderApart(
    { source: template.source, messages: messages.map((message) => ({ ...message })), tokens: tokensOf(folder) },
    signal,
  );
  switch (answer.state) {
    case 'rendered':
      if (answer.chat.text.trim() === '') throw refused(words().details.chat.empty(folder.id));
      return answer.chat;
    case 'refused':
      throw refused(words().details.chat.refused(folder.id, answer.why));
    case 'unreadable':
      throw invalid(
        { model: folder.id, file: template.file },
        words().details.chat.unreadable('limit' in answer ? limitWords(answer.limit) : answer.why),
      );
    case 'exceeded':
      throw exceeded(folder.id, words().details.chat.name, limitWords(answer.limit));
    case 'cancelled':
      throw new AttentionError({ code: 'cancelled' });
  }
}

function limitWords(limit: TemplateLimit): string {
  const { limits } = words().details.chat;
  return limit === 'memory' ? limits.memory(maxMemory) : limits[limit];
}

/** A model's template and the file that holds it; null where it has none. */
async function templateOf(folder: ModelFolder): Promise<{ readonly file: string; readonly source: string } | null> {
  const named = { model: folder.id, folder: folder.folder };
  const own = await readOptionalText({ ...named, file: ownFile });
  if (own !== null) return { file: ownFile, source: own };
  const described = describedTemplate(folder);
  if (described !== null) return { file: oldFile, source: described };
  const processor = await readOptionalJson({ ...named, file: processorFile }, processorSchema);
  return processor && { file: processorFile, source: processor.chat_template };
}

function describedTemplate({ id, tokenizerConfig }: ModelFolder): string | null {
  const described = tokenizerConfig?.['chat_template'];
  if (described === undefined || described === null) return null;
  const result = v.safeParse(templateSchema, described);
  if (!result.success) throw invalid({ model: id, file: oldFile }, words().details.chat.notText);
  if (typeof result.output === 'string') return result.output;
  return (result.output.find(({ name }) => name === 'default') ?? result.output[0])?.template ?? null;
}

/** The special tokens that the tokenizer's description names, each a text or an object with its content. */
function tokensOf({ tokenizerConfig }: ModelFolder): Record<string, string> {
  const entries = specialTokens.flatMap((name): [string, string][] => {
    const value: unknown = tokenizerConfig?.[name];
    const content = typeof value === 'object' && value !== null && 'content' in value ? value.content : value;
    return typeof content === 'string' ? [[name, content]] : [];
  });
  return Object.fromEntries(entries);
}

function refused(detail: string): AttentionError {
  return new AttentionError({ code: 'argument-invalid', argument: 'chat', detail });
}
