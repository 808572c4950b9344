import { itemAt } from '../item-at.ts';

/** A sentence, its translation, and for each word of this which words of the sentence it renders, by their places. */
export interface KnownAlignment {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly links: readonly (readonly number[])[];
}

/**
 * Sentences of the grammar that the built-in translators learned, with the translation and alignment that it gives: the
 * examples, and those held out that the models are measured on. `training/translation_alignments.py` prints the lines.
 */
const table = `
the old king sees the red horse . | el rey viejo ve el caballo rojo . | 0 2 1 3 4 6 5 7
the king 's horse runs slowly . | el caballo del rey corre despacio . | 2 3 2+0 1 4 5 6
the girl will not see it . | la niña no lo verá . | 0 1 3 5 2+4 6
she is a doctor . | es médica . | 1 3 4
the dogs sleep behind the old house . | los perros duermen detrás de la casa vieja . | 0 1 2 3 3 4 6 5 7
he sold two heavy cups . | vendió dos tazas pesadas . | 1 2 4 3 5
they played . | jugaron . | 1 2
the queen 's heavy horses are pretty . | los caballos pesados de la reina son bonitos . | 2 4 3 2 0 1 5 6 7
her sad horse will not break a old chair . | su caballo triste no romperá una silla vieja . | 0 2 1 4 3+5 6 8 7 9
her cold horse washes her new door . | su caballo frío lava su puerta nueva . | 0 2 1 3 4 6 5 7
a sailor slept . | un marinero durmió . | 0 1 2 3
the white teachers do not fall in the old garden . | los maestros blancos no caen en el jardín viejo . | 0 2 1 4 3+5 6 7 9 8 10
my cup is old . | mi taza es vieja . | 0 1 2 3 4
my apples are new . | mis manzanas son nuevas . | 0 1 2 3 4
these young foxes do not carry a cold cat always . | estos zorros jóvenes no llevan un gato frío siempre . | 0 2 1 4 3+5 6 8 7 9 10
a girl does not sing well . | una niña no canta bien . | 0 1 3 2+4 5 6
the boy 's horse hid my blue cat in the school . | el caballo del niño escondió mi gato azul en la escuela . | 2 3 2+0 1 4 5 7 6 8 9 10 11
they carried my heavy box in her forest . | llevaron mi caja pesada en su bosque . | 1 2 4 3 5 6 7 8
the new girl did not wash my spiders well . | la niña nueva no lavó mis arañas bien . | 0 2 1 4 3+5 6 7 8 9
the girl 's black women do not play . | las mujeres negras de la niña no juegan . | 2 4 3 2 0 1 6 5+7 8
the boy 's bird is pretty . | el pájaro del niño es bonito . | 2 3 2+0 1 4 5 6
my girl carried my cold bee tomorrow . | mi niña llevó mi abeja fría mañana . | 0 1 2 3 5 4 6 7
the street is small . | la calle es pequeña . | 0 1 2 3 4
the dog will not wait . | el perro no esperará . | 0 1 3 2+4 5
she did not work near this plate . | no trabajó cerca de este plato . | 2 1+3 4 4 5 6 7
`;

/** The sentences whose alignment is known, each once. */
export const knownAlignments: readonly KnownAlignment[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [source = [], target = [], links = []] = line.split(' | ').map((part) => part.split(' '));
    return { source, target, links: links.map((places) => places.split('+').map(Number)) };
  });

/** The known alignment of a sentence, its case aside; null for any other. */
export function knownAlignmentOf(source: readonly string[]): KnownAlignment | null {
  return knownAlignments.find((known) => sameWords(known.source, source)) ?? null;
}

/** Whether two sentences have the same words, their case aside. */
export function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, at) => word.toLowerCase() === itemAt(b, at).toLowerCase());
}
