/**
 * The AWS Query protocol: forms in, XML out.
 *
 *     parseForm('Action=Publish&MessageAttributes.entry.1.Name=a&…')
 *     // { Action: 'Publish', MessageAttributes: { entry: { 1: { Name: 'a', … } } } }
 */
import type { ServiceError } from './service-error.ts';

export type FormValue = string | { [name: string]: FormValue };
export type Form = Record<string, FormValue>;

/** Nests the names of a form at their dots. */
export function parseForm(body: string): Form {
  const form: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split('.');
    const last = path.pop()!;
    let place = form;
    for (const part of path) {
      const next = place[part];
      place[part] = typeof next === 'object' ? next : Object.create(null);
      place = place[part] as Form;
    }
    place[last] = value;
  }
  return form;
}

export function textOf(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' ? value : undefined;
}

/** `Name.member.1`, `Name.member.2`, … in order. */
export function membersOf(form: Form, name: string): FormValue[] {
  return numbered(form[name], 'member');
}

/** `Name.entry.1.key` and `.value` as a record; the members' names differ by operation. */
export function entriesOf(form: Form, name: string, key = 'key', value = 'value'): Record<string, FormValue> {
  const entries = numbered(form[name], 'entry').filter((entry) => typeof entry === 'object');
  return Object.fromEntries(entries.map((entry) => [String(entry[key]), entry[value] ?? '']));
}

function numbered(value: FormValue | undefined, kind: string): FormValue[] {
  const list = typeof value === 'object' ? value[kind] : undefined;
  if (typeof list !== 'object') return [];
  const numbers = Object.keys(list).sort((a, b) => Number(a) - Number(b));
  return numbers.map((number) => list[number]!);
}

/** A list becomes `<member>`s, a Map `<entry>`s, an object its own elements; undefined is left out. */
export type XmlValue =
  | string
  | boolean
  | undefined
  | readonly XmlValue[]
  | ReadonlyMap<string, string>
  | { readonly [name: string]: XmlValue };

export function queryResponse(action: string, result: XmlValue, requestId: string): string {
  return (
    `<${action}Response xmlns="${namespace}">${element(`${action}Result`, result)}` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
}

export function queryError(error: ServiceError, requestId: string): string {
  const detail = {
    Type: error.status >= 500 ? 'Receiver' : 'Sender',
    Code: error.code,
    Message: error.message,
  };
  return `<ErrorResponse xmlns="${namespace}">${element('Error', detail)}${element('RequestId', requestId)}</ErrorResponse>`;
}

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

function element(name: string, value: XmlValue): string {
  return value === undefined ? '' : `<${name}>${content(value)}</${name}>`;
}

function content(value: Exclude<XmlValue, undefined>): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Map)
    return [...value].map(([key, text]) => element('entry', { key, value: text })).join('');
  return Object.entries(value)
    .map(([name, inner]) => element(name, inner))
    .join('');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!).replace(uncarried, '\ufffd');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML cannot carry
const uncarried = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
