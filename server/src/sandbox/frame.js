/*
 * The outer page of an app. It stands between the page that shows the app (its parent) and the app itself, which it puts
 * into a frame without any origin: the app reaches neither this page nor its cookies or storage, only what is passed on.
 */
const PREFIX = 'ui/notifications/sandbox-';
const host = new URLSearchParams(location.search).get('host');
/** Passed on as far as the page that shows the app has passed them to us. */
const FEATURES = 'camera; microphone; geolocation; clipboard-write';
let app;

function start({ html }) {
  app = document.createElement('iframe');
  app.sandbox = 'allow-scripts allow-forms';
  app.allow = FEATURES;
  app.title = 'App';
  // Sizes set one by one are no inline style in the eyes of a policy.
  Object.assign(app.style, { position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0' });
  app.srcdoc = html;
  document.body.append(app);
}

function onMessage({ source, origin, data }) {
  if (source === parent && origin === host) {
    if (data?.method === `${PREFIX}resource-ready`) app ?? start(data.params);
    else app?.contentWindow.postMessage(data, '*');
    return;
  }
  // What is said about the sandbox itself is said by this page alone.
  const isOurs = String(data?.method ?? '').startsWith(PREFIX);
  if (app && source === app.contentWindow && !isOurs) parent.postMessage(data, host);
}

if (host && parent !== window) {
  addEventListener('message', onMessage);
  addEventListener('DOMContentLoaded', () =>
    parent.postMessage({ jsonrpc: '2.0', method: `${PREFIX}proxy-ready`, params: {} }, host),
  );
}
