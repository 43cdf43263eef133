/**
 * The dictionary of an index while it is built: every word, singular, prefix, unit, pair and attribute that a watch
 * asks for gets a number, then a slot in an open-addressing table.
 */
import { isCommonWord } from './common-words.ts';
import { hashTerm, pairHash1, pairHash2, type Space, space } from './percolator-hash.ts';

export type TermKind = Exclude<Space, 'author'> | 'pair';

/** How often a term occurs is guessed from these; a wrong guess costs speed, never a match. */
export type SeenBefore = (h: number, g: number) => number | undefined;

export class Terms {
  readonly h: number[] = [];
  readonly g: number[] = [];
  /** How many watches ask for it. */
  readonly uses: number[] = [];
  /** The part of `cost` that does not depend on the other watches. */
  readonly guess: number[] = [];
  /** Of a word: the numbers of the singular and the prefixes that it belongs to. */
  readonly groups = new Map<number, number[]>();
  readonly prefixes: { readonly term: number; readonly prefix: string; readonly inAuthor: boolean }[] = [];
  usesAttributes = false;
  readonly #numbers = new Map<string, number>();
  readonly #words: { readonly term: number; readonly word: string; readonly inAuthor: boolean }[] = [];
  readonly #seen: SeenBefore;

  constructor(seen: SeenBefore = () => undefined) {
    this.#seen = seen;
  }

  word(word: string, inAuthor: boolean): number {
    return this.#number(inAuthor ? `\u0001${word}` : word, () => {
      const hash = hashTerm('word', word);
      const term = this.#add(hash, inAuthor, guessWord(word));
      this.#words.push({ term, word, inAuthor });
      return term;
    });
  }

  /** A word in both numbers. */
  forms(forms: readonly string[], inAuthor: boolean): number {
    const [first] = forms;
    if (forms.length === 1) return this.word(first!, inAuthor);
    const key = [...forms].sort().join('\u0002');
    return this.#number(`\u0003${inAuthor ? 'a' : ''}${key}`, () => {
      const term = this.#add(hashTerm('singular', key), inAuthor, 2 * guessWord(first!));
      for (const form of forms) this.#join(this.word(form, inAuthor), term);
      return term;
    });
  }

  prefix(prefix: string, inAuthor: boolean): number {
    return this.#number(`\u0004${inAuthor ? 'a' : ''}${prefix}`, () => {
      const term = this.#add(hashTerm('prefix', prefix), inAuthor, 10 * guessWord(prefix));
      this.prefixes.push({ term, prefix, inAuthor });
      return term;
    });
  }

  unit(unit: string, inAuthor: boolean): number {
    const key = `\u0005${inAuthor ? 'a' : ''}${unit}`;
    return this.#number(key, () => this.#add(hashTerm('unit', unit), inAuthor, isCommonWord(unit) ? 1 : 0.1));
  }

  pair(first: string, second: string, inAuthor: boolean): number {
    return this.#number(`\u0006${inAuthor ? 'a' : ''}${first}\u0002${second}`, () => {
      const [a, b] = [hashTerm('unit', first), hashTerm('unit', second)];
      const extra = inAuthor ? space.author : 0;
      const hash = { h: pairHash1(a.h ^ extra, b.h ^ extra), g: pairHash2(a.g, b.g) };
      return this.#add(hash, false, 0.02);
    });
  }

  attribute(attribute: string): number {
    this.usesAttributes = true;
    return this.#number(`\u0007${attribute}`, () => {
      const guess = attribute.startsWith('lang:') ? 5 : 0.5;
      return this.#add(hashTerm('attribute', attribute), false, guess);
    });
  }

  /** How many of a hundred articles have it, roughly: what was seen, else by commonness, length and use. */
  cost(term: number): number {
    return this.guess[term]! * (1 + this.uses[term]!);
  }

  /** Notes for every word which prefixes it begins with. Called once, when all terms are known. */
  linkPrefixes(): void {
    const byPrefix = new Map(
      this.prefixes.map(({ term, prefix, inAuthor }) => [`${inAuthor}${prefix}`, term]),
    );
    const lengths = [...new Set(this.prefixes.map(({ prefix }) => prefix.length))];
    for (const { term, word, inAuthor } of this.#words) {
      for (const length of lengths) {
        if (length > word.length) continue;
        const prefix = byPrefix.get(`${inAuthor}${word.slice(0, length)}`);
        if (prefix !== undefined) this.#join(term, prefix);
      }
    }
  }

  #number(key: string, create: () => number): number {
    let term = this.#numbers.get(key);
    if (term === undefined) {
      term = create();
      this.#numbers.set(key, term);
    }
    this.uses[term]!++;
    return term;
  }

  #add({ h, g }: { h: number; g: number }, inAuthor: boolean, guess: number): number {
    const mixed = inAuthor ? h ^ space.author : h;
    this.h.push(mixed);
    this.g.push(g);
    this.uses.push(0);
    return this.guess.push(this.#seen(mixed, g) ?? guess) - 1;
  }

  #join(word: number, group: number): void {
    const groups = this.groups.get(word);
    if (groups) groups.push(group);
    else this.groups.set(word, [group]);
  }
}

/** Short words are common: measured on news, a letter more makes a word a third as frequent. */
function guessWord(word: string): number {
  return isCommonWord(word) ? 60 : 20 * Math.exp(-0.5 * Math.min(word.length, 14));
}
