/**
 * Compares our ids and offsets with the original library's on every tokenizer in `../shared/data/tokenizers` and on the
 * small fixtures of the tests: generated texts (10,000 a set, 1,000 a fixture; another number may be given) and the
 * hand-made hard ones. Usage: `node scripts/tokenizers.ts [texts] [name…]`. Exits with 1 when anything differs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fixtures } from '../test/unit/text/support/fixtures.ts';
import { compare, contestFrom, type Contest } from '../test/unit/text/support/oracle.ts';
import { generatedText, hardTexts, randomSource } from '../test/unit/text/support/texts.ts';

const [wanted = '10000', ...names] = process.argv.slice(2);
const sets = new URL('../../shared/data/tokenizers/', import.meta.url);
const families = existsSync(sets) ? readdirSync(sets) : [];
if (families.length === 0) console.log('skipped: ../shared/data/tokenizers is not on this machine');

let failed = 0;
for (const name of families) {
  if (names.length === 0 || names.includes(name))
    await run(name, readFileSync(new URL(`${name}/tokenizer.json`, sets), 'utf8'), Number(wanted));
}
for (const fixture of fixtures) {
  if (names.length === 0 || names.includes('fixtures'))
    await run(fixture.name, JSON.stringify(fixture.json), Math.ceil(Number(wanted) / 10));
}
process.exitCode = failed > 0 ? 1 : 0;

async function run(name: string, json: string, count: number): Promise<void> {
  const contest: Contest = contestFrom(name, json);
  const random = randomSource(20_261_124 + name.length);
  let equal = 0;
  let corrected = 0;
  for (let at = 0; at < count + hardTexts.length; at++) {
    const text = hardTexts[at] ?? generatedText(random);
    const result = await compare(contest, text);
    if (result.ours === result.library) equal++;
    else console.log(`${name} ${JSON.stringify(text)}\n  ours    ${result.ours}\n  library ${result.library}`);
    if (result.corrected) corrected++;
  }
  const all = count + hardTexts.length;
  failed += all - equal;
  const note = corrected > 0 ? ` (${corrected} after undoing the library's shift, see DIFFERENCES.md)` : '';
  console.log(`${name}: ${equal} of ${all} equal, ${((100 * equal) / all).toFixed(2)} %${note}`);
}
