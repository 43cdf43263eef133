/** Building the page: elements from plain values only, so that no message can bring markup of its own. */

/** `make('p', { class: 'note' }, 'text', otherElement)`; undefined children are left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const svg = 'http://www.w3.org/2000/svg';

export function icon(name) {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'icon');
  element.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `#${name}`);
  element.append(use);
  return element;
}

/** Text in which the web addresses can be followed. Punctuation at the end of an address belongs to the sentence. */
export function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'])/);
  return parts.map((part, i) =>
    i % 2 === 1 ? make('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** Today the time, before that the day; the whole of it on hover. */
export function time(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  const attributes = { datetime: at, title: full.format(date) };
  return make('time', attributes, (today ? clock : day).format(date));
}

export const fullTime = (at) => full.format(new Date(at));
