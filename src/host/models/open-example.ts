import * as v from 'valibot';
import * as vscode from 'vscode';
import type { ProbeExample } from '../../core/probe/evidence.ts';
import { headExampleSchema } from '../../protocol/panel.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { documentSequence, type LiveAnalysis } from '../analysis/live-analysis.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import type { Panel } from '../panel/panel.ts';
import { settings } from '../window/settings.ts';
import type { Examples } from './examples.ts';

/** What opening an example needs. */
export interface ExampleServices {
  readonly analyses: Analyses;
  readonly show: ShowAttention;
  readonly examples: Examples;
  readonly panel: Panel;
}

/**
 * Opens the sentence of an example in an editor and analyses it with the model on show, at the example's head and token.
 * What is no example is ignored: the command's values may come from anywhere.
 */
export async function openExample(services: ExampleServices, value: unknown): Promise<void> {
  const wanted = v.safeParse(headExampleSchema, value);
  if (!wanted.success) return;
  const { analyses, show, examples, panel } = services;
  const { map, layer, head, example } = wanted.output;
  const model = analyses.current?.model ?? settings.model;
  const texts = example.pair === undefined ? [example.text] : [example.text, example.pair];
  const { document, spans } = await examples.openProbe(texts);
  const run = show.onSpans(document, spans, model);
  panel.show();
  const analysis = await run;
  if (!analysis) return;
  const token = queryOf(analysis, example);
  await vscode.commands.executeCommand(
    'textAttention.focusHead',
    ...[map, layer, head, analysis.id],
    ...(token < 0 ? [] : [token, documentSequence]),
  );
}

/** The token that looks, in the analysis of an example; -1 where the text is cut before it. */
function queryOf({ info }: LiveAnalysis, { query }: ProbeExample): number {
  const segment = query.inPair ? 1 : 0;
  return (info.sequences[documentSequence]?.tokens ?? []).findIndex(
    (token) => !token.special && token.segment === segment && token.end > query.start && token.start <= query.start,
  );
}
