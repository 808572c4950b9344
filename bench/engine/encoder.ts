import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Shared } from '../benchmark.ts';
import { bertBase, writeBert } from './bert-shape.ts';

const fixture = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'models', 'tiny-encoder');

/** A model of BERT-base's shape with random weights, in a folder of its own. */
export interface Encoder {
  readonly folder: string;
  readonly graph: string;
  /** Bytes of the graph, nearly all of them weights. */
  readonly bytes: number;
}

/** The one that all benchmarks of the engine use. */
export const encoder = new Shared<Encoder>(
  () => Promise.resolve(writeEncoder()),
  ({ folder }) => {
    rmSync(folder, { recursive: true });
    return Promise.resolve();
  },
);

function writeEncoder(): Encoder {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const graph = join(folder, 'onnx', 'model.onnx');
  mkdirSync(join(folder, 'onnx'));
  writeBert(graph, bertBase);
  const config = {
    model_type: 'bert',
    architectures: ['BertModel'],
    num_hidden_layers: bertBase.layers,
    num_attention_heads: bertBase.heads,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) copyFileSync(join(fixture, file), join(folder, file));
  return { folder, graph, bytes: statSync(graph).size };
}
