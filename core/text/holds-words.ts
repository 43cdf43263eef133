/**
 * Finding again what one has seen: every word of a search stands somewhere, whatever its case and accents.
 *
 *     holdsWords(['Ferry strike in São Paulo', 'Folha'], 'SAO folha strik')   // true
 *
 * Words may be cut short or stand inside others, as a search that is still being typed needs it. What alerts is told
 * by queries, which know better.
 */
import { foldWord } from './fold.ts';

export function holdsWords(texts: readonly string[], search: string): boolean {
  const folded = texts.map(foldText).join('\n');
  return wordsOf(search).every((word) => folded.includes(word));
}

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean).map(foldWord);

const foldText = (text: string) => wordsOf(text).join(' ');
