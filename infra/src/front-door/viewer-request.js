// Runs in CloudFront for every request of the page and the API (cloudfront-js-2.0). CloudFront signs its requests to
// the function, which replaces the reader's Authorization header, and sends the function's own host: so both original
// values are passed on in other headers. What a reader sends in those headers is overwritten.
function handler(event) {
  var request = event.request;
  var headers = request.headers;
  delete headers['x-barometer-authorization'];
  if (headers.authorization) headers['x-barometer-authorization'] = { value: headers.authorization.value };
  headers['x-barometer-host'] = { value: headers.host.value };
  headers['x-barometer-viewer'] = { value: event.viewer.ip };
  return request;
}
