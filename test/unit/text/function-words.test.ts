import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionWordLists } from '../../../src/core/text/function-word-lists.ts';
import { maxShortLength, wordClasses } from '../../../src/core/text/function-words.ts';

/** The words of a sentence that carry meaning; words stand apart by blanks. */
function contentOf(sentence: string): string {
  const words = sentence.split(' ');
  const classes = wordClasses(words);
  return words.filter((_, at) => classes[at] === 'content').join(' ');
}

describe('the function words of a text', () => {
  for (const [language, sentence, content] of [
    ['English', 'The cat that was hungry ate the fish in the kitchen .', 'cat hungry ate fish kitchen'],
    ['German', 'Die Katze , die sehr hungrig war , fraß den Fisch in der Küche .', 'Katze hungrig fraß Fisch Küche'],
    ['French', 'Le chat qui avait faim a mangé le poisson dans la cuisine .', 'chat faim mangé poisson cuisine'],
    [
      'Spanish',
      'El gato que tenía hambre se comió el pescado en la cocina .',
      'gato tenía hambre comió pescado cocina',
    ],
    ['Italian', 'Il gatto che aveva fame ha mangiato il pesce nella cucina .', 'gatto fame mangiato pesce cucina'],
    ['Portuguese', 'O gato que tinha fome comeu o peixe na cozinha .', 'gato fome comeu peixe cozinha'],
    ['Dutch', 'De kat die honger had at de vis in de keuken op .', 'kat honger at vis keuken'],
    [
      'Romanian',
      'Pisica , care era flămândă , a mâncat peștele din bucătărie .',
      'Pisica flămândă mâncat peștele bucătărie',
    ],
    ['Swedish', 'Katten som var hungrig åt fisken i köket .', 'Katten hungrig åt fisken köket'],
    ['Polish', 'Kot , który był głodny , zjadł rybę w kuchni .', 'Kot głodny zjadł rybę kuchni'],
    ['Turkish', 'Aç olan bir kedi mutfakta bu balığı ve eti yedi .', 'Aç olan kedi mutfakta balığı eti yedi'],
    ['Vietnamese', 'Con mèo đói đã ăn con cá ở trong bếp .', 'Con mèo đói ăn con cá bếp'],
    ['Russian', 'Кошка , которая была очень голодна , съела рыбу на кухне .', 'Кошка голодна съела рыбу кухне'],
    ['Ukrainian', 'Кішка , яка була дуже голодна , з’їла рибу на кухні .', 'Кішка голодна з’їла рибу кухні'],
    ['Arabic', 'القطة التي كانت جائعة أكلت السمكة في المطبخ .', 'القطة جائعة أكلت السمكة المطبخ'],
    ['Hindi', 'भूखी बिल्ली ने रसोई में मछली को खा लिया है ।', 'भूखी बिल्ली रसोई मछली खा लिया'],
    ['Korean', '배고픈 고양이가 부엌 에서 생선 을 먹고 있다 .', '배고픈 고양이가 부엌 생선 먹고'],
    ['Chinese', '我 们 的 猫 在 厨 房 里 吃 了 鱼 。', '猫 厨 房 吃 鱼'],
    ['Chinese, in words', '我们 的 猫 在 厨房 里 吃 了 鱼 ，因为 它 很 饿 。', '猫 厨房 吃 鱼 ，因为 饿'],
    ['Japanese', '私 の 猫 は 台 所 で 魚 を 食 べた 。', '猫 台 所 魚 食'],
  ] as const) {
    it(`are those of its language, as in ${language}`, () => {
      assert.equal(contentOf(sentence), content);
    });
  }

  it('are told by the whole text: a word of two languages is what it is in this one', () => {
    assert.equal(contentOf('They die on the war that was in Die Zeit'), 'die war Die Zeit');
    assert.equal(contentOf('Der Gin war in der Bar und on a Pub'), 'Gin Bar on a Pub');
  });

  it('are the short words in a language without a list, and those of English in a text too short to tell', () => {
    assert.equal(contentOf('Η γάτα που ήταν πεινασμένη έφαγε το ψάρι'), 'γάτα ήταν πεινασμένη έφαγε ψάρι');
    assert.equal(contentOf('A macska ette meg azt a halat ott'), 'macska ette halat');
    assert.ok(contentOf('Dogs eat fish').includes('eat'), 'no short words where English may be meant');
    assert.equal('azt'.length, maxShortLength);
  });

  it('are parts of words with an apostrophe, marks of vowels or all their characters', () => {
    assert.equal(contentOf('C’est l’homme qu’il n’a pas vu dans l’eau d’un lac'), 'l’homme vu l’eau lac');
    assert.equal(contentOf("It's the dog I don't like , they've 'bones' here"), "dog 'bones'");
    assert.equal(contentOf('القِطَّةُ فِي الـمطبخ'), 'القِطَّةُ الـمطبخ');
  });

  it('are pronouns and prepositions apart in English', () => {
    assert.deepEqual(wordClasses(['She', 'sat', 'on', 'the', 'mat', '.', '7', 'it’s']), [
      ...['pronoun', 'content', 'preposition', 'function', 'content', null, null, 'pronoun'],
    ]);
  });

  it('stand in their lists once, in lower case and composed', () => {
    for (const [language, list] of Object.entries(functionWordLists)) {
      const words = list.split(/\s+/u);
      assert.equal(new Set(words).size, words.length, language);
      for (const word of words) assert.equal(word, word.normalize('NFC').toLowerCase(), language);
    }
  });
});
