/**
 * Runs in CloudFront for every request to the API and tells it who asks, whatever the request said itself. The API
 * believes it together with the secret that only CloudFront sends.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler({ request, viewer }) {
  request.headers['x-viewer-address'] = { value: viewer.ip };
  return request;
}
