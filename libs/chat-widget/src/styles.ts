import { css } from 'lit';

/**
 * The look of the widget. Colours, radius, font and sizes come from `--gh-*` properties that the host may set; names
 * with `--_` are internal. Sizes are in px, so that the host's root font size cannot shrink them.
 */
export const styles = css`
  :host {
    --_bg: var(--gh-color-bg, light-dark(#ffffff, #14171d));
    --_sunken: var(--gh-color-sunken, light-dark(#f4f5f8, #1c2028));
    --_fg: var(--gh-color-fg, light-dark(#1a1f2c, #e9ebf1));
    --_muted: var(--gh-color-muted, light-dark(#586174, #a3acbd));
    --_line: var(--gh-color-border, light-dark(#dde1e9, #323946));
    --_accent: var(--gh-color-accent, light-dark(#2f54d8, #93a9ff));
    --_on-accent: var(--gh-color-accent-fg, light-dark(#ffffff, #0d1433));
    --_ok: var(--gh-color-ok, light-dark(#137346, #56c88d));
    --_danger: var(--gh-color-danger, light-dark(#bf2330, #ff8f93));
    --_warn: var(--gh-color-warn, light-dark(#8a5300, #f5b54a));
    --_radius: var(--gh-radius, 14px);
    --_small: calc(var(--_radius) * 0.6);
    --_tint: color-mix(in srgb, var(--_accent) 9%, var(--_bg));
    --_shadow: 0 0 0 1px color-mix(in srgb, var(--_line) 70%, transparent), 0 18px 48px -12px rgb(15 20 40 / 0.32);
    color-scheme: light dark;
    display: block;
    position: relative;
    font: var(--gh-font-size, 14px) / 1.55
      var(
        --gh-font,
        system-ui,
        -apple-system,
        'Segoe UI',
        'PingFang SC',
        'Microsoft YaHei',
        'Noto Sans CJK SC',
        sans-serif
      );
    color: var(--_fg);
    text-align: start;
    letter-spacing: normal;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([mode='bubble']),
  :host([mode='side']) {
    position: fixed;
    z-index: var(--gh-z, 2147483000);
    inset-block-end: 20px;
    inset-inline-end: 20px;
  }
  :host([mode='inline']) {
    block-size: var(--gh-height, 640px);
  }
  :host([mode='full']) {
    position: fixed;
    inset: 0;
    z-index: var(--gh-z, auto);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button,
  summary,
  [role='option'] {
    cursor: pointer;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    border: 1px solid transparent;
    border-radius: var(--_small);
    background: none;
    padding: 5px 8px;
    min-block-size: 32px;
    transition:
      background 0.12s,
      color 0.12s;
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .icon {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .small,
  .hint {
    color: var(--_muted);
    font-size: 0.87em;
  }
  code,
  pre,
  .key,
  dd {
    font-family: ui-monospace, SFMono-Regular, Consolas, 'Liberation Mono', monospace;
    font-size: 0.92em;
  }
  .quiet {
    color: var(--_muted);
  }
  .quiet:hover:enabled,
  .quiet[aria-expanded='true'] {
    background: var(--_sunken);
    color: var(--_fg);
  }
  .primary {
    background: var(--_accent);
    color: var(--_on-accent);
    padding-inline: 14px;
    font-weight: 600;
  }
  .primary:hover:enabled {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_fg));
  }
  .danger {
    color: var(--_danger);
    font-weight: 600;
  }

  .head,
  .bar,
  .sheet-head,
  .search,
  summary,
  .row,
  .problem,
  .direct,
  .failure,
  .code-head,
  [role='option'],
  .history li {
    display: flex;
    align-items: center;
  }
  .messages,
  .answer,
  .md,
  .details,
  .failure > div,
  .fields,
  .field,
  fieldset {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
  }
  h2,
  .title,
  .key,
  .tag > span:nth-child(2),
  .texts > *,
  .history .open > *,
  .note {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .launcher {
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 8px 24px -6px rgb(15 20 40 / 0.45);
  }
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_fg));
  }
  .launcher .icon {
    inline-size: 26px;
    block-size: 26px;
  }
  :host([mode='side'][open]) .launcher {
    display: none;
  }

  .panel {
    container: chat / inline-size;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    background: var(--_bg);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: hidden;
  }
  :host([mode='bubble']) .panel {
    position: fixed;
    inset-block-end: 88px;
    inset-inline-end: 20px;
    inline-size: var(--gh-width, 420px);
    block-size: min(var(--gh-height, 680px), 100dvh - 108px);
    border-color: transparent;
    box-shadow: var(--_shadow);
    animation: rise 0.18s ease-out;
  }
  :host([mode='side']) .panel {
    position: fixed;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: min(var(--gh-width, 460px), 100vw);
    block-size: 100dvh;
    border-width: 0 0 0 1px;
    border-radius: 0;
    box-shadow: var(--_shadow);
    animation: rise 0.18s ease-out;
  }
  :host([mode='full']) .panel {
    border: 0;
    border-radius: 0;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 10px;
    }
  }
  .head {
    gap: 2px;
    padding: 10px 10px 10px 14px;
    border-block-end: 1px solid var(--_line);
  }
  h2 {
    flex: 1;
    font-size: 1.07em;
    font-weight: 650;
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 30px;
    block-size: 30px;
    margin-inline-end: 8px;
    border-radius: 9px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .stream {
    flex: 1;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 18px 16px;
    display: flex;
    flex-direction: column;
  }
  .stream:focus-visible {
    outline-offset: -2px;
  }
  .messages,
  .composer,
  .hello,
  .notice {
    inline-size: 100%;
    max-inline-size: 780px;
    margin-inline: auto;
  }
  .messages {
    gap: 18px;
  }
  .messages > li {
    min-inline-size: 0;
  }
  .user {
    display: flex;
    justify-content: flex-end;
  }
  .bubble {
    max-inline-size: 86%;
    padding: 8px 13px;
    background: var(--_tint);
    border-radius: var(--_radius) var(--_radius) 4px var(--_radius);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .answer {
    gap: 10px;
  }
  .acts {
    display: flex;
    gap: 2px;
    margin-inline-start: -8px;
    font-size: 0.87em;
    opacity: 0;
    transition: opacity 0.12s;
  }
  .acts.last,
  .answer:hover .acts,
  .answer:focus-within .acts {
    opacity: 1;
  }
  .acts .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .latest {
    position: sticky;
    inset-block-end: 0;
    align-self: center;
    margin-block-start: auto;
    background: var(--_bg);
    border-color: var(--_line);
    border-radius: 99px;
    padding-inline: 12px;
    box-shadow: 0 4px 14px -4px rgb(15 20 40 / 0.3);
  }

  .md {
    contain: layout style;
    gap: 10px;
    overflow-wrap: anywhere;
  }
  .md ul,
  .md ol {
    padding-inline-start: 22px;
    display: grid;
    gap: 3px;
  }
  .md ul {
    list-style: disc;
  }
  .md ol {
    list-style: decimal;
  }
  .md :is(h3, h4, h5, h6) {
    margin: 6px 0 0;
    font-size: 1.07em;
    line-height: 1.35;
  }
  .md h3 {
    font-size: 1.2em;
  }
  .md blockquote {
    margin: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_line);
    color: var(--_muted);
  }
  .md hr {
    inline-size: 100%;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .md :not(pre) > code {
    padding: 1px 5px;
    border-radius: 5px;
    background: var(--_sunken);
  }
  img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: var(--_small);
  }
  a {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .host {
    color: var(--_muted);
    font-size: 0.82em;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    min-inline-size: 60%;
  }
  th,
  td {
    padding: 6px 10px;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: normal;
  }
  th {
    font-weight: 600;
    background: var(--_sunken);
    white-space: nowrap;
  }
  .right {
    text-align: end;
  }
  .center {
    text-align: center;
  }
  pre {
    margin: 0;
    padding: 10px 12px;
    max-block-size: 320px;
    overflow: auto;
    border-radius: var(--_small);
    background: var(--_sunken);
    line-height: 1.5;
  }
  pre.text,
  pre.json {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .code {
    border-radius: var(--_small);
    background: var(--_sunken);
  }
  .code-head {
    justify-content: space-between;
    padding: 3px 5px 0 12px;
    color: var(--_muted);
    font-size: 0.82em;
  }
  .copy {
    min-block-size: 26px;
  }
  .copy:hover {
    color: var(--_fg);
  }
  .code pre {
    padding-block-start: 4px;
  }
  .reasoning {
    color: var(--_muted);
    border-inline-start: 2px solid var(--_line);
    padding-inline-start: 12px;
  }

  summary {
    gap: 8px;
    list-style: none;
    border-radius: var(--_small);
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .i-open {
    inline-size: 15px;
    block-size: 15px;
    color: var(--_muted);
    transition: rotate 0.12s;
  }
  details[open] > summary > .i-open {
    rotate: 90deg;
  }
  .call {
    --_tone: var(--_muted);
    border: 1px solid var(--_line);
    border-radius: var(--_small);
    overflow: hidden;
  }
  .is-succeeded {
    --_tone: var(--_ok);
  }
  .is-running {
    --_tone: var(--_accent);
  }
  .is-failed {
    --_tone: var(--_danger);
  }
  .is-denied,
  .is-timed-out {
    --_tone: var(--_warn);
  }
  .call > details > summary {
    padding: 8px 10px;
  }
  .call > details > summary:hover {
    background: var(--_sunken);
  }
  .call > details > summary > .icon:first-child,
  .state {
    color: var(--_tone);
  }
  .title {
    font-weight: 600;
    flex: none;
    max-inline-size: 55%;
  }
  .key {
    flex: 1;
    min-inline-size: 0;
    color: var(--_muted);
  }
  .state {
    flex: none;
    font-size: 0.87em;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  .i-spinner {
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  .details {
    gap: 8px;
    padding: 4px 12px 12px;
    border-block-start: 1px solid var(--_line);
  }
  .label {
    margin-block-start: 6px;
    font-size: 0.87em;
    font-weight: 600;
    color: var(--_muted);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(64px, max-content) 1fr;
    gap: 4px 14px;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    max-block-size: 160px;
    overflow: auto;
  }
  .raw summary {
    display: inline-flex;
    color: var(--_muted);
    font-size: 0.87em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
  }
  .progress {
    padding: 0 12px 8px;
    font-size: 0.87em;
    color: var(--_muted);
  }
  progress {
    inline-size: 100%;
    block-size: 4px;
    accent-color: var(--_accent);
  }
  .failure {
    align-items: start;
    gap: 10px;
    padding: 10px 12px;
    border-radius: var(--_small);
    background: color-mix(in srgb, var(--_danger) 7%, var(--_bg));
    overflow-wrap: anywhere;
    text-align: start;
  }
  .failure > .icon {
    color: var(--_danger);
    margin-block-start: 2px;
  }
  .failure > div {
    gap: 8px;
  }
  .call .failure {
    border-radius: 0;
    border-block-start: 1px solid var(--_line);
  }
  .is-denied .failure,
  .is-timed-out .failure {
    background: color-mix(in srgb, var(--_warn) 9%, var(--_bg));
  }
  .is-denied .failure > .icon,
  .is-timed-out .failure > .icon {
    color: var(--_warn);
  }
  .row {
    flex-wrap: wrap;
    gap: 8px 12px;
  }
  .failure .primary {
    background: var(--_bg);
    color: var(--_fg);
    border-color: color-mix(in srgb, var(--_fg) 28%, var(--_bg));
    min-block-size: 30px;
    padding-block: 2px;
  }
  .waiting {
    display: flex;
    gap: 5px;
    padding: 8px 2px;
  }
  .waiting i {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_muted);
    animation: pulse 1.1s ease-in-out infinite;
  }
  .waiting i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .waiting i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }

  .hello,
  .notice {
    margin-block: auto;
    display: grid;
    justify-items: center;
    gap: 8px;
    text-align: center;
    color: var(--_muted);
  }
  .notice > .icon {
    inline-size: 34px;
    block-size: 34px;
  }
  .hello .mark {
    inline-size: 46px;
    block-size: 46px;
    border-radius: 14px;
    margin: 0 0 4px;
  }
  .lead {
    font-size: 1.35em;
    font-weight: 650;
    color: var(--_fg);
    line-height: 1.3;
  }
  .hello ul {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-block-start: 12px;
  }
  .chip {
    border-color: var(--_line);
    border-radius: 99px;
    color: var(--_fg);
    padding: 4px 13px 4px 6px;
  }
  .chip:hover {
    background: var(--_sunken);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  .avatar {
    --_hue: 230;
    flex: none;
    display: inline-grid;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 0.5em;
    font-size: 0.87em;
    font-weight: 650;
    color: light-dark(hsl(var(--_hue) 60% 30%), hsl(var(--_hue) 75% 84%));
    background: light-dark(hsl(var(--_hue) 75% 92%), hsl(var(--_hue) 35% 25%));
  }
  .hue-1 {
    --_hue: 165;
  }
  .hue-2 {
    --_hue: 28;
  }
  .hue-3 {
    --_hue: 330;
  }
  .hue-4 {
    --_hue: 275;
  }
  .hue-5 {
    --_hue: 195;
  }
  .chip .avatar,
  .tag .avatar {
    border-radius: 50%;
  }
  .skeletons {
    flex: 1;
    display: grid;
    align-content: start;
    gap: 12px;
    padding: 12px 14px;
  }
  .skeletons i {
    block-size: 40px;
    border-radius: var(--_small);
    background: var(--_sunken);
    animation: pulse 1.4s ease-in-out infinite;
  }

  .composer {
    max-inline-size: 804px;
    padding: 0 12px 12px;
  }
  .direct {
    align-items: start;
    gap: 8px;
    padding: 8px 4px;
    font-size: 0.87em;
    color: var(--_muted);
  }
  .box {
    border: 1px solid color-mix(in srgb, var(--_muted) 45%, var(--_line));
    border-radius: var(--_radius);
    background: var(--_bg);
    padding: 6px;
  }
  .box:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  #message {
    display: block;
    inline-size: 100%;
    padding: 6px 8px;
    border: 0;
    outline: 0;
    background: none;
    resize: none;
    field-sizing: content;
    max-block-size: 160px;
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .bar {
    gap: 2px;
  }
  .bar .quiet {
    font-size: 0.93em;
  }
  .bar select {
    min-inline-size: 0;
    max-inline-size: 150px;
    min-block-size: 32px;
    border: 0;
    border-radius: var(--_small);
    background: var(--_bg);
    color: var(--_muted);
    text-overflow: ellipsis;
    font-size: 0.93em;
  }
  .space {
    flex: 1;
  }
  .round {
    flex: none;
    inline-size: 34px;
    block-size: 34px;
    padding: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .round .i-stop {
    fill: currentColor;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    padding: 3px 3px 4px;
    max-block-size: 92px;
    overflow-y: auto;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-inline-size: 100%;
    padding-inline-start: 3px;
    border-radius: 99px;
    background: var(--_sunken);
    font-size: 0.93em;
  }
  .tag:is(.is-down, .is-unauthorised, .is-disabled) > span:nth-child(2) {
    color: var(--_danger);
    text-decoration: underline dotted;
  }
  .tag button {
    min-block-size: 26px;
    inline-size: 26px;
    padding: 0;
    border-radius: 50%;
    color: var(--_muted);
  }
  .tag button:hover {
    color: var(--_fg);
  }
  .tag .icon {
    inline-size: 13px;
    block-size: 13px;
  }

  .sheet {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    flex-direction: column;
    max-block-size: 100%;
    max-inline-size: 780px;
    margin-inline: auto;
    background: var(--_bg);
    border-block-start: 1px solid var(--_line);
    border-radius: var(--_radius) var(--_radius) 0 0;
    box-shadow: 0 -16px 36px -18px rgb(15 20 40 / 0.35);
    animation: rise 0.14s ease-out;
  }
  .sheet-head {
    gap: 4px;
    padding: 8px 8px 2px 14px;
  }
  h3 {
    flex: 1;
    font-size: 1em;
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .search {
    gap: 8px;
    margin: 6px 14px;
    padding-inline: 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_small);
    color: var(--_muted);
  }
  .search:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    padding: 7px 0;
    border: 0;
    outline: 0;
    background: none;
    color: var(--_fg);
  }
  [role='listbox'],
  .history {
    flex: 1;
    min-block-size: 0;
    max-block-size: 380px;
    overflow-y: auto;
    padding: 4px 8px 10px;
  }
  [role='option'],
  .history li {
    gap: 10px;
    padding: 7px 8px;
    border-radius: var(--_small);
  }
  .history li {
    padding: 0;
  }
  [role='option']:hover,
  .history .open:hover {
    background: var(--_sunken);
  }
  [role='option'].active {
    background: var(--_tint);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .texts,
  .history .open {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    justify-items: start;
    gap: 0;
    text-align: start;
  }
  .texts > *,
  .history .open > * {
    max-inline-size: 100%;
  }
  .name {
    font-weight: 550;
  }
  .note {
    flex: none;
    max-inline-size: 40%;
    color: var(--_muted);
    font-size: 0.87em;
  }
  .health {
    color: var(--_warn);
  }
  .health:is(.is-down, .is-unauthorised) {
    color: var(--_danger);
  }
  .health.is-disabled {
    color: var(--_muted);
  }
  [role='option'] .box {
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    padding: 0;
    border-radius: 6px;
  }
  [aria-selected='true'] > .box {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }
  [role='option'] .i-check {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 3;
  }
  .none {
    padding: 20px 16px 28px;
    text-align: center;
    color: var(--_muted);
  }
  .pad {
    padding: 4px 14px;
  }
  .history [aria-current] {
    background: var(--_tint);
  }
  .history .open {
    grid-template-columns: minmax(0, 1fr);
    padding: 7px 8px;
  }

  .tool-form {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .fields {
    gap: 14px;
    padding: 6px 14px 12px;
    overflow-y: auto;
    max-block-size: 460px;
  }
  .description {
    color: var(--_muted);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .field {
    gap: 4px;
  }
  .field label {
    font-weight: 550;
  }
  .field .small {
    font-weight: 400;
  }
  .hint:empty {
    display: none;
  }
  .field :is(input, select, textarea) {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_muted) 45%, var(--_line));
    border-radius: var(--_small);
    background: var(--_bg);
  }
  .field textarea {
    resize: vertical;
  }
  .field textarea.json {
    font-family: ui-monospace, SFMono-Regular, Consolas, monospace;
    font-size: 0.92em;
  }
  .field [readonly] {
    background: var(--_sunken);
  }
  .field [aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .problem {
    gap: 5px;
    color: var(--_danger);
    font-size: 0.87em;
  }
  .problem .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  fieldset {
    gap: 12px;
    padding-inline-start: 12px;
    border-inline-start: 2px solid var(--_line);
  }
  legend {
    padding: 0;
    font-weight: 600;
    margin-block-end: 6px;
  }
  .run {
    margin: 8px 14px 14px;
    min-block-size: 38px;
  }

  @container chat (min-width: 700px) {
    .head {
      padding-inline: 20px;
    }
    .stream {
      padding: 28px 24px;
    }
    .composer {
      padding-block-end: 20px;
    }
  }
  @container chat (max-width: 360px) {
    .key {
      display: none;
    }
    .title {
      flex: 1;
      max-inline-size: none;
    }
  }
  @media (max-width: 480px) {
    :host([mode='bubble']) .panel {
      inset: 0;
      inline-size: auto;
      block-size: auto;
      border-radius: 0;
    }
    :host([mode='bubble'][open]) .launcher {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation-duration: 0.001s !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .primary,
    .round,
    .mark,
    .avatar,
    .chip,
    .tag,
    .failure,
    [role='option'].active {
      border: 1px solid ButtonText;
    }
    [role='option'].active,
    [aria-selected='true'] > .box {
      outline: 2px solid Highlight;
    }
  }
`;
