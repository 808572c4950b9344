/** A name follows: nothing ends behind these. */
const titles =
  wordSet(`mr mrs ms mx messrs dr prof st sr sra srta jr rev fr gen col capt cpt maj lt sgt cmdr adm hon gov sen rep pres
    amb insp supt mt ft hr fr frl mm mme mlle mgr pr ing mag dipl sig dott don dña ud herr`);

/** Something always follows, whatever it begins with. */
const leading =
  wordSet(`e.g i.e cf viz vs approx ca circa al resp incl excl esp z.b d.h u.a s.o s.u o.ä bzw vgl evtl ggf inkl zzgl sog
    geb p.ex c.-à-d env av apr p.es por.ej ej c.q`);

/** A number follows: "No. 5", "Fig. 2", "Jan. 3"; before anything else these are words as others. */
const numbered =
  wordSet(`no nos nr nro num art abs p pp s seite fig figs abb tab eq eqs sec sect ch chap kap vol vols bd par app ex op
    bk ed ver tel ext jan feb mar apr jun jul aug sep sept oct nov dec okt dez janv févr juil déc`);

/** These may stand before a name or at the end: what follows tells. */
const open = wordSet(
  'inc ltd co corp bros gmbh ph.d m.d b.a m.a b.c a.d jh jhd str blvd ave rd esq dept univ est min max',
);

/** Words that sentences begin with, and that no name does. */
const starters =
  wordSet(`the a an it he she they we you i this that these those there here but and so then when while if in on at as
    for to what why how who where which yes no now one my our his her their its your all some many most after
    before because although however der die das ein eine er sie es wir ich und aber doch dann wenn als im am auf
    mit nach le la les un une il elle nous vous ils elles et mais ce cette el los las una y pero`);

/** Words after which a lone I is the pronoun: "So am I. He left." */
const beforePronoun = wordSet('am was is and than as or not but do did can could would should will shall so nor');

/** Abbreviations of two words. */
const pairs = wordSet('z.b d.h u.a s.o s.u o.ä i.d v.a u.u i.a p.ex e.g i.e c.a');

/** What German ordinals stand behind, and before: "am 3. Oktober", "im 19. Jahrhundert". */
const ordering = wordSet('am im der dem den des das vom zum zur bis seit ab und die');
const ordered =
  wordSet(`januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert
    jahrhunderts jh jhd auflage stock klasse band kapitel`);

/**
 * Whether a full stop at the end of `before` belongs to its last word although a sentence could begin with `after`:
 * titles, initials, abbreviations and German ordinals.
 */
export function isAbbreviated(before: string, after: string): boolean {
  const [, previous = '', last = ''] = /(?:(\S+)\s+)?["'“‘([{*_]*(\S+)\.$/u.exec(before) ?? [];
  const word = last.toLowerCase();
  const next = /^["'“‘([{]*([\p{L}\p{M}\p{N}]+)/u.exec(after)?.[1]?.toLowerCase() ?? '';
  if (titles.has(word) || leading.has(word)) return true;
  if (pairs.has(`${word}.${next}`) || pairs.has(`${previous.toLowerCase()}${word}`)) return true;
  if (numbered.has(word) && /^(?:\p{N}|[ivxlc]+$)/u.test(next)) return true;
  if (/^\d{1,2}$/u.test(word)) return ordered.has(next) && (previous === '' || ordering.has(previous.toLowerCase()));
  if (/^\p{N}/u.test(next)) return /^\p{Ll}$/u.test(last) || open.has(word);
  if (starters.has(next) || next === '') return false;
  if (word === 'i') return !beforePronoun.has(previous.toLowerCase());
  return open.has(word) || /^\p{Lu}$/u.test(last) || (/^(?:\p{L}\.-?)+\p{L}$/u.test(last) && !/^[ap]\.m$/u.test(word));
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
