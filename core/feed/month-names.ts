/** Names of months, long and short, in the languages news is written in: the platform knows them. */

const languages =
  'en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl tr ru uk bg el id vi ca et lv lt'.split(' ');

/** Spellings beside those of the Unicode CLDR. */
const others: Readonly<Record<string, number>> = {
  sept: 9,
  mrz: 3,
  fev: 2,
  aout: 8,
  avr: 4,
  dec: 12,
  juil: 7,
};

let months: ReadonlyMap<string, number> | undefined;

/** @returns 1 to 12, or undefined for another word */
export function monthOf(word: string): number | undefined {
  months ??= buildMonths();
  return months.get(foldWord(word));
}

/** Lower case without accents. */
export function foldWord(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
}

/** English first: where two languages share a name, its meaning wins. */
function buildMonths(): Map<string, number> {
  const names = new Map<string, number>(Object.entries(others));
  for (const language of languages) {
    for (const style of ['short', 'long'] as const) {
      for (const [name, month] of namesIn(language, style)) if (!names.has(name)) names.set(name, month);
    }
  }
  return names;
}

/** With a day, because Slavic languages then use another form. The last word: Catalan writes `de gener`. */
function namesIn(language: string, style: 'short' | 'long'): [name: string, month: number][] {
  const alone = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
  const withDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, i) => Date.UTC(2024, i, 1)).flatMap((time, i) =>
    [alone, withDay].flatMap((format) =>
      format
        .formatToParts(time)
        .filter(({ type, value }) => type === 'month' && /^\P{N}+$/u.test(value))
        .map(({ value }): [string, number] => [
          foldWord(value)
            .match(/\p{L}+/gu)!
            .at(-1)!,
          i + 1,
        ]),
    ),
  );
}
