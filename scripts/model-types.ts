/**
 * Writes src/engine/config/MODEL-TYPES.md: every model type of the installed transformers.js, and whether its models
 * run here. Usage: `node scripts/model-types.ts`. Fails, with their names, on types that a new version brought of which
 * the library's own lists do not tell what they take: `special` says that of each.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as v from 'valibot';

const root = join(import.meta.dirname, '..');
const library = join(root, 'node_modules', '@huggingface', 'transformers');

/** Where the list stands. */
export const modelTypesFile = join(root, 'src', 'engine', 'config', 'MODEL-TYPES.md');

/** Why the models of a type are not run. */
const refusals = {
  images: 'takes images',
  audio: 'takes sound',
  speech: 'makes sound',
  series: 'takes series of numbers',
  codec: 'turns sound into codes and back',
  heads: 'its layers have different numbers of heads, which are not shown together',
  keys: 'attends to keys that each stand for several tokens (one for 4 or 128), beside a window, so that most keys are no tokens of the text',
  head: 'its embeddings of tokens are in one graph with its encoder of images, and its logits in one of their own (`prepare_inputs_embeds`, `language_model`, `lm_head`); an export as `embed_tokens` and `decoder_model_merged` would run',
} as const;

type Refusal = keyof typeof refusals;

/** What is said of a type: it runs, its text part does, or it is refused. */
type Verdict = 'runs' | 'part' | 'text-model' | Refusal;

/** Types whose tasks in the library do not tell what they take, or tell otherwise. */
const special: Readonly<Record<string, Verdict>> = {
  nomic_bert: 'runs',
  embedding_gemma2: 'part',
  phi3_v: 'part',
  clip: 'text-model',
  siglip: 'text-model',
  jina_clip: 'text-model',
  clap: 'text-model',
  openelm: 'heads',
  deepseek_v4: 'keys',
  multi_modality: 'head',
  trocr: 'images',
  chinese_clip: 'images',
  groupvit: 'images',
  vit_mae: 'images',
  dinov3_vit: 'images',
  dinov3_convnext: 'images',
  'donut-swin': 'images',
  'mgp-str': 'images',
  'wespeaker-resnet': 'audio',
  speecht5: 'speech',
  hifigan: 'speech',
  style_text_to_speech_2: 'speech',
  mimi: 'codec',
  dac: 'codec',
  snac: 'codec',
  decision_transformer: 'series',
  patchtst: 'series',
  patchtsmixer: 'series',
};

/** Tasks by what they say of a type, those that say most first. */
const byTask: readonly (readonly [RegExp, Verdict])[] = [
  [
    /^(CAUSAL_LM|SEQ_TO_SEQ_CAUSAL_LM|MASKED_LM|SEQUENCE_CLASSIFICATION|TOKEN_CLASSIFICATION|QUESTION_ANSWERING)$/,
    'runs',
  ],
  [/^TEXT_TO_/, 'speech'],
  [/SPEECH|AUDIO|CTC/, 'audio'],
  [/IMAGE|VISION|OBJECT|MASK_GENERATION|SEGMENTATION|ESTIMATION|DOCUMENT/, 'images'],
];

const names = v.map(v.string(), v.string());
const registrySchema = v.object({
  MODEL_CLASS_TYPE_MAPPING: v.array(v.tuple([names, v.number()])),
  MODEL_MAPPINGS: v.record(v.string(), names),
});
const classesSchema = v.object({ MODEL_TYPE_MAPPING: v.map(v.string(), v.number()) });
const sessionsSchema = v.object({
  MODEL_SESSION_CONFIG: v.record(
    v.string(),
    v.looseObject({ text_only_sessions: v.optional(v.record(v.string(), v.string())) }),
  ),
});

/** A type of the library's registry. */
interface ModelType {
  readonly name: string;
  /** What its classes are for, as the registry calls its lists. */
  readonly tasks: readonly string[];
  /** Whether the library itself loads graphs for text alone of one of its classes. */
  readonly hasTextPart: boolean;
}

async function module<T>(schema: v.GenericSchema<unknown, T>, ...path: readonly string[]): Promise<T> {
  const loaded: unknown = await import(pathToFileURL(join(library, 'src', ...path)).href);
  return v.parse(schema, { ...(loaded as object) });
}

async function modelTypes(): Promise<readonly ModelType[]> {
  const { MODEL_CLASS_TYPE_MAPPING: lists, MODEL_MAPPINGS: tasks } = await module(
    registrySchema,
    'models',
    'registry.js',
  );
  const { MODEL_TYPE_MAPPING: kinds } = await module(classesSchema, 'models', 'modeling_utils.js');
  const { MODEL_SESSION_CONFIG: sessions } = await module(sessionsSchema, 'models', 'session_config.js');
  const classes = new Map<string, string[]>();
  for (const [list] of lists) for (const [type, name] of list) classes.set(type, [...(classes.get(type) ?? []), name]);
  return [...classes].map(([name, own]) => ({
    name,
    tasks: Object.entries(tasks)
      .filter(([, list]) => list.has(name))
      .map(([task]) => task.replace(/^MODEL_(FOR_)?|_MAPPING_NAMES$/g, '')),
    hasTextPart: own.some((one) => sessions[`${kinds.get(one) ?? ''}`]?.text_only_sessions !== undefined),
  }));
}

function verdictOf({ name, tasks, hasTextPart }: ModelType): Verdict | null {
  if (name in special) return special[name] ?? null;
  if (hasTextPart) return 'part';
  return byTask.find(([pattern]) => tasks.some((task) => pattern.test(task)))?.[1] ?? null;
}

/** The types of which a small model is run by the tests. */
function testedTypes(): ReadonlySet<string> {
  const fixtures = join(root, 'test', 'fixtures');
  const configs = [
    join(fixtures, 'graphs', 'language-models'),
    join(fixtures, 'graphs', 'long-t5'),
    join(fixtures, 'models'),
    join(root, 'models'),
  ].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name, 'config.json')),
  );
  const schema = v.object({
    model_type: v.optional(v.string()),
    text_config: v.optional(v.object({ model_type: v.optional(v.string()) })),
  });
  const described = configs.flatMap((file) => {
    const config = v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
    return [config.model_type, config.text_config?.model_type];
  });
  const graphs = readdirSync(join(fixtures, 'graphs', 'families')).map((file) =>
    file.replace(/\.\w+$/, '').replaceAll('-', '_'),
  );
  return new Set([...described, ...graphs].filter((type) => type !== undefined));
}

/** The text of the list. Throws an error that names the types of which it is not known what they take. */
export async function modelTypesText(): Promise<string> {
  const types = (await modelTypes()).map((type) => ({ ...type, verdict: verdictOf(type) }));
  const unknown = types.filter(({ verdict }) => verdict === null).map(({ name }) => name);
  if (unknown.length > 0) throw new Error(`It is not known what models of these types take: ${unknown.join(', ')}`);
  const tested = testedTypes();
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')),
  );
  const list = (verdict: Verdict): string[] =>
    types
      .filter((type) => type.verdict === verdict)
      .map(({ name }) => name)
      .sort();
  const line = (verdict: Verdict): string =>
    list(verdict)
      .map((name) => (tested.has(name) ? `**${name}**` : name))
      .join(', ');
  const refused = (Object.keys(refusals) as Refusal[]).filter((reason) => list(reason).length > 0);
  const text = [
    '# Model types',
    '',
    `The ${types.length} model types in the registry of transformers.js ${version}, and whether their models run here. Written by`,
    '`node scripts/model-types.ts`; a test fails when the installed version has others. Of a type in **bold** the tests run a small',
    'model. The others follow the same rules, which go by the inputs and nodes of a graph and not by its type.',
    '',
    `## Text models: ${list('runs').length}`,
    '',
    line('runs'),
    '',
    `## The text part of models that take more: ${list('part').length + list('text-model').length}`,
    '',
    'Only the graphs of the text are downloaded and opened. Those are the embeddings of the tokens and the decoder (`embed_tokens` and',
    '`decoder_model_merged`, or `prepare_inputs_embeds` and `model`), or one graph, which is fed no features of images:',
    '',
    line('part'),
    '',
    'The text encoder, where it is a graph of its own (`text_model`):',
    '',
    line('text-model'),
    '',
    `## Refused: ${refused.reduce((sum, reason) => sum + list(reason).length, 0)}`,
    '',
    'The message of a refusal names what the graph asks for and a text does not give. Choose a text model, or another export of the model.',
    '',
    ...refused.map((reason) => `- ${refusals[reason]}: ${list(reason).join(', ')}`),
    '',
  ].join('\n');
  return format(text, { ...(await resolveConfig(modelTypesFile)), filepath: modelTypesFile });
}

if (process.argv[1] === import.meta.filename) writeFileSync(modelTypesFile, await modelTypesText());
