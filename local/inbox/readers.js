/** A message as its reader would see it: a mail in a mail program, a text on a phone, a webhook's body as sent. */
import { fullTime, icon, linked, make, time } from './elements.js';
import { partsOf } from './texts.js';
import { webhookOf } from './webhooks.js';

export function kindOf({ protocol }) {
  if (protocol === 'sms') return 'text';
  return protocol === 'email' ? 'mail' : 'webhook';
}

/**
 * @param thread all texts to the same number, oldest first
 * @param phone whether the number is `optedOut`, and how it answers: `answer('STOP')`
 */
export function readerOf(message, thread, phone) {
  const kind = kindOf(message);
  if (kind === 'text') return textReader(message, thread, phone);
  return kind === 'mail' ? mailReader(message) : webhookReader(message);
}

function mailReader({ to, at, subject, body }) {
  const [text, footer] = body.split('\n--\n');
  return make(
    'article',
    { class: 'letter' },
    make('h2', {}, subject),
    make(
      'dl',
      { class: 'envelope' },
      make('dt', {}, 'From'),
      make('dd', {}, 'AWS Notifications <no-reply@sns.amazonaws.com>'),
      make('dt', {}, 'To'),
      make('dd', {}, to),
      make('dt', {}, 'Date'),
      make('dd', {}, fullTime(at)),
    ),
    make('div', { class: 'body' }, ...linked(text.trimEnd())),
    footer && make('div', { class: 'body footer' }, ...linked(footer.trim())),
  );
}

function textReader(message, thread, phone) {
  return make(
    'article',
    { class: 'phone' },
    make('header', {}, icon('text'), make('h2', {}, message.to)),
    make('ol', {}, ...thread.map((text) => bubble(text, text.id === message.id))),
    answers(phone),
  );
}

function answers({ optedOut, answer }) {
  const word = optedOut ? 'START' : 'STOP';
  const button = make('button', { type: 'button' }, `Answer ${word}`);
  button.addEventListener('click', () => answer(word));
  const note = make('p', {}, 'This number answered STOP: no text reaches it any more.');
  return make('footer', {}, optedOut ? note : undefined, button);
}

function bubble({ at, body }, current) {
  const { encoding, parts, characters } = partsOf(body);
  const size = `${parts} ${parts === 1 ? 'part' : 'parts'} · ${encoding} · ${characters} characters`;
  return make(
    'li',
    current ? { class: 'current', 'aria-current': 'true' } : {},
    make('p', {}, ...linked(body)),
    make('small', {}, time(at), ` · ${size}`),
  );
}

function webhookReader({ to, at, subject, body }) {
  const { kind, title, text, envelope } = webhookOf(body);
  const rows = [['POST', to], ['Taken', fullTime(at)], ...(kind ? [['Kind', kind]] : []), ...envelope];
  return make(
    'article',
    { class: 'letter' },
    make('h2', {}, subject ?? title ?? 'Webhook'),
    make(
      'dl',
      { class: 'envelope' },
      ...rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))]),
    ),
    make('pre', { class: 'body' }, ...linked(text)),
  );
}
