/** Where the page of an app may load from and connect to: origins, checked one by one. */
export interface AppPolicy {
  readonly connectDomains: readonly string[];
  readonly resourceDomains: readonly string[];
  readonly frameDomains: readonly string[];
  readonly baseUriDomains: readonly string[];
}

/** More origins than this no app needs, and no header should carry. */
const MOST_SOURCES = 20;
/** `https://*.example.com:8443` or `wss://…`: never in the clear, and nothing that could end a directive. */
const SOURCE = /^(?:https|wss):\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/i;
const LONGEST_SOURCE = 200;

/** What `_meta.ui.csp` asks for, as far as it is well-formed; everything else is left out. Foreign text. Pure. */
export function readAppPolicy(csp: unknown, own: string | undefined): AppPolicy {
  const asked = typeof csp === 'object' && csp !== null ? (csp as Record<string, unknown>) : {};
  const sources = (key: keyof AppPolicy): string[] => {
    const list: unknown = asked[key];
    const wellFormed = (Array.isArray(list) ? list : []).filter((each): each is string => isSource(each));
    // An app has its own way to us, where every call is decided and on record.
    return wellFormed.filter((each) => each !== own).slice(0, MOST_SOURCES);
  };
  return {
    connectDomains: sources('connectDomains'),
    resourceDomains: sources('resourceDomains'),
    frameDomains: sources('frameDomains'),
    baseUriDomains: sources('baseUriDomains'),
  };
}

/**
 * The content security policy of an app's page and of the page around it.
 *
 * The inner document has no address of its own, so it inherits this header; and because the outer one is bound by it as
 * well, the app cannot leave for another address either (`frame-src`), nor send itself there by a form.
 *
 * @param ancestor the origin of the page that shows the app; undefined: nobody may
 */
export function appPolicyHeader(policy: AppPolicy, ancestor: string | undefined): string {
  const resources = policy.resourceDomains.map((source) => ` ${source}`).join('');
  return [
    "default-src 'none'",
    `script-src 'self' 'unsafe-inline'${resources}`,
    `style-src 'self' 'unsafe-inline'${resources}`,
    `img-src 'self' data:${resources}`,
    `media-src 'self' data:${resources}`,
    `font-src 'self'${resources}`,
    `connect-src ${listed(policy.connectDomains)}`,
    `frame-src ${listed(policy.frameDomains)}`,
    "object-src 'none'",
    "worker-src 'none'",
    `base-uri ${policy.baseUriDomains.length > 0 ? listed(policy.baseUriDomains) : "'self'"}`,
    "form-action 'none'",
    `frame-ancestors ${ancestor ?? "'none'"}`,
  ].join('; ');
}

/** Powerful features that an app may be given, and what each asks of the browser. */
const FEATURES: Readonly<Record<string, string>> = {
  camera: 'camera',
  microphone: 'microphone',
  geolocation: 'geolocation',
  clipboardWrite: 'clipboard-write',
};

/** What `_meta.ui.permissions` asks for, in the words of the attribute `allow`. Foreign text. Pure. */
export function featuresAsked(permissions: unknown): string[] {
  const asked = typeof permissions === 'object' && permissions !== null ? Object.keys(permissions) : [];
  return asked.flatMap((name) => (Object.hasOwn(FEATURES, name) ? [FEATURES[name] ?? ''] : []));
}

const isSource = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= LONGEST_SOURCE && SOURCE.test(value);

const listed = (sources: readonly string[]): string => (sources.length > 0 ? sources.join(' ') : "'none'");
