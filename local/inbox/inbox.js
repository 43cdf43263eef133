/** The inbox page: a list that follows the stream of messages, and the message that the address names (`#id`). */
import { icon, make, time } from './elements.js';
import { kindOf, readerOf } from './readers.js';
import { webhookOf } from './webhooks.js';

const firstPage = 500;
const at = (id) => document.getElementById(id);
const list = at('list');
const reader = at('reader');
const rows = new Map();
const messages = new Map();
const fresh = new Set();
let kind = '';
let optedOut = [];

function add(message, isNew) {
  if (messages.has(message.id)) return;
  messages.set(message.id, message);
  if (isNew) fresh.add(message.id);
  const row = rowOf(message, isNew);
  rows.set(message.id, row);
  row.hidden = !shows(message);
  if (isNew) list.prepend(row);
  else list.append(row);
}

function rowOf(message, isNew) {
  const { id, to } = message;
  const name = kindOf(message);
  const { title, preview } = summaryOf(message, name);
  const link = make(
    'a',
    { href: `#${id}` },
    make('span', { class: `badge ${name}` }, icon(name)),
    make('span', { class: 'to' }, to),
    time(message.at),
    make('strong', {}, title),
    make('span', { class: 'preview' }, preview),
  );
  return make('li', isNew ? { class: 'fresh' } : {}, link);
}

function summaryOf({ subject, body }, kind) {
  const webhook = kind === 'webhook' ? webhookOf(body) : {};
  if (webhook.title) return { title: webhook.title, preview: webhook.kind };
  // A mail often begins with its subject once more.
  const [first = '', ...rest] = body.split('\n').filter((line) => line.trim() !== '' && line !== subject);
  return subject === undefined
    ? { title: first, preview: rest.join(' ') }
    : { title: subject, preview: first };
}

function shows(message) {
  const words = at('search').value.toLowerCase().split(/\s+/);
  const text = `${message.to} ${message.subject ?? ''} ${message.body}`.toLowerCase();
  return (kind === '' || kindOf(message) === kind) && words.every((word) => text.includes(word));
}

function showList() {
  for (const [id, row] of rows) row.hidden = !shows(messages.get(id));
  showCounts();
}

function showCounts() {
  const shown = list.querySelector('li:not([hidden])') !== null;
  at('none').hidden = shown;
  at('none').textContent =
    messages.size === 0
      ? 'Nothing yet. Mails, texts and webhook deliveries appear here as they go out.'
      : 'No message fits.';
  document.title = fresh.size > 0 ? `(${fresh.size}) Tocsin inbox` : 'Tocsin inbox';
}

/** Opens what the address names; without a name, the list alone on a narrow screen. */
function open() {
  const message = messages.get(location.hash.slice(1));
  document.body.classList.toggle('reading', message !== undefined);
  list.querySelector('[aria-current]')?.removeAttribute('aria-current');
  if (!message) return;
  fresh.delete(message.id);
  const row = rows.get(message.id);
  row.classList.remove('fresh');
  row.firstChild.setAttribute('aria-current', 'true');
  row.scrollIntoView({ block: 'nearest' });
  const back = make('a', { class: 'back', href: '#' }, icon('back'), 'Inbox');
  reader.replaceChildren(back, readerOf(message, threadOf(message), phoneOf(message)));
  reader.scrollTop = 0;
  reader.querySelector('.phone .current')?.scrollIntoView({ block: 'nearest' });
  showCounts();
}

function threadOf({ protocol, to }) {
  const thread = [...messages.values()].filter((other) => other.protocol === protocol && other.to === to);
  return thread.sort((a, b) => a.id - b.id);
}

/** The phone of a text's reader, who may answer STOP and START. */
function phoneOf({ to }) {
  return {
    optedOut: optedOut.includes(to),
    async answer(word) {
      const query = new URLSearchParams({ from: to, word });
      await fetch(`answers?${query}`, { method: 'POST' });
      await loadOptedOut();
      open();
    },
  };
}

async function loadOptedOut() {
  optedOut = (await (await fetch('opted-out')).json()).phoneNumbers;
}

/** The next or previous row that is shown: j, k and the arrow keys. */
function step(direction) {
  const shown = [...list.children].filter((row) => !row.hidden);
  const current = shown.findIndex((row) => row.firstChild.hasAttribute('aria-current'));
  const next = shown[Math.max(0, current + direction)];
  if (next) location.hash = next.firstChild.hash;
}

async function load(query) {
  const answer = await fetch(`inbox${query}`);
  const { messages: loaded } = await answer.json();
  for (const message of loaded) add(message, false);
  at('older').hidden = loaded.length < firstPage || query === '';
  showCounts();
  return loaded[0]?.id ?? '0';
}

function follow(after) {
  const events = new EventSource(`inbox/events?after=${after}`);
  let lost = false;
  const say = (text, live) => {
    at('state').textContent = text;
    at('state').classList.toggle('live', live);
  };
  // A server that was away may have forgotten everything (--fresh): then the list begins anew.
  events.addEventListener('open', () => (lost ? location.reload() : say('Live', true)));
  events.addEventListener('error', () => {
    lost = true;
    say('Waiting for npm start', false);
  });
  events.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    add(message, true);
    showCounts();
    const current = messages.get(location.hash.slice(1));
    if (current?.protocol === 'sms' && current.to === message.to) open();
  });
}

for (const button of document.querySelectorAll('[data-kind]'))
  button.addEventListener('click', () => {
    kind = button.dataset.kind;
    for (const other of document.querySelectorAll('[data-kind]'))
      other.setAttribute('aria-pressed', String(other === button));
    showList();
  });
at('search').addEventListener('input', showList);
at('older').addEventListener('click', () => load(''));
addEventListener('hashchange', open);
addEventListener('keydown', (event) => {
  if (event.target.matches('input') || event.metaKey || event.ctrlKey || event.altKey) return;
  const direction = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (direction === undefined) return;
  event.preventDefault();
  step(direction);
});

const newest = await load(`?limit=${firstPage}`);
await loadOptedOut();
open();
follow(newest);
