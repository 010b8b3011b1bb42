import type { Language } from '../text/dictionary.js';

/** The words around an app. Loaded with the first app, not with the chat. */
const en = {
  app: (name: string) => `App of ${name}`,
  loading: 'Loading the app…',
  slow: 'The app does not start. Its result is in the call above, as text.',
  notShown: 'The app is not shown. The result is in the call above, as text.',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  reaches: (origins: string) => `May connect to ${origins}`,
  wants: (features: string) => `The app asks to use: ${features}.`,
  feature: { camera: 'camera', microphone: 'microphone', geolocation: 'location', 'clipboard-write': 'clipboard' },
  allow: 'Allow',
  without: 'Open without',
  opensLink: 'The app wants to open this address in a new tab:',
  open: 'Open',
  notNow: 'Not now',
  wantsToSay: 'The app wants to say this in your name:',
  send: 'Send',
  wantsToAdd: 'The app offers this for your next message:',
  add: 'Add to my message',
  from: (name: string) => `[From the app of ${name}]`,
};

export type AppWords = typeof en;

const zh: AppWords = {
  app: (name) => `${name} 的应用`,
  loading: '正在加载应用…',
  slow: '应用未能启动。结果以文本形式显示在上方的调用中。',
  notShown: '无法显示该应用。结果以文本形式显示在上方的调用中。',
  fullScreen: '全屏',
  leaveFullScreen: '退出全屏',
  reaches: (origins) => `可连接 ${origins}`,
  wants: (features) => `该应用请求使用：${features}。`,
  feature: { camera: '摄像头', microphone: '麦克风', geolocation: '位置', 'clipboard-write': '剪贴板' },
  allow: '允许',
  without: '不授权打开',
  opensLink: '该应用希望在新标签页中打开以下地址：',
  open: '打开',
  notNow: '暂不',
  wantsToSay: '该应用希望以您的名义发送：',
  send: '发送',
  wantsToAdd: '该应用为您的下一条消息提供了以下内容：',
  add: '加入我的消息',
  from: (name) => `[来自 ${name} 的应用]`,
};

export const APP_WORDS: Record<Language, AppWords> = { en, 'zh-CN': zh };
