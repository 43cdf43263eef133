/**
 * The dictionary of an index while it is built: every word, singular, prefix, unit, pair and attribute that a watch
 * asks for gets a number, then a slot in an open-addressing table.
 */
import { isCommonWord } from '../query/common-words.ts';
import { hashTerm, pairHash1, pairHash2, space } from './hash.ts';

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
  /** Open addressing, each place four numbers: two hashes, the term + 1, unused. Much faster than a map of strings. */
  #places = new Int32Array(1 << 10);
  /** The words among the terms, by their numbers. */
  readonly #words = new Map<number, { readonly word: string; readonly inAuthor: boolean }>();

  word(word: string, inAuthor: boolean): number {
    const term = this.#number(hashTerm('word', word), inAuthor);
    if (this.uses[term] === 1) {
      this.guess[term] = guessWord(word);
      this.#words.set(term, { word, inAuthor });
    }
    return term;
  }

  /** A word in both numbers. */
  forms(forms: readonly string[], inAuthor: boolean): number {
    const [first] = forms;
    if (forms.length === 1) return this.word(first!, inAuthor);
    const term = this.#number(hashTerm('singular', [...forms].sort().join('\u0002')), inAuthor);
    if (this.uses[term] === 1) {
      this.guess[term] = 2 * guessWord(first!);
      for (const form of forms) this.#join(this.word(form, inAuthor), term);
    }
    return term;
  }

  prefix(prefix: string, inAuthor: boolean): number {
    const term = this.#number(hashTerm('prefix', prefix), inAuthor);
    if (this.uses[term] === 1) {
      this.guess[term] = 10 * guessWord(prefix);
      this.prefixes.push({ term, prefix, inAuthor });
    }
    return term;
  }

  unit(unit: string, inAuthor: boolean): number {
    const term = this.#number(hashTerm('unit', unit), inAuthor);
    this.guess[term] = isCommonWord(unit) ? 1 : 0.1;
    return term;
  }

  pair(first: string, second: string, inAuthor: boolean): number {
    const [a, b] = [hashTerm('unit', first), hashTerm('unit', second)];
    const extra = inAuthor ? space.author : 0;
    const term = this.#number({ h: pairHash1(a.h ^ extra, b.h ^ extra), g: pairHash2(a.g, b.g) }, false);
    this.guess[term] = 0.02;
    return term;
  }

  attribute(attribute: string): number {
    this.usesAttributes = true;
    const term = this.#number(hashTerm('attribute', attribute), false);
    this.guess[term] = attribute.startsWith('lang:') ? 5 : 0.5;
    return term;
  }

  /** How many of a hundred articles have it, roughly: by commonness, length and use. */
  cost(term: number): number {
    return this.guess[term]! * (1 + this.uses[term]!);
  }

  /** Notes for every word which prefixes it begins with. Called once, when all terms are known. */
  linkPrefixes(): void {
    const byPrefix = new Map(
      this.prefixes.map(({ term, prefix, inAuthor }) => [`${inAuthor}${prefix}`, term]),
    );
    const lengths = [...new Set(this.prefixes.map(({ prefix }) => prefix.length))];
    const shortest = Math.min(...lengths);
    const beginnings = new Set(this.prefixes.map(({ prefix }) => prefix.slice(0, shortest)));
    for (const [term, { word, inAuthor }] of this.#words) {
      if (!beginnings.has(word.slice(0, shortest))) continue;
      for (const length of lengths) {
        if (length > word.length) continue;
        const prefix = byPrefix.get(`${inAuthor}${word.slice(0, length)}`);
        if (prefix !== undefined) this.#join(term, prefix);
      }
    }
  }

  /** The number of a term, a new one where it was not met before; counts the use. */
  #number({ h: bare, g }: { h: number; g: number }, inAuthor: boolean): number {
    const h = inAuthor ? bare ^ space.author : bare;
    const place = this.#placeOf(h, g);
    let term = this.#places[place + 2]! - 1;
    if (term < 0) {
      this.h.push(h);
      this.g.push(g);
      this.guess.push(0);
      term = this.uses.push(0) - 1;
      this.#occupy(place, term);
      if (8 * term > this.#places.length) this.#grow();
    }
    this.uses[term]!++;
    return term;
  }

  /** Where the term is, or where it belongs. */
  #placeOf(h: number, g: number): number {
    const places = this.#places;
    const mask = places.length - 4;
    let at = (h << 2) & mask;
    while (places[at + 2] !== 0 && (places[at] !== h || places[at + 1] !== g)) at = (at + 4) & mask;
    return at;
  }

  #occupy(place: number, term: number): void {
    this.#places[place] = this.h[term]!;
    this.#places[place + 1] = this.g[term]!;
    this.#places[place + 2] = term + 1;
  }

  #grow(): void {
    this.#places = new Int32Array(2 * this.#places.length);
    for (let term = 0; term < this.h.length; term++)
      this.#occupy(this.#placeOf(this.h[term]!, this.g[term]!), term);
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
