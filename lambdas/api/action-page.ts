/** The page behind a mail's link: what it is about, and buttons. Plain HTML without scripts or styles to load. */
import { snoozeEnd } from '../../core/delivery/snooze.ts';
import type { Alert, WatchSettings } from '../../core/model.ts';
import { escapeXml } from '../../core/text/xml.ts';

/** The page has forms, which the headers of all other answers forbid. */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'unsafe-inline'",
};

export interface ActionPage {
  /** The page's own path. */
  readonly path: string;
  /** Absent in a digest, or when it has expired. */
  readonly alert?: Alert;
  /** Those that can be muted, or are. */
  readonly watches: readonly WatchSettings[];
  /** Whether the channel is still there. */
  readonly isSubscribed: boolean;
  /** ISO 8601. */
  readonly now: string;
}

export function renderActions({ path, alert, watches, isSubscribed, now }: ActionPage): string {
  const rows = watches.map((watch) => renderWatch(path, watch, now));
  return renderDocument([
    ...(alert ? renderReasons(alert) : []),
    ...(rows.length > 0 ? ['<h2>Your watches</h2>', `<ul>${rows.join('')}</ul>`] : []),
    isSubscribed
      ? form(`${path}/unsubscribe`, 'Unsubscribe: send nothing here any more')
      : '<p>Nothing is sent here any more.</p>',
  ]);
}

/** What stands in the place of the page when something was done. */
export function renderDone(path: string, text: string): string {
  return renderDocument([`<p>${escapeXml(text)}</p>`, `<p><a href="${path}">Back</a></p>`]);
}

function renderReasons({ article, watches }: Alert): string[] {
  const reasons = watches.map(
    ({ name, query, matchedAt }) =>
      `<li>${escapeXml(name)}: <code>${escapeXml(query)}</code>, matched ${matchedAt}</li>`,
  );
  return [
    `<h2><a href="${escapeXml(article.url)}" dir="auto">${escapeXml(article.title)}</a></h2>`,
    '<p>It came because of</p>',
    `<ul dir="auto">${reasons.join('')}</ul>`,
  ];
}

function renderWatch(path: string, watch: WatchSettings, now: string): string {
  const { id, name, query, paused } = watch;
  const own = `${path}/watches/${id}`;
  const actions = paused ? '<p>Muted.</p>' : renderSnooze(own, snoozeEnd(watch, now)) + muteForm(own);
  return `<li dir="auto">${escapeXml(name)}: <code>${escapeXml(query)}</code>${actions}</li>`;
}

/** @param until when it is snoozed already */
function renderSnooze(own: string, until: string | undefined): string {
  if (until === undefined) {
    return form(`${own}/snooze/day`, 'Snooze for a day') + form(`${own}/snooze/week`, 'Snooze for a week');
  }
  return `<p>Snoozed until ${until}.</p>${form(`${own}/wake`, 'End the snooze')}`;
}

function muteForm(own: string): string {
  return form(`${own}/mute`, 'Mute this watch');
}

function form(action: string, label: string): string {
  return `<form method="post" action="${action}"><button>${label}</button></form>`;
}

function renderDocument(parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Tocsin</title>
<style>body { font-family: sans-serif; max-width: 40em; margin: 2em auto; padding: 0 1em; color-scheme: light dark }</style>
<h1>Tocsin</h1>
${parts.join('\n')}
</html>
`;
}
