import type { Family } from '../attention/analysis.ts';
import { words, type Words } from '../words/words.ts';
import type { Dtype } from './dtype.ts';

/** The models of the catalogue: those that the table of words has a sentence for. */
export type CatalogueId = keyof Words['models']['hub'];

/** A model of the hub that is worth a look, with what a person wants to know before choosing it. */
export interface CatalogueModel {
  /** `organisation/name` on the hub. */
  readonly id: CatalogueId;
  readonly title: string;
  readonly family: Family;
  /** Two-letter codes; `many` where there are dozens. */
  readonly languages: readonly string[];
  /** SPDX identifier of the weights' licence, as the original publisher gives it. */
  readonly licence: string;
  /**
   * Megabytes (10^6 bytes) of the graph files that are downloaded, by dtype, as the hub lists them. The exact figures
   * come with the plan of a download.
   */
  readonly megabytes: Readonly<Partial<Record<Dtype, number>>>;
  /**
   * Sizes are worked out from the published number of parameters and its number formats: they are told as “about”.
   */
  readonly derived?: true;
}

/** Well-chosen models with attention that transformers.js loads, by family and size. */
export const catalogue: readonly CatalogueModel[] = [
  {
    id: 'jhu-clsp/ettin-encoder-17m',
    title: 'Ettin encoder 17M',
    family: 'encoder',
    languages: ['en'],
    licence: 'MIT',
    megabytes: { fp32: 67, q8: 17, int8: 17, uint8: 17, fp16: 34, q4: 54, q4f16: 28, bnb4: 54 },
  },
  {
    id: 'Xenova/albert-base-v2',
    title: 'ALBERT base v2',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 45, q8: 40, int8: 12, fp16: 23, q4: 21 },
  },
  {
    id: 'Xenova/all-MiniLM-L6-v2',
    title: 'MiniLM L6 (sentence embeddings)',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 90, q8: 23, fp16: 45 },
  },
  {
    id: 'Xenova/distilbert-base-uncased',
    title: 'DistilBERT base',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 268, q8: 68, fp16: 134 },
  },
  {
    id: 'Xenova/distilbert-base-uncased-finetuned-sst-2-english',
    title: 'DistilBERT, sentiment',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 268, q8: 68, fp16: 134 },
  },
  {
    id: 'Xenova/distilbert-base-cased-distilled-squad',
    title: 'DistilBERT, question answering',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 261, q8: 66, fp16: 131 },
    derived: true,
  },
  {
    id: 'Xenova/bert-base-uncased',
    title: 'BERT base',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 438, q8: 111, int8: 110, uint8: 110, fp16: 219, q4: 150, q4f16: 96, bnb4: 144 },
  },
  {
    id: 'Xenova/roberta-base',
    title: 'RoBERTa base',
    family: 'encoder',
    languages: ['en'],
    licence: 'MIT',
    megabytes: { fp32: 499, q8: 126, fp16: 250 },
  },
  {
    id: 'answerdotai/ModernBERT-base',
    title: 'ModernBERT base',
    family: 'encoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 599, q8: 151, int8: 151, uint8: 151, fp16: 300, q4: 225, q4f16: 140, bnb4: 218 },
  },
  {
    id: 'Xenova/bert-base-multilingual-cased',
    title: 'BERT base, multilingual',
    family: 'encoder',
    languages: ['many'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 712, q8: 180, fp16: 356 },
  },
  {
    id: 'onnx-community/embeddinggemma-300m-ONNX',
    title: 'EmbeddingGemma 300M',
    family: 'encoder',
    languages: ['many'],
    licence: 'Gemma',
    megabytes: { fp32: 1230, q8: 310, fp16: 615 },
    derived: true,
  },
  {
    id: 'Xenova/distilgpt2',
    title: 'DistilGPT-2',
    family: 'decoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 330, q8: 85 },
  },
  {
    id: 'Xenova/gpt2',
    title: 'GPT-2',
    family: 'decoder',
    languages: ['en'],
    licence: 'MIT',
    megabytes: { fp32: 501, int8: 281, fp16: 251, q4: 500, bnb4: 500 },
  },
  {
    id: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    title: 'SmolLM2 135M Instruct',
    family: 'decoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 654, fp16: 327, q4: 200, q4f16: 134 },
  },
  {
    id: 'HuggingFaceTB/SmolVLM-256M-Instruct',
    title: 'SmolVLM 256M Instruct (its text part)',
    family: 'decoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 655, int8: 166, fp16: 328 },
  },
  {
    id: 'onnx-community/gemma-3-270m-it-ONNX',
    title: 'Gemma 3 270M Instruct',
    family: 'decoder',
    languages: ['many'],
    licence: 'Gemma',
    megabytes: { fp32: 1070, fp16: 535 },
    derived: true,
  },
  {
    id: 'onnx-community/granite-4.0-h-350m-ONNX',
    title: 'Granite 4.0 H 350M',
    family: 'decoder',
    languages: ['many'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 1360, fp16: 680 },
    derived: true,
  },
  {
    id: 'onnx-community/LFM2-350M-ONNX',
    title: 'LFM2 350M',
    family: 'decoder',
    languages: ['many'],
    licence: 'LFM1.0',
    megabytes: { fp32: 1420, fp16: 710, q4f16: 255 },
    derived: true,
  },
  {
    id: 'onnx-community/Qwen2.5-0.5B-Instruct',
    title: 'Qwen2.5 0.5B Instruct',
    family: 'decoder',
    languages: ['many'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 1990, q8: 512, int8: 512, uint8: 512, fp16: 997, q4: 786, q4f16: 483, bnb4: 764 },
  },
  {
    id: 'onnx-community/Qwen3-0.6B-ONNX',
    title: 'Qwen3 0.6B',
    family: 'decoder',
    languages: ['many'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 2380, fp16: 1190, q4: 919, q4f16: 570 },
    derived: true,
  },
  {
    id: 'Xenova/t5-small',
    title: 'T5 small',
    family: 'encoder-decoder',
    languages: ['en', 'de', 'fr', 'ro'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 308, q8: 78, fp16: 155 },
  },
  {
    id: 'Xenova/flan-t5-small',
    title: 'Flan-T5 small',
    family: 'encoder-decoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 374, q8: 95 },
  },
  {
    id: 'Xenova/opus-mt-en-de',
    title: 'OPUS-MT English to German',
    family: 'encoder-decoder',
    languages: ['en', 'de'],
    licence: 'CC-BY-4.0',
    megabytes: { fp32: 418, q8: 106, fp16: 209 },
  },
  {
    id: 'Xenova/opus-mt-mul-en',
    title: 'OPUS-MT many languages to English',
    family: 'encoder-decoder',
    languages: ['many', 'en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 442, q8: 112, fp16: 221 },
  },
  {
    id: 'Xenova/long-t5-tglobal-base',
    title: 'LongT5 base, transient-global',
    family: 'encoder-decoder',
    languages: ['en'],
    licence: 'Apache-2.0',
    megabytes: { fp32: 1091, q8: 334, fp16: 548 },
  },
];

/** The entry of a hub id; null when the catalogue has none. Ids on the hub do not differ in case alone. */
export function inCatalogue(id: string): CatalogueModel | null {
  const wanted = id.toLowerCase();
  return catalogue.find((model) => model.id.toLowerCase() === wanted) ?? null;
}

/** What a model of the catalogue is good for, in one sentence. */
export function aboutModel({ id }: Pick<CatalogueModel, 'id'>): string {
  return words().models.hub[id];
}
