import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentenceIn } from '../../../src/core/document/sentences.ts';

/** Sentences of a text, parted by ¶: every place in one of them finds just that one. */
const texts: readonly [name: string, marked: string][] = [
  ['titles', 'Dr. Finch met Mr. Jones.¶ Mrs. Hall and Prof. A. Dent left.¶ St. Paul did not.'],
  ['a title before a common word', 'I saw Mr. The.¶ It was odd.'],
  ['initials', 'J. R. R. Tolkien wrote it.¶ George W. Bush did not.¶ J.R.R. Tolkien did.'],
  ['the pronoun is no initial', 'So am I.¶ Cats are.¶ By I. Newton.'],
  ['states and firms', 'The U.S. Army came.¶ He lives in the U.S.¶ The cat does not.¶ Apple Inc. Chairman Smith left.'],
  ['degrees and hours', 'Ann Lee, Ph.D. Candidate, ate.¶ It was 5 p.m.¶ The cat ate at 6 a.m. on Monday.'],
  ['examples', 'Pets, e.g. Cats, eat.¶ Fish, i.e. Trout, swim.¶ See cf. Smith vs. Jones.'],
  ['and so on at an end', 'Cats, dogs, etc.¶ They eat.¶ Cats, dogs, etc. eat fish.'],
  [
    'numbers',
    'See No. 5 Main Street, Fig. 2 and p. 12.¶ She said no.¶ They left.¶ It costs 3.50 euros.¶ Vol. II Begins.',
  ],
  ['months', 'On Jan. 3 Rome fell.¶ Then came Sept. 1 Monday.'],
  [
    'German abbreviations',
    'Das gilt z. B. Für Katzen, d. h. Tiere.¶ Hr. Dr. Meier kam am 3. Oktober im 19. Jahrhundert.¶ Vgl. Abb. ' +
      '3 und Nr. 4.',
  ],
  ['German ones written together', 'Das sind z.B. Katzen, bzw. Hunde usw.¶ Die Katze aß.'],
  ['a number at an end', 'He was 5.¶ The cat was 3.¶ Oktober ate.'],
  [
    'French abbreviations',
    'M. Dupont et Mme. Petit mangent.¶ Il vit av. J.-C. Dupont.¶ Des chats, p. ex. Minou, dorment.',
  ],
  ['Spanish abbreviations', 'El Sr. Pérez y la Sra. Ruiz comen.¶ Vive aquí.'],
  ['dots that trail off', 'Well... maybe so.¶ He waited...¶ Then it came.¶ He waited…¶ Then it went… somewhere.'],
  ['quotation marks', '“It ate.”¶ He left.¶ "Stop!" he said.¶ “Why?” asked the cat.¶ (It slept.)¶ Then it woke.'],
  ['a question and a cry', 'What?!¶ No!¶ Yes, sir!!!¶ Fine.'],
  [
    'decimals, versions, addresses',
    'Version 1.2.3 is out.¶ Read https://a.example/b.html?c=D.E now.¶ Mail a.b@c.example today.',
  ],
  ['Chinese and Japanese', '猫吃了鱼。¶狗睡了！¶真的吗？¶「猫が食べた。」と言った。¶「犬。」¶寝た。'],
  ['marks inside a sentence', 'The *small* cat **ate** the __red__ fish.¶ Snake_case_words stay.¶ 2 * 3 * 4 is 24.'],
  ['a code span', 'Call `a.b(). C` first.¶ Then ``x. `Y` `` next.'],
  ['a link', 'See [Dr. Who](https://a.example/b.C "x") now.¶ Read [the page.](http://a.example/x.Y)¶ It ends.'],
];

for (const [name, marked] of texts) {
  test(`sentences: ${name}`, () => {
    const text = marked.replaceAll('¶', '');
    let from = 0;
    for (const sentence of marked.split('¶')) {
      for (let cursor = from + 1; cursor < from + sentence.length; cursor++) {
        const found = sentenceIn(text, cursor);
        assert.equal(
          found && text.slice(found.start, found.end),
          sentence.trim(),
          `at ${JSON.stringify(text.slice(cursor))}`,
        );
      }
      from += sentence.length;
    }
  });
}

const marks: readonly [text: string, at: number, sentence: string][] = [
  ['**The cat ate.** It slept.', 3, 'The cat ate.'],
  ['**The cat ate.** It slept.', 20, 'It slept.'],
  ['*It ate.* **It slept.** ***It woke.***', 25, 'It woke.'],
  ['_It ate._ It slept.', 2, 'It ate.'],
  ['~~It ate.~~ It slept.', 4, 'It ate.'],
  ['**The cat** ate **fish**', 3, '**The cat** ate **fish**'],
  ['He said **stop.** Then it slept.', 3, 'He said **stop.**'],
  ['A dog barked. The cat ate.', 13, 'A dog barked.'],
  ['A dog barked. The cat ate.', 14, 'The cat ate.'],
  ['The cat ate.   ', 14, 'The cat ate.'],
];

for (const [text, at, sentence] of marks) {
  test(`the sentence at ${at} of ${text}`, () => {
    const found = sentenceIn(text, at);
    assert.equal(found && text.slice(found.start, found.end), sentence);
  });
}

test('a text of megabytes without a full stop costs no more than a page', () => {
  const found = sentenceIn('word '.repeat(1_000_000), 2_500_000);
  assert.ok(found && found.end - found.start <= 20_000 && found.start <= 2_500_000 && found.end >= 2_500_000);
  assert.equal(sentenceIn('   ', 1), null);
});
