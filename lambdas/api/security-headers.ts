/**
 * For whoever opens an answer in a browser: a document that no page frames, loads or sniffs, and that may load
 * nothing itself. The values of OWASP's REST cheat sheet; they vary for the one page that has forms only, so a list does
 * what a library would.
 *
 * https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
 */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';

const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox; upgrade-insecure-requests",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

export function addSecurityHeaders({ response }: { response?: Result | null }): void {
  if (response) response.headers = { ...securityHeaders, ...response.headers };
}
