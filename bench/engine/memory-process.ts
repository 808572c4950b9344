import { weightCount } from '../../src/core/attention/map.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { runtime } from '../../src/engine/backend/runtime.ts';
import { bertBase } from './bert-shape.ts';

/**
 * Analyses a text of so many tokens with the model in a folder, and tells its parent the bytes of memory that it took
 * at most beyond what its libraries take. Arguments: folder, tokens.
 */
const [folder = '', tokens = '512'] = process.argv.slice(2);

await runtime();
const before = process.memoryUsage.rss();
const analyser = new Analyser({ models: folder, store: folder }, () => undefined);
// The tokenizer adds one token at either end.
const text = Array.from({ length: Number(tokens) - 2 }, () => 'cat').join(' ');
const work = { signal: new AbortController().signal, report: () => undefined };
const { maps } = await analyser.analyse({ model: folder, text }, work);
const [map] = maps;
const expected = bertBase.layers * bertBase.heads * Number(tokens) ** 2;
if (!map || weightCount(map.shape) !== expected) throw new Error(`The map has the shape ${map?.shape.join(' × ')}.`);
process.send?.(process.resourceUsage().maxRSS * 1024 - before, () => process.exit());
