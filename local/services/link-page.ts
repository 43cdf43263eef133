/** The page behind a link in a mail. */
import { escapeXml } from './query-protocol.ts';

export function linkPage(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(title)}</title>
<link rel="stylesheet" href="/_local/theme.css">
</head>
<body class="link-page">
<main>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(text)}</p>
<p><a href="/_local/">Open the inbox</a></p>
</main>
</body>
</html>
`;
}
