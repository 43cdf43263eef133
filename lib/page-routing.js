/**
 * Runs in CloudFront for every request of a page: whatever is no file is the one page, which reads the path itself.
 * An error response in its place would also turn the answers of the API into pages.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler({ request }) {
  const name = request.uri.split('/').pop();
  if (!name.includes('.')) request.uri = '/index.html';
  return request;
}
