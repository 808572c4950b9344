import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { headLine, metricText } from '../../../src/core/attention/metric-words.ts';
import { filterWords } from '../../../src/core/attention/filter-words.ts';
import { measuredOf } from '../../ui/panel/page/measured.ts';
import { headTitle, roleMeaning, roleSentence, roleText } from '../../../src/core/attention/role-words.ts';
import { roleNames, summariseHeads } from '../../../src/core/attention/roles.ts';
import { firstView, plainOptions } from '../../../src/core/attention/view.ts';
import { lineOf } from '../../../src/core/errors/sentence.ts';
import { exportOf } from '../../../src/core/export/export-of.ts';
import { textFormats, type TextFormat } from '../../../src/core/export/format.ts';
import { labelOf } from '../../../src/core/text/label.ts';
import { english } from '../../../src/core/words/english.ts';
import { speak, words, wordsIn } from '../../../src/core/words/words.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { reasons } from '../errors/every-reason.ts';
import { localAnalysis } from '../export/analysis.ts';
import { outside, pseudo } from './pseudo.ts';

const page = { script: '', scriptHash: '', style: '', styleHash: '' };
/** Formats that programs read: names in them are those of fields, and stay. */
const forPrograms: readonly TextFormat[] = ['csv', 'csv-matrix', 'csv-heads', 'json', 'npz'];
const shown: Readonly<Record<string, () => Analysis>> = { ...analyses, local: localAnalysis };
const view = {
  ...firstView,
  options: { ...plainOptions, hidePunctuation: true, renormalise: true, topK: 3, headMerge: 'max' as const },
};

/** The words of a text that nothing of the table said and that no analysis holds as data. */
function unsaid(text: string, data: readonly string[] = []): string[] {
  const known = [...data].sort((a, b) => b.length - a.length);
  const rest = known.reduce((left, one) => left.replaceAll(one, ' '), outside(text));
  return rest.match(/\p{L}{2,}/gu) ?? [];
}

/** Everything in an analysis that is data: labels of tokens, names of the model, its labels and notes. */
function dataOf({ model, sequences, notes, predictions = [] }: Analysis): string[] {
  const labels = sequences.flatMap((sequence) => sequence.tokens.map((token) => labelOf(sequence, token)));
  const formats = (model.formats ?? []).flatMap(({ graph, format }) => [graph, format, 'encoder', 'decoder']);
  const predicted = JSON.stringify(predictions).match(/"(?:text|name)":"([^"]*)"/g) ?? [];
  const names = predicted.map((pair) => pair.replace(/^"\w+":"|"$/g, ''));
  const roles = sequences.flatMap((sequence) => (sequence.roles ?? []).map(({ role }) => role));
  return [
    model.id,
    model.family,
    ...labels,
    ...labels.map((label) => label.trim()),
    ...formats,
    ...notes,
    ...names,
    ...roles,
  ].filter((one) => one !== '');
}

function textOf(format: TextFormat, analysis: Analysis): string {
  const pieces = [...exportOf(format, analysis, { map: null, layer: 0, heads: [0] }, () => page, view)];
  return pieces.map((piece) => (typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1'))).join('');
}

/** What is read of a picture or page: the text between its tags, without scripts. */
function readIn(markup: string): string {
  return markup
    .replace(/<(script|style)[^>]*>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

describe('a second language', () => {
  before(() => speak(pseudo(english)));
  after(() => speak(english));

  it('says every reason, in the editor and in a terminal', () => {
    for (const reason of Object.values(reasons)) {
      const data = Object.values(reason);
      for (const surface of ['editor', 'terminal'] as const)
        assert.deepEqual(unsaid(lineOf(reason, surface), data), [], `${reason.code}, ${surface}`);
    }
  });

  for (const [name, make] of Object.entries(shown)) {
    it(`is that of every export of ${name}`, () => {
      const analysis = make();
      for (const format of textFormats.filter((one) => !forPrograms.includes(one))) {
        const text = textOf(format, analysis);
        const read = format === 'table' ? text : readIn(text);
        assert.deepEqual(unsaid(read, dataOf(analysis)), [], `${name}, ${format}`);
        assert.match(text, /⟦/u, `${name}, ${format}`);
      }
    });

    it(`leaves what programs read of ${name} as it is`, () => {
      const analysis = make();
      const other = forPrograms.map((format) => textOf(format, analysis));
      speak(english);
      const plain = forPrograms.map((format) => textOf(format, analysis));
      speak(pseudo(english));
      assert.deepEqual(other, plain);
    });

    it(`is that of the heads and filters of ${name}`, () => {
      const { maps, sequences } = make();
      for (const map of maps) {
        const heads = [null, measuredOf(map)].map((probe) => summariseHeads(map, sequences, [], probe));
        for (const summary of heads.flat(2)) {
          const { role } = summary;
          const said = [
            headLine(map, summary, summary),
            roleText(summary) ?? '',
            headTitle(summary) ?? '',
            ...(role ? [roleSentence(role), roleMeaning(role.name)] : []),
            ...(['entropy', 'distance', 'special'] as const).map((metric) => metricText(summary, metric, map.kind)),
          ];
          assert.deepEqual(unsaid(said.join('\n')), [], map.name);
        }
        assert.deepEqual(
          unsaid(filterWords({ ...view.options, mass: 0.9, direction: 'from', rows: 'read' }, map).join('\n')),
          [],
        );
      }
    });
  }

  it('names every role', () => {
    for (const name of roleNames) assert.deepEqual(unsaid(roleMeaning(name)), []);
  });
});

it('an unknown language is English, a region the language of its tag', () => {
  assert.equal(wordsIn('en-GB').tag, 'en');
  assert.equal(wordsIn('xx').tag, 'en');
  assert.equal(wordsIn('').tag, 'en');
  assert.equal(words().tag, 'en');
});
