/** What a webhook was sent: JSON, of which a signed one of Tocsin's holds its payload as a text (docs/webhooks.md). */

/**
 * @returns `title` and `kind` of a payload of Tocsin's, `text` to be read, and what is around it as `envelope`; of
 *   any other body the text alone
 */
export function webhookOf(body) {
  const outer = parse(body);
  const inner = parse(outer?.payload);
  if (inner === undefined)
    return { kind: outer?.kind, title: titleOf(outer), text: pretty(outer, body), envelope: [] };
  const { payload: _, ...envelope } = outer;
  return {
    kind: inner.kind,
    title: titleOf(inner),
    text: pretty(inner, body),
    envelope: Object.entries(envelope),
  };
}

function titleOf(payload) {
  switch (payload?.kind) {
    case 'alert':
      return payload.story?.title;
    case 'digest':
      return `${payload.alerts.length + payload.more} stories: ${payload.alerts[0].story.title}`;
    case 'heartbeat':
      return heartbeatTitle(payload);
    case 'notice':
      return payload.text;
  }
}

function heartbeatTitle({ matches, articles, healthySources, sources }) {
  const [told, read, healthy, all] = [matches, articles, healthySources, sources].map((count) =>
    count.toLocaleString('en-US'),
  );
  return `${told} matches; ${read} articles read from ${healthy} of ${all} healthy sources`;
}

function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function pretty(value, body) {
  return value === undefined ? body : JSON.stringify(value, undefined, 2);
}
