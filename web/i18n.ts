/** What the dashboard says in the reader's language, and how it writes numbers and times. */
import { en, type MessageKey, type Messages } from './messages/en.ts';
import { createStore } from './store.ts';

/** A language is one file in `messages/` and a line here; its file is loaded when it is chosen. */
export const languages = {
  en: { name: en['language.name'], load: async (): Promise<Messages> => en },
  ko: { name: '한국어', load: async (): Promise<Messages> => (await import('./messages/ko.ts')).ko },
};

export type Language = keyof typeof languages;

const key = 'tocsin-language';
const spoken = createStore<{ language: Language; messages: Messages }>({ language: 'en', messages: en });

export const useLanguage = (): Language => spoken.use().language;

export async function chooseLanguage(language: Language): Promise<void> {
  const messages = await languages[language].load();
  document.documentElement.lang = language;
  spoken.write({ language, messages });
}

/** Chosen here before, or else the first that the browser asks for and we have. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(key) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return (wanted.find((tag) => tag in languages) ?? 'en') as Language;
}

export function keepLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  return chooseLanguage(language);
}

/** How numbers and times are written: as in the browser's own variety of the language, such as `en-GB`. */
function locale(): string {
  const { language } = spoken.read();
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}

type Parameters = Readonly<Record<string, string | number>>;

/** `t('alerts.new', { n: 3 })` is `3 new alerts`. The plural goes by `n`. */
export function t(message: MessageKey, parameters: Parameters = {}): string {
  const { language, messages } = spoken.read();
  const found = messages[message];
  const text =
    typeof found === 'string'
      ? found
      : (found[new Intl.PluralRules(language).select(Number(parameters.n))] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString(locale()) : value;
  });
}

/** For texts whose key the API decides. @returns nothing where there is none */
export function maybe(message: string): string | undefined {
  return message in en ? t(message as MessageKey) : undefined;
}

const units: [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `5 minutes ago`, `in 3 hours`; a date when it is more than a week away. */
export function relativeTime(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400)
    return new Date(iso).toLocaleDateString(locale(), { dateStyle: 'medium' });
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  const amount = Math.trunc(seconds / size);
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'long' });
  return unit === 'second' ? format.format(0, 'second') : format.format(amount, unit);
}

/** Date and time in the browser's zone, to the second where it tells apart. */
export function exactTime(iso: string): string {
  return new Date(iso).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Until when something waits: no more exact than people plan. */
export function untilTime(iso: string): string {
  return new Date(iso).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** `5 min`, `1.5 s`: how long from one moment to another. */
export function duration(seconds: number): string {
  const [unit, size] =
    seconds < 60
      ? (['second', 1] as const)
      : seconds < 3600
        ? (['minute', 60] as const)
        : (['hour', 3600] as const);
  const maximumFractionDigits = seconds < 10 ? 1 : 0;
  const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return (seconds / size).toLocaleString(locale(), format);
}

export const number = (value: number): string => value.toLocaleString(locale());

type Span = 'day' | 'week' | 'month';

const date = { day: 'numeric', month: 'short' } as const;
const hour = { hour: '2-digit', minute: '2-digit' } as const;
const barFormats = { day: hour, week: { weekday: 'short', ...hour }, month: date } as const;
const tickFormats = { day: hour, week: { weekday: 'short' }, month: date } as const;

/** Which bar of a chart it is, by its beginning: `14:00`, `Wed, 18:00`, `25 Nov`. */
export const hourName = (iso: string, span: Span): string =>
  new Date(iso).toLocaleString(locale(), barFormats[span]);

/** The same as there is room for under a bar: `14:00`, `Wed`, `25 Nov`. */
export const tickName = (iso: string, span: Span): string =>
  new Date(iso).toLocaleString(locale(), tickFormats[span]);

/** US dollars, as SNS bills them: a text may cost less than a cent. */
export function money(usd: number): string {
  return usd.toLocaleString(locale(), { style: 'currency', currency: 'USD', maximumFractionDigits: 3 });
}

/** From Monday to Sunday. */
export function weekdays(): string[] {
  const format = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2024, 0, 1 + day))); // a Monday
}
